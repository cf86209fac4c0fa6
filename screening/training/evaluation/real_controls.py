"""Controls of the real posts: how far their dress alone tells reported from honest ones.

Reported posts are mostly chats and SMS, honest ones mostly classifieds, so that length, emoji or a dollar sign go with the label. A control
sees only these. What the product finds beyond its controls is meaning, or a confound that isn't listed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from screening.training.encoder.plan import FOLDS, fold_of
from screening.training.evaluation.real import RealPost
from screening.training.evaluation.shares import share_of

HONEST_STOPPED = 0.03
"""Share of the honest posts that a control may stop: the aim for `watch`."""
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
_COUNTED: Mapping[str, re.Pattern[str]] = {
    "emoji": _EMOJI,
    "digits": re.compile(r"\d"),
    "dollars and euros": re.compile(r"[$€]"),
    "plus signs": re.compile(r"\+"),
    "exclamation marks": re.compile("!"),
    "placeholders of contacts": re.compile(r"\[(?:LINK|PHONE|HANDLE|EMAIL|NAME)\]"),
    "capitals": re.compile(r"[A-ZА-ЯІЇЄҐ]"),
}


def controls(posts: Sequence[RealPost]) -> dict[str, Any]:
    """For length, each count and all together: share of reported posts found where `HONEST_STOPPED` of the honest ones are stopped.

    Each is a logistic regression, and each post is scored by one that learned from none of its fold of sources. EMSCAD and the look-alikes
    stay out.
    """
    own = [post for post in posts if not post.source.startswith("emscad") and post.source != "look_alikes"]
    features = np.array([_features(f"{post.post.title}\n{post.post.description}") for post in own])
    reported = np.array([post.reported for post in own])
    folds = np.array([fold_of(post.source) for post in own])
    names = ["length", *_COUNTED]
    chosen = {name: [number] for number, name in enumerate(names)} | {"all together": list(range(len(names)))}
    return {name: _found(features[:, columns], reported, folds) for name, columns in chosen.items()}


def _features(text: str) -> list[float]:
    """Length in characters, and each count for every hundred of them, in logarithms."""
    per = 100 / max(1, len(text))
    return [float(np.log(len(text) + 1)), *(float(np.log1p(len(p.findall(text)) * per)) for p in _COUNTED.values())]


def _found(features: np.ndarray, reported: np.ndarray, folds: np.ndarray) -> dict[str, Any]:
    scores = np.zeros(len(reported))
    for fold in range(len(FOLDS) + 1):
        apart = folds == fold
        if apart.any() and len(set(reported[~apart])) == 2:
            model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
            scores[apart] = model.fit(features[~apart], reported[~apart]).decision_function(features[apart])
    bound = np.quantile(scores[~reported], 1 - HONEST_STOPPED, method="higher")
    return share_of(int((scores[reported] > bound).sum()), int(reported.sum()))
