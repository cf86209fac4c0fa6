"""What anybody may call: report an offer and ask what became of it, read a safety notice, ask whether the service answers."""

from __future__ import annotations

from dataclasses import asdict

from aws_lambda_powertools import Logger
from chalice.app import Response

from screening.aws.http import Routes, json_answer
from screening.aws.wiring import public as wiring
from screening.aws.wiring.parts import METRICS
from screening.workflows.report import read_request

routes = Routes("public", Logger(), METRICS)
app = routes.app


@routes.add("/v1/reports", "POST")
def report() -> Response:
    receipt = wiring.receive_report()(read_request(routes.raw_body))
    return json_answer(receipt.to_dict(), 202)


@routes.add("/v1/reports", "GET")
def report_answer() -> Response:
    return json_answer(wiring.ask_about_report()(routes.query("id"), _token()).to_dict())


@routes.add("/v1/complaints", "POST")
def complaint() -> Response:
    receipt = wiring.receive_complaint()(read_request(routes.raw_body), _token())
    return json_answer(receipt.to_dict(), 202)


@routes.add("/v1/notices", "GET")
def notice() -> Response:
    language = routes.query("language", "en")
    found = wiring.read_safety_notice()(routes.query("platform"), routes.query("id"), language)
    return json_answer(asdict(found))


@routes.add("/v1/health", "GET")
def health() -> Response:
    return json_answer({"status": "ok"})


def _token() -> str:
    # Not in the query: proxies, browsers and access logs keep addresses, and a token is a secret.
    return str(routes.request.headers.get("x-report-token") or "")
