"""What the use cases need from outside, as Protocols: `screening.aws` holds the real ones, `tests.fakes` those in memory.

Failure, for every port: a call that failed for now raises `TransientError` after the adapter's own short retries; it never
answers "none" for "couldn't tell". Batch calls return the *indexes* (into what was passed) that were not done, an empty
set when all were, and raise nothing for a partial failure; where the whole call failed, every index of it is returned.
"""

from __future__ import annotations

from screening.ports.alerts import AlertSender, AlertStore, ChannelState
from screening.ports.cases import (
    CampaignPointer,
    CaseChange,
    CaseStore,
    LatestCase,
    PostPointer,
    ReviewQueue,
    Snooze,
    WorkStore,
)
from screening.ports.common import Clock, ConfigStore, EventBus, Ids, Metrics, Refused, Sealer, Secrets
from screening.ports.links import CampaignEvent, CampaignEventKind, KeyRead, LinkStore, Rooted, Standing
from screening.ports.outside import PartnerQueue, PlatformNotices, ReferralStore, ReportStore, TransparencyDatabase
from screening.ports.people import Directory
from screening.ports.posts import (
    Archive,
    Assessor,
    DropStore,
    IntakeQueue,
    PostQueue,
    PostsStanding,
    PostStore,
    RescoreStore,
)
from screening.ports.record import (
    ErasedPost,
    ErasureStore,
    Evidence,
    EvidenceStore,
    LedgerStore,
    OpenedObject,
    RewrittenObjects,
    VersionKey,
)
from screening.ports.translation import TranslationBudget, Translator

__all__ = [
    "AlertSender",
    "AlertStore",
    "Archive",
    "Assessor",
    "CampaignEvent",
    "CampaignEventKind",
    "CampaignPointer",
    "CaseChange",
    "CaseStore",
    "ChannelState",
    "Clock",
    "ConfigStore",
    "Directory",
    "DropStore",
    "ErasedPost",
    "ErasureStore",
    "EventBus",
    "Evidence",
    "EvidenceStore",
    "Ids",
    "IntakeQueue",
    "KeyRead",
    "LatestCase",
    "LedgerStore",
    "LinkStore",
    "Metrics",
    "OpenedObject",
    "PartnerQueue",
    "PlatformNotices",
    "PostPointer",
    "PostQueue",
    "PostStore",
    "PostsStanding",
    "ReferralStore",
    "Refused",
    "ReportStore",
    "RescoreStore",
    "ReviewQueue",
    "RewrittenObjects",
    "Rooted",
    "Sealer",
    "Secrets",
    "Snooze",
    "Standing",
    "TranslationBudget",
    "Translator",
    "TransparencyDatabase",
    "VersionKey",
    "WorkStore",
]
