"""Signs that only comparing posts can show: X1 to X10 of domain/indicators 3f, each with what else would explain it.

Honest explanations are looked for first: a licensed agency has one telephone and many clients, a chain one text and many
towns, an aggregator the same advert on several platforms. Where the posts bear one out the sign is left out, or stands as a
weak one that names what to check. Network signs alone never raise a post above `watch` (tiers.yaml, `alone_at_most`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from screening.assessment.network import NetworkSign
from screening.links.known_items import KnownItem
from screening.links.member import CONTACT_KINDS, Member
from screening.links.profile import Profile, Row
from screening.links.sign_texts import COUNTERS, REASONS, SOURCES
from screening.links.ties import copy_kind
from screening.values.evidence import Strength

MANY_NAMES = 3
FEW_NAMES = 2
MANY_PLACES = 4
MANY_COUNTRIES = 3
MIXED_SECTORS = 4  # major groups of ISCO-08, of nine
BURST_POSTS = 20  # of one hand on one day
RECYCLED_DAYS = 14
NAME_CONTACTS = 5
NAME_COUNTRIES = 3
DRIFT_RATIO = 1.6
"""Pay to readers of one language over pay to those of another; exchange rates and rounding explain far less."""
WORSE_PAY = 0.75
LEAST_ROWS = 2
_ORDER: dict[Strength, int] = {"weak": 0, "medium": 1, "strong": 2}

LICENSED = COUNTERS["licensed"]
INTERMEDIARY = COUNTERS["intermediary"]
ROOMS_WITH_JOBS = COUNTERS["rooms_with_jobs"]


def signs_of_key(kind: str, profile: Profile) -> Iterator[NetworkSign]:
    """The signs that the profile of a key bears, by what kind of key it is; texts have none of their own."""
    if kind in CONTACT_KINDS or kind == "account":
        yield from signs_of_contact(profile)
    elif kind == "name":
        yield from signs_of_name(profile)
    elif kind == "registration":
        yield from signs_of_registration(profile)
    elif kind == "image":
        yield from signs_of_image(profile)
    elif kind == "site":
        yield from signs_of_site(profile)


def signs_of_contact(profile: Profile) -> Iterator[NetworkSign]:
    """X1, X4, X5, X8 from the profile of a telephone, address, handle or account."""
    names = profile.distinct("employer")
    licensed = profile.licensed
    if names >= FEW_NAMES:
        counter = LICENSED if licensed else INTERMEDIARY if profile.intermediary else ""
        strength: Strength = "weak" if counter else "strong" if names >= MANY_NAMES else "medium"
        yield _sign("contact_many_names", strength, counter=counter, names=names, posts=profile.size)
    sectors = len({sector[0] for sector in profile.facets.get("sector", ()) if sector})
    kinds = profile.distinct("kind")
    if kinds > 1 or sectors >= MIXED_SECTORS:
        counter = LICENSED if licensed else ROOMS_WITH_JOBS if kinds > 1 and sectors < MIXED_SECTORS else ""
        # One employer with rooms for its own people is the rule on farms and sites: only beside several names is it odd.
        strength = "weak" if licensed or profile.intermediary or names < FEW_NAMES else "medium"
        yield _sign("contact_mixed_sectors", strength, counter=counter, sectors=sectors, kinds=kinds)
    busiest = profile.busiest_day
    if busiest >= BURST_POSTS:
        yield _sign("burst", "weak", posts_on_one_day=busiest)
    drift = _drift(profile.rows)
    if drift:
        yield drift


def signs_of_name(profile: Profile) -> Iterator[NetworkSign]:
    """X9: a name behind many unrelated contacts. A chain has a number for every branch: only across countries, and weak."""
    contacts, countries = profile.distinct("contact"), profile.distinct("country")
    if contacts >= NAME_CONTACTS and countries >= NAME_COUNTRIES and not profile.licensed:
        yield _sign(
            "name_many_contacts", "weak", counter=COUNTERS["chain"],
            contacts=contacts, countries=countries,
        )  # fmt: skip


def signs_of_registration(profile: Profile) -> Iterator[NetworkSign]:
    """X1 on a register number: one number under several names was copied, or is an agency's own (then its licence covers it)."""
    names = profile.distinct("employer")
    if names >= FEW_NAMES and not profile.licensed:
        yield _sign("contact_many_names", "medium", names=names, posts=profile.size)


def signs_of_site(profile: Profile) -> Iterator[NetworkSign]:
    """X1 on a web site: job boards and authorities are named by everybody, so that it is weak whatever the number."""
    names = profile.distinct("employer")
    if names >= MANY_NAMES and not profile.licensed:
        yield _sign(
            "contact_many_names", "weak", counter=COUNTERS["named_in_many"], names=names,
            posts=profile.size,
        )  # fmt: skip


def signs_of_image(profile: Profile) -> Iterator[NetworkSign]:
    """X10: the same picture under several names; libraries sell pictures to many."""
    names = profile.distinct("employer")
    if names >= FEW_NAMES:
        yield _sign("image_reuse", "weak", counter=COUNTERS["stock"], names=names)


def signs_of_copies(one: Member, copies: Sequence[Member]) -> Iterator[NetworkSign]:
    """X2, X3, X6 from the verified near-copies of a post (the post itself not among them)."""
    if not copies:
        return
    together = (one, *copies)
    names = {member.employer for member in together if member.employer}
    places = {member.place for member in together if member.place}
    countries = {member.country for member in together if member.country}
    # One legal name: a chain, or an aggregator that keeps the name. Its towns and telephones are its own affair.
    if len(names) != 1:
        contacts = _unshared_contacts(together)
        licensed = 2 * sum(member.licensed for member in together) >= len(together)
        if not licensed and (len(places) >= MANY_PLACES or len(countries) >= MANY_COUNTRIES):
            yield _sign(
                "neardup_many_places", "medium", places=len(places), countries=len(countries), posts=len(together)
            )
        if contacts >= 2 and (len(names) >= 2 or len(countries) >= 2):
            strength: Strength = "strong" if contacts >= MANY_NAMES and len(names) >= 2 else "medium"
            yield _sign(
                "template_slot_swap", "weak" if licensed else strength, counter=LICENSED if licensed else "",
                contacts=contacts, names=len(names), countries=len(countries),
            )  # fmt: skip
    retitled = [
        other
        for other in copies
        if other.exact == one.exact and other.title != one.title and abs(other.day - one.day) >= RECYCLED_DAYS
    ]
    if retitled:
        yield _sign("recycled_retitled", "weak", copies=len(retitled))


def signs_of_versions(versions: Iterable[Member]) -> Iterator[NetworkSign]:
    """X8 within one post: a later version pays much less, or sends to another country, than what people answered to."""
    ordered = sorted(versions, key=lambda member: (member.day, member.version))
    for earlier, later in pairwise(ordered):
        if earlier.version == later.version or not _same_offer(earlier, later):
            continue
        worse = earlier.pay and later.pay and later.pay < WORSE_PAY * earlier.pay
        moved = earlier.country and later.country and earlier.country != later.country
        if worse or moved:
            yield _sign("offer_drift", "medium", versions=len(ordered))
            return


def _same_offer(one: Member, other: Member) -> bool:
    """Some boards give an id to another advert once the first is gone: that is no change of terms."""
    return copy_kind(one, other) is not None or bool(one.title and one.title == other.title)


def signs_of_known(items: Iterable[KnownItem]) -> Iterator[NetworkSign]:
    """X7: shares an identifier with something that people confirmed. Disputed and cleared items say nothing."""
    opinions = [item.opinion for item in items]
    if "confirmed" in opinions:
        yield _sign("linked_to_confirmed", "strong", items=opinions.count("confirmed"))
    elif "suspected" in opinions:
        yield _sign("linked_to_confirmed", "weak", items=opinions.count("suspected"))


def strongest_of_each(signs: Iterable[NetworkSign]) -> tuple[NetworkSign, ...]:
    """One sign an indicator, the strongest (of equal ones that with the greater counts), in order of name."""
    best: dict[str, NetworkSign] = {}
    for sign in signs:
        known = best.get(sign.indicator)
        if known is None or _weight(sign) > _weight(known):
            best[sign.indicator] = sign
    return tuple(best[name] for name in sorted(best))


def _weight(sign: NetworkSign) -> tuple[int, list[tuple[str, int]]]:
    return _ORDER[sign.strength], sorted(sign.counts.items())


def _drift(rows: Sequence[Row]) -> NetworkSign | None:
    """The same kind of work under one contact, paid much less to readers of another language."""
    pays: defaultdict[tuple[str, str], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.pay and row.language and row.sector:
            pays[row.sector, row.country][row.language].append(row.pay)
    for by_language in pays.values():
        typical = [median(values) for values in by_language.values() if len(values) >= LEAST_ROWS]
        if len(typical) >= 2 and max(typical) >= DRIFT_RATIO * min(typical):
            return _sign("offer_drift", "medium", languages=len(typical))
    return None


def _unshared_contacts(members: Sequence[Member]) -> int:
    """Groups of posts that share no contact with one another: how many separate people an applicant would reach."""
    groups: list[set[str]] = []
    for member in members:
        own = {key.text for key in member.keys if key.kind in CONTACT_KINDS}
        if not own:
            continue
        touching = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own]
        groups.append(own.union(*touching))
    return len(groups)


def _sign(indicator: str, strength: Strength, *, counter: str = "", **counts: int) -> NetworkSign:
    return NetworkSign(
        indicator=indicator, strength=strength, counts=counts, counter=counter, sources=SOURCES[indicator],
        reasons=REASONS[indicator],
    )  # fmt: skip
