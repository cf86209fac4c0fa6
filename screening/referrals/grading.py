"""How far each item of a package may be relied on: the admiralty scale, source A to F and information 1 to 6.

The law on police data asks that facts be told from assessments and that their reliability be said (Directive (EU) 2016/680,
art. 7). The scale is NATO's (AJP-2.1): A completely reliable to E unreliable, F can't be judged; 1 confirmed by others to 5
improbable, 6 can't be judged.

- What the platform's own records say (kind, url, times) is B2: a platform usually keeps its records right, nobody else
  confirmed them.
- What the poster wrote (text, company, contacts) is F6. That it was published is certain; who wrote it isn't known and what
  it says was verified by nobody, and "possibly true" (3) would already be a verdict on it.
- The posts of a campaign are B3: each is in its platform's records, that they belong together is possibly true.
- What rules concluded is C3: their errors are measured and published, and a match is a possibility, no finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from screening.referrals.disclosure import FIELDS

SCALE = "admiralty"
RULES = "C3"
OF_FACTS = {
    "kind": "B2", "url": "B2", "published": "B2", "company": "F6", "text": "F6", "contacts": "F6", "campaign": "B3",
}  # fmt: skip


def grades(fields: Iterable[str]) -> dict[str, str]:
    """The grade of each field that is sent."""
    return {name: RULES if FIELDS[name] == "assessment" else OF_FACTS[name] for name in sorted(fields)}
