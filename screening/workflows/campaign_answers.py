"""A campaign as a platform may see it: its own posts by id, others' by number alone, and the signs without anybody's contact."""

from __future__ import annotations

from collections import Counter
from typing import Any

from screening.errors import NotFoundError
from screening.fields import rfc3339
from screening.links.campaign_view import campaign_signs
from screening.links.clusters import campaign_id, root_of_id
from screening.links.member import day_text
from screening.links.profile import COMMON_ABOVE
from screening.ports import LinkStore
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.receive import PlatformGate
from screening.workflows.signatures import SignedHeaders, request_line


class ReadCampaign:
    """Answers who is in a campaign and why, to a platform that has a post in it."""

    def __init__(self, *, gate: PlatformGate, links: LinkStore) -> None:
        self._gate = gate
        self._links = links

    def __call__(self, campaign: str, headers: SignedHeaders, platform: str) -> dict[str, Any]:
        """Raises AuthenticationError, NotFoundError where the campaign isn't known or has no post of the platform, TransientError."""
        self._gate.check(platform, headers, request_line("GET", f"/v1/campaigns/{campaign}", platform=platform))
        unknown = NotFoundError(f"campaign '{campaign[:60]}': not known")
        asked = root_of_id(campaign)
        if asked is None:
            raise unknown
        root = self._links.merged_into(asked)
        members = self._links.members_of(campaign_key(root), limit=COMMON_ABOVE)
        posts = {member.post: member for member in sorted(members, key=lambda each: each.version)}
        if not any(owner == platform for owner, _ in posts):
            raise unknown
        days = sorted(member.day for member in posts.values())
        return {
            "campaign": campaign_id(root),
            "size": len(posts),
            "members": [{"platform": owner, "id": post} for owner, post in sorted(posts) if owner == platform],
            # Another platform's post ids are its own affair; how many there are is what a reviewer needs.
            "elsewhere": sum(Counter(owner for owner, _ in posts if owner != platform).values()),
            "platforms": len({owner for owner, _ in posts}),
            "countries": sorted({member.country for member in posts.values() if member.country}),
            "languages": sorted({member.language for member in posts.values() if member.language}),
            "employers": len({member.employer for member in posts.values() if member.employer}),
            "first": day_text(days[0]),
            "last": day_text(days[-1]),
            "evidence": [sign.to_dict() for sign in campaign_signs(tuple(posts.values()))],
            "history": [
                {"at": rfc3339(event.at), "what": event.what, "campaign": campaign_id(event.other)}
                for event in self._links.history(root)
            ],
        }
