"""What a partner may do with a package, in words that travel with it."""

from __future__ import annotations

from typing import Literal

_COMMON = (
    "This describes an offer that matches published warning signs. It accuses nobody.",
    "The role of any contact person is unknown: people are made to post such offers, and may be victims themselves.",
    "Use it for the stated purpose only, and delete it by the expiry date unless a law obliges you to keep it.",
    "Don't pass it on without asking its sender.",
    "It may be recalled: once you learn of that, stop using it and delete it.",
)
_BY_KIND: dict[str, tuple[str, ...]] = {
    "referral": (
        "Two people agreed on this referral. Verify every fact before you act on it.",
        "A worker's missing visa, contract or cash pay is no wrong of the worker, and no ground to act against them.",
    ),
    "support": (
        "It holds no way to reach a person. Offer help where people look for it; contact starts from their own word.",
        "Share nothing about a person without their consent, unless life is in danger or a child is concerned.",
    ),
    "notice": (
        "It notifies a suspicion of an offence threatening life or safety (Regulation (EU) 2022/2065, art. 18).",
        "It may not be used to act against a worker for their own status, contract or pay.",
    ),
}


def allowed_use(kind: Literal["referral", "support", "notice"]) -> tuple[str, ...]:
    """Sentences in English, the most particular first."""
    return (*_BY_KIND[kind], *_COMMON)
