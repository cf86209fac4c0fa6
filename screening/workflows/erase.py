"""Erasing a post: its personal data is removed from every store, and a proof says what was and what was not.

A tombstone comes first, so that nothing brings the post back while the rest is done. Every step can be done again: a second
run erases what a first one left, and finds nothing more where it left nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from screening.cases.appeals import appeal_id
from screening.cases.case import Case, case_id
from screening.cases.ledger import ERASURES, EntryKind, LedgerEntry, views_of
from screening.counted import counted
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.links.member import LinkKey
from screening.ports import (
    Archive,
    CaseStore,
    Clock,
    ErasedPost,
    ErasureStore,
    EvidenceStore,
    LedgerStore,
    PostStore,
    ReferralStore,
)
from screening.workflows.archive_erasure import goes_on, records_of, without_records
from screening.workflows.archive_object import iter_records
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.erasure_proof import ErasureProof, ErasureRequest
from screening.workflows.evidence import HOLDS, REFERRALS
from screening.workflows.heads import version_name
from screening.workflows.ledger_chain import AppendToChain
from screening.workflows.linking import LinkPosts
from screening.workflows.records import PostKey, Referral

MAX_ATTEMPTS = 6
MOST_GOLDEN = 20_000
"""Golden cases of a team that are looked through: it keeps half a year of them."""
TOMBSTONE_DAYS = 730
"""As long as anything of the post could come back: dead letters last 14 days, dropped files too, archive objects 730."""

FREE_OF_PERSONAL_DATA: frozenset[EntryKind] = frozenset({
    "viewed", "referral_issued", "referral_fetched", "referral_acknowledged", "erased", "held", "hold_ended",
    "platform_told", "golden_retired",
})  # fmt: skip
"""Entries whose payload holds ids, hashes and times alone. They prove who saw and who was given the data, and stay."""

ERASED_REASON = "erased"
"""Why a referral was recalled, where an erasure did it."""

Progress = Callable[[int], None]


def no_progress(_read: int) -> None:
    pass


class ErasePost:
    """Removes one post."""

    def __init__(
        self, *, posts: PostStore, erasures: ErasureStore, archive: Archive, cases: CaseStore, ledger: LedgerStore,
        referrals: ReferralStore, evidence: EvidenceStore, links: LinkPosts, saver: CaseSaver, append: AppendToChain,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._posts = posts
        self._erasures = erasures
        self._archive = archive
        self._cases = cases
        self._ledger = ledger
        self._referrals = referrals
        self._evidence = evidence
        self._links = links
        self._saver = saver
        self._append = append
        self._clock = clock

    def __call__(
        self, request: ErasureRequest, *, dry_run: bool = False, progress: Progress = no_progress
    ) -> ErasureProof:
        """Erase, or with `dry_run` say what would be.

        Args:
            progress: told the packed bytes of each archive object once it was read; the whole archive of the platform is.

        Raises:
            ConflictError: a legal hold stands on a case of the post, named; or the post changed meanwhile.
            NotFoundError: nothing is known of such a post.
            TransientError: something is left; erasing again goes on.
        """
        key = (request.platform, request.post_id)
        proof = ErasureProof(request=request, at=self._clock.now(), dry_run=dry_run)
        cases = self._cases_of(key)
        for case in cases:
            if case.hold:
                raise ConflictError(
                    f"post {key[0]}/{key[1]}: case {case.case} is on the legal hold '{case.hold}'; "
                    f"lift it first: screening hold lift {case.case} --name ..."
                )
        tombstone = self._erase_archive(self._tombstone(key, proof), proof, progress)
        if tombstone.seq < 0 and not cases:
            raise NotFoundError(f"post '{key[0]}/{key[1]}': nothing is known of it")
        self._erase_links(key, proof)  # before the head, which knows the keys
        self._erase_from_posts_table(key, proof)
        own = [case for case in cases if (case.platform, case.post_id) == key]
        recalled = [line for case in own for line in self._erase_packages(case, proof)]
        for case in own:
            self._erase_reports(case, request, proof)
            self._erase_payloads(case, proof)
        for case in cases:
            self._name_evidence(case, proof)
        for case in cases:
            if case not in own:
                proof.keeps(
                    f"case {case.case}", "reasons of reviewers, in a case led by another post",
                    "GDPR art. 17(3)(e): they speak of the campaign and of its other posts; read them",
                )  # fmt: skip
        self._name_what_passes(proof)
        if not dry_run and (proof.erased or not tombstone.proof):
            self._enter(own, recalled, proof)
            self._erasures.put_tombstone(replace(tombstone, proof=proof.sha256))
        return proof

    # ------------------------------------------------------------------------------------------------ what there is

    def _cases_of(self, key: PostKey) -> list[Case]:
        """Every case that the post is, or was, in: its newest one, those before it, those it opened itself, its appeals."""
        latest = self._cases.latest_of(*key)
        if latest is None:
            return []
        wanted = [latest.case, *(case_id(*key, generation) for generation in range(1, latest.generation + 1))]
        found: dict[str, Case] = {}
        while wanted:
            name = wanted.pop()
            case = self._cases.read(name) if name not in found else None
            if case is not None and (key in case.posts or name == latest.case):
                found[name] = case
                if case.previous_case:
                    wanted.append(case.previous_case)
                wanted += appeals_of(case)
        return [found[name] for name in sorted(found)] + self._shown_again(found)

    def _shown_again(self, found: Mapping[str, Case]) -> list[Case]:
        """Golden cases that show one of these: no post leads to them."""
        earliest = min((case.opened_at for case in found.values()), default=self._clock.now())
        teams = sorted({case.team for case in found.values()})
        shown = (case for team in teams for case in self._cases.golden(team, since=earliest, limit=MOST_GOLDEN))
        return [case for case in shown if case.golden is not None and case.golden.source in found]

    def _tombstone(self, key: PostKey, proof: ErasureProof) -> ErasedPost:
        """The tombstone of what is known before the archive was read, put at once."""
        known = self._erasures.tombstones([key]).get(key)
        head = self._posts.read_head(key)
        stored = self._erasures.versions(key)
        names = {version.version for version in stored} | set(known.versions if known else ())
        if head is not None:
            names |= {name for name in (head.version, head.content_version) if name}
        if known is not None and not known.proof:
            proof.notes.append("an earlier run broke off; what it had erased by then isn't listed here")
        seq = max(known.seq if known else -1, head.seq if head else -1, *(version.seq for version in stored), -1)
        if known is not None and (seq, tuple(sorted(names))) == (known.seq, known.versions):
            return known
        tombstone = ErasedPost(
            platform=key[0], id=key[1], seq=seq, versions=tuple(sorted(names)), erased_at=proof.at,
            expires=proof.at + timedelta(days=TOMBSTONE_DAYS),
        )  # fmt: skip
        if not proof.dry_run and (head is not None or stored):
            self._erasures.put_tombstone(tombstone)
        return tombstone

    # ------------------------------------------------------------------------------------------------ posts, links, archive

    def _erase_links(self, key: PostKey, proof: ErasureProof) -> None:
        head = self._posts.read_head(key)
        keys = head.links if head else ()
        if keys:
            proof.gone("links", f"memberships under {counted(len(keys), 'key')}, and their part of every profile")
        if not proof.dry_run:
            until = proof.at + timedelta(days=TOMBSTONE_DAYS)
            self._links.erase(key, [LinkKey.read(text) for text in keys], until=until)

    def _erase_archive(self, tombstone: ErasedPost, proof: ErasureProof, progress: Progress) -> ErasedPost:
        """Every record of the post in every object of its platform; the tombstone then names the versions found."""
        key = (tombstone.platform, tombstone.id)
        seq, names = tombstone.seq, set(tombstone.versions)
        for archive_class in ("brief", "kept"):
            for item in self._archive.list_objects(f"text/{archive_class}/platform={key[0]}/"):
                for found_seq, name in self._erase_object(key, item.key, proof):
                    seq = max(seq, found_seq)
                    names.add(name)
                progress(item.size)
        after = replace(tombstone, seq=seq, versions=tuple(sorted(names)))
        if after != tombstone and not proof.dry_run:
            self._erasures.put_tombstone(after)
        return after

    def _erase_object(self, key: PostKey, name: str, proof: ErasureProof) -> list[tuple[int, str]]:
        for _ in range(MAX_ATTEMPTS):
            try:
                opened = self._erasures.open_object(name)
            except NotFoundError:
                return []  # expired since it was listed
            pointers = tuple(records_of(key, name, opened.body))
            if not pointers:
                return []
            erased_body, erased = without_records(opened.body, pointers)
            if not proof.dry_run:
                try:
                    self._erasures.rewrite_object(
                        name, erased_body, tag=opened.tag, delete_on=goes_on(name, opened.written_at)
                    )
                except ConflictError:
                    continue
            for record in erased:
                place = f"{name} bytes {record.pointer.start}-{record.pointer.start + record.pointer.length - 1}"
                proof.gone("archive", place, before=record.sha256_before, after=record.sha256_after)
            wanted = set(pointers)
            return [
                (int(record["seq"]), version_name(str(record["assessment"]["post"]["content_hash"]), "published"))
                for pointer, record in iter_records(name, opened.body)
                if pointer in wanted
            ]
        raise TransientError(f"archive {name}: others keep writing it")

    def _erase_from_posts_table(self, key: PostKey, proof: ErasureProof) -> None:
        for version in self._erasures.versions(key):
            proof.gone("posts", f"assessment of version {version.seq}/{version.version}", before=version.sha256)
            if not proof.dry_run:
                self._erasures.delete_version(key, version)
        head = self._posts.read_head(key)
        if head is not None:
            proof.gone("posts", "head", before=head.hash)
            if not proof.dry_run:
                self._erasures.delete_head(key, revision=head.revision)

    # ------------------------------------------------------------------------------------------------ packages, reports

    def _erase_packages(self, case: Case, proof: ErasureProof) -> list[Entry]:
        """Recall and delete every package; the ledger entries of the recalls."""
        told = {
            str(entry.payload.get("referral"))
            for entry in self._ledger.entries(case.case)
            if entry.kind == "referral_recalled" and entry.payload is not None
        }
        entries = []
        for name in case.referrals:
            referral = self._referrals.read(name)
            if referral is None:
                continue
            if referral.fetched_at is not None:
                proof.tell(referral.partner, referral.id, referral.fetched_at)
            live = referral.state != "recalled"
            if live:
                proof.gone("referrals", f"referral {referral.id} to {referral.partner}: recalled", before=referral.hash)
            if live or (referral.recall_reason == ERASED_REASON and referral.id not in told):
                payload = {"referral": referral.id, "reason": ERASED_REASON, "was": referral.state}
                entries.append(Entry(kind="referral_recalled", actor=proof.request.by, payload=payload))
            if live and not proof.dry_run:
                self._recall(referral, proof.at)
            if live if proof.dry_run else self._erasures.delete_package(referral.package_key):
                proof.gone("packages", f"package of referral {referral.id}", before=referral.hash)
        return entries

    def _recall(self, referral: Referral, at: datetime) -> None:
        """Raises ConflictError where the partner acts on it in this moment; erasing again goes on."""
        recalled = replace(
            referral, state="recalled", recalled_at=at, recall_reason=ERASED_REASON, revision=referral.revision + 1
        )
        self._referrals.update(recalled, expected_revision=referral.revision)

    def _erase_reports(self, case: Case, request: ErasureRequest, proof: ErasureProof) -> None:
        # Before any is deleted: what follows a report is found by it alone.
        followers = [name for report in case.reports for name in self._erasures.followers(report)]
        for report in (*followers, *case.reports, *([case.appeal.report] if case.appeal else [])):
            if not request.with_reports:
                proof.keeps(
                    "reports", f"report {report}", "GDPR art. 17(3)(b), DSA art. 16 and 20: the words of who sent it"
                )
            elif proof.dry_run or self._erasures.delete_report(report):
                proof.gone("reports", f"report {report}")

    def _name_evidence(self, case: Case, proof: ErasureProof) -> None:
        for prefix in (REFERRALS, HOLDS):
            for key in self._evidence.keys(f"{prefix}{case.case}/"):
                kept = self._evidence.read(key)
                basis = f"GDPR art. 17(3)(b) or (e); {kept.legal_basis}; under lock until {kept.retain_until:%Y-%m-%d}"
                proof.keeps("evidence", key, basis)

    # ------------------------------------------------------------------------------------------------ ledger, case

    def _erase_payloads(self, case: Case, proof: ErasureProof) -> None:
        for chain in (case.case, views_of(case.case)):
            for entry in self._ledger.entries(chain):
                if _holds_personal_data(entry):
                    proof.gone("ledger", f"payload and salt of {chain}/{entry.index}", before=entry.payload_hash)
                    if not proof.dry_run:
                        self._ledger.erase_payload(chain, entry.index)
        proof.keeps(
            "ledger", f"chain of case {case.case}: kinds, times, who acted, hashes; what partners were given",
            "GDPR art. 5(2): proof of who decided and to whom data was disclosed",
        )  # fmt: skip
        if case.known is not None:
            proof.gone("cases", f"what is known to be right of case {case.case}, and why")
        if any(vote.reason for vote in case.votes):
            proof.gone("cases", f"reasons of reviewers in case {case.case}")

    def _enter(self, own: list[Case], recalls: list[Entry], proof: ErasureProof) -> None:
        """The `erased` entry: in each case that the post leads, else in the chain of erasures. The proof names the newest's."""
        payload = {
            "platform": proof.request.platform, "post": proof.request.post_id, "reason": proof.request.reason,
            "proof": proof.sha256, "erased": proof.counts,
            "to_be_told": sorted({line["partner"] for line in proof.to_be_told}),
        }  # fmt: skip
        erased = Entry(kind="erased", actor=proof.request.by, payload=payload)
        newest = max((case for case in own if case.golden is None), key=lambda case: case.generation, default=None)
        for case in own:
            mine = [entry for entry in recalls if entry.payload["referral"] in case.referrals]
            saved = self._redacted(case.case, [*mine, erased], proof.at)
            if case is newest and saved is not None:
                proof.entered = {"chain": saved.case, "index": saved.ledger_index, "hash": saved.ledger_hash}
        if proof.entered is None:
            entry = self._append(ERASURES, "erased", proof.request.by, payload)
            proof.entered = {"chain": ERASURES, "index": entry.index, "hash": entry.hash}

    def _redacted(self, name: str, entries: list[Entry], at: datetime) -> Case | None:
        """The case without its reviewers' words; None where it went meanwhile."""
        for _ in range(MAX_ATTEMPTS):
            case = self._cases.read(name)
            if case is None:
                return None
            votes = tuple(replace(vote, reason="") for vote in case.votes)
            if votes == case.votes and case.known is None and not entries:
                return case
            try:
                return self._saver.save(
                    replace(case, votes=votes, known=None),
                    before=case,
                    entries=entries,
                    correlation_id=f"erase/{at:%Y%m%d}",
                )
            except ConflictError:
                continue
        raise TransientError(f"case {name}: it kept changing")

    def _name_what_passes(self, proof: ErasureProof) -> None:
        """What can't be reached one by one and goes by its own clock."""
        passing = "GDPR art. 17(1) with recital 39: gone by its own clock, and not used meanwhile"
        proof.keeps("uploads", "files the platform dropped in the last 14 days", passing)
        proof.keeps("queues", "sealed messages of the last 14 days; the tombstone stops them", passing)
        proof.keeps("cases", "notes that people kept for themselves on cases they put aside, two days", passing)
        proof.keeps("backups", "point-in-time copies of tables, 35 days", passing)
        proof.keeps("posts", "rejected items of the last 30 days: id, field and reason, no text", passing)
        proof.keeps("links", "opinions on contacts, by keyed hash, 90 days", passing)


def appeals_of(case: Case) -> tuple[str, ...]:
    """Cases in which its decisions were appealed. Nothing else leads to them: a post's newest case is never an appeal."""
    answered = (told.source.partition(":") for told in case.outcomes)
    return (
        *(appeal_id(line.detail) for line in case.history if line.what == "appealed"),
        *(name for source, _, name in answered if source == "appeal"),
    )


def _holds_personal_data(entry: LedgerEntry) -> bool:
    if entry.payload is None and entry.salt is None:
        return False
    payload = entry.payload or {}
    ours = entry.kind == "referral_recalled" and payload.get("reason") == ERASED_REASON
    # A restriction that is held back bears a person's own words; a legal hold bears the name of what orders it.
    said = entry.kind == "held" and "reason" in payload
    return said or (entry.kind not in FREE_OF_PERSONAL_DATA and not ours)
