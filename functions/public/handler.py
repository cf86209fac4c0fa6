"""What anybody may call: report an offer, read its safety notice, ask whether the service answers."""

from __future__ import annotations

from dataclasses import asdict

from aws_lambda_powertools import Logger
from chalice.app import Response

from screening.aws.http import Routes, json_answer
from screening.aws.wiring import public as wiring
from screening.aws.wiring.parts import METRICS

routes = Routes("public", Logger(), METRICS)
app = routes.app


@routes.add("/v1/reports", "POST")
def report() -> Response:
    receipt = wiring.receive_report()(routes.json_body())
    return json_answer({"report": receipt.report}, 202)


@routes.add("/v1/notices", "GET")
def notice() -> Response:
    language = routes.query("language", "en")
    found = wiring.read_safety_notice()(routes.query("platform"), routes.query("id"), language)
    return json_answer(asdict(found))


@routes.add("/v1/health", "GET")
def health() -> Response:
    return json_answer({"status": "ok"})
