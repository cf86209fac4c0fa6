"""A campaign as people and programs see it: members, what ties them, the signs, and the common text with its slots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screening.assessment.network import NetworkSign
from screening.links.clusters import Campaign, PostName, campaigns_of
from screening.links.cross_ad import (
    signs_of_copies,
    signs_of_key,
    signs_of_versions,
    strongest_of_each,
)
from screening.links.member import TEXT_KIND, LinkKey, Member, day_text
from screening.links.profile import profile_of
from screening.links.template_view import Part, template_of
from screening.links.ties import copies_of, copy_kind

COMPARED = 60
"""Members of a campaign whose copies are looked for: their signs are the campaign's, and a thousand compare a million times."""


@dataclass(frozen=True, slots=True)
class Hub:
    """Something that several posts of a campaign share; `posts` are places in `Campaign.members`."""

    kind: str  # phone, email, ... or text
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CampaignView:
    campaign: Campaign
    signs: tuple[NetworkSign, ...]
    template: tuple[Part, ...]
    hubs: tuple[Hub, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The line of `screening link`: {campaign, size, members, ties, template, evidence, ...}."""
        members = self.campaign.members
        days = [member.day for member in members if member.dated]
        return {
            "campaign": self.campaign.campaign,
            "size": self.campaign.size,
            "members": [{"platform": member.platform, "id": member.id} for member in members],
            "ties": [tie.to_dict() for tie in self.campaign.ties],
            "template": [part.to_dict() for part in self.template],
            "evidence": [sign.to_dict() for sign in self.signs],
            "employers": len({member.employer for member in members if member.employer}),
            "platforms": sorted({member.platform for member in members}),
            "countries": sorted({member.country for member in members if member.country}),
            "languages": sorted({member.language for member in members if member.language}),
            "first": day_text(min(days)) if days else None,
            "last": day_text(max(days)) if days else None,
        }


def view_campaigns(
    shared: Callable[[], Iterable[tuple[LinkKey, Sequence[Member]]]],
    texts_of: Callable[[Sequence[PostName]], list[str]],
) -> Iterator[CampaignView]:
    """Every campaign, largest first, with the signs that its keys and texts bear.

    Args:
        shared: gives every key that two posts or more stand under, with its members; called twice.
        texts_of: the texts of some posts, for the template.
    """
    campaigns = campaigns_of(shared())
    campaign_of = {member.post: campaign.campaign for campaign in campaigns for member in campaign.members}
    signs: defaultdict[str, list[NetworkSign]] = defaultdict(list)
    for key, members in shared():
        of_key = tuple(_signs_under(key, members, campaign_of))
        for name in {campaign_of[member.post] for member in members if member.post in campaign_of}:
            signs[name] += of_key
    for campaign in sorted(campaigns, key=lambda found: (-found.size, found.campaign)):
        own = [*signs[campaign.campaign], *_signs_of_texts(campaign.members)]
        template = template_of(texts_of([member.post for member in campaign.members]))
        yield CampaignView(campaign, strongest_of_each(own), template, hubs_of(campaign))


def hubs_of(campaign: Campaign) -> tuple[Hub, ...]:
    """The contacts that posts of the campaign share, and the groups of copies among them, largest first."""
    under: defaultdict[LinkKey, list[int]] = defaultdict(list)
    for place, member in enumerate(campaign.members):
        for key in member.contacts:
            under[key].append(place)
    hubs = [Hub(key.kind, tuple(places)) for key, places in under.items() if len(places) > 1]
    groups: list[list[int]] = []
    for place, member in enumerate(campaign.members[:COMPARED]):
        group = next((g for g in groups if copy_kind(campaign.members[g[0]], member)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    hubs += [Hub(TEXT_KIND, tuple(group)) for group in groups if len(group) > 1]
    return tuple(sorted(hubs, key=lambda hub: (-len(hub.posts), hub.kind, hub.posts)))


def _signs_under(key: LinkKey, members: Sequence[Member], campaign_of: Mapping[PostName, str]) -> Iterator[NetworkSign]:
    if key.kind != TEXT_KIND:
        profile = profile_of(members)
        if profile is not None and not profile.common:
            yield from signs_of_key(key.kind, profile)
    versions: defaultdict[PostName, list[Member]] = defaultdict(list)
    for member in members:
        if member.post in campaign_of:
            versions[member.post].append(member)
    for of_post in versions.values():
        yield from signs_of_versions(of_post)


def campaign_signs(members: Sequence[Member]) -> tuple[NetworkSign, ...]:
    """The signs of a campaign by its members alone: those of its copies, and of the contacts that its posts share."""
    under: defaultdict[LinkKey, list[Member]] = defaultdict(list)
    for member in members:
        for key in member.keys:
            if key.kind != TEXT_KIND:
                under[key].append(member)
    signs: list[NetworkSign] = []
    for key, held in under.items():
        profile = profile_of(held)
        if len(held) > 1 and profile is not None:
            signs += signs_of_key(key.kind, profile)
    return strongest_of_each([*signs, *_signs_of_texts(members)])


def _signs_of_texts(members: Sequence[Member]) -> Iterator[NetworkSign]:
    compared = members[:COMPARED]
    for member in compared:
        yield from signs_of_copies(member, copies_of(member, compared))
