"""The composition of `rescore`: one function for the three steps of the state machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from screening.assessment.screener import Screener
from screening.aws.archive import S3RescoreStore
from screening.aws.clients import client
from screening.aws.keys import KeyedHashes
from screening.aws.settings import RescoreSettings
from screening.aws.wiring import parts, sealing
from screening.aws.wiring.screen import retention
from screening.fields import Fields
from screening.workflows.records import Sampling
from screening.workflows.rescore import ConcludeRescore, PlanRescore, RescoreChunk
from screening.workflows.rescore import RescoreSettings as UseCaseSettings

Step = Callable[[Mapping[str, Any]], dict[str, Any]]


@cache
def environment() -> RescoreSettings:
    return RescoreSettings()


@cache
def use_case_settings() -> UseCaseSettings:
    sampling = Sampling(
        default=environment().audit_default_probability, target_per_day=environment().audit_target_per_day
    )
    return UseCaseSettings(default_sampling=sampling, retention=retention(environment()))


@cache
def store() -> S3RescoreStore:
    return S3RescoreStore(client("s3"), environment().rescore_bucket)


@cache
def plan_rescore() -> PlanRescore:
    return PlanRescore(archive=parts.archive(environment().archive_bucket), store=store(), settings=use_case_settings())


@cache
def rescore_chunk() -> RescoreChunk:
    keys = KeyedHashes.load(client("secretsmanager"), environment().fingerprint_secret)
    return RescoreChunk(
        assessor=Screener.load(fingerprint=keys.fingerprint),
        sealer=sealing.sealer(environment().sealing_key),
        archive=parts.archive(environment().archive_bucket),
        posts=parts.posts(environment().posts_table),
        bus=parts.bus(environment().bus_name),
        store=store(),
        config=parts.config(environment().config_table),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        settings=use_case_settings(),
        links=parts.links(environment().links_table, environment().watch_retention_days),
        hashes=keys.hashes(),
    )


@cache
def conclude_rescore() -> ConcludeRescore:
    return ConcludeRescore(
        store=store(),
        config=parts.config(environment().config_table),
        bus=parts.bus(environment().bus_name),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        settings=use_case_settings(),
    )


def _plan(event: Mapping[str, Any]) -> dict[str, Any]:
    fields = Fields(event, "rescore plan")
    return plan_rescore()(fields.text("run"), fields.moment("started_at")).to_dict()


def _chunk(event: Mapping[str, Any]) -> dict[str, Any]:
    return rescore_chunk()(event["descriptor"])


def _conclude(event: Mapping[str, Any]) -> dict[str, Any]:
    fields = Fields(event, "rescore conclusion")
    return conclude_rescore()(fields.text("run"), count=fields.integer("count"))


STEPS: dict[str, Step] = {"plan": _plan, "chunk": _chunk, "conclude": _conclude}
"""By the name that the state machine (infra/rescore.asl.json) puts into `step`."""
