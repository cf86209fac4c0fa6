"""The signed machine routes of platforms and partners. Signatures are checked over the raw body, inside the use cases."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from chalice.app import Response

from screening.aws.http import API_HEADERS, Routes, json_answer
from screening.aws.http_api import behind_http_api
from screening.aws.wiring import api as wiring
from screening.aws.wiring.parts import METRICS
from screening.fields import rfc3339
from screening.workflows.signatures import SignedHeaders

POST_TYPES = (
    "application/json", "application/x-ndjson", "application/jsonl", "application/xml", "text/xml", "text/plain",
)  # fmt: skip

routes = Routes("api", Logger(), METRICS)
app = routes.app
handler = behind_http_api(app)


def signed() -> SignedHeaders:
    return SignedHeaders.of(routes.request.headers)


@routes.add("/v1/platforms/{platform}/posts", "POST", content_types=POST_TYPES)
def send_posts(platform: str) -> Response:
    receipts = wiring.receive_posts()(platform, signed(), routes.raw_body, format=routes.query("format", "auto"))
    return json_answer({"receipts": [receipt.to_dict() for receipt in receipts]}, 202)


@routes.add("/v1/platforms/{platform}/posts", "DELETE")
def withdraw_post(platform: str) -> Response:
    receipt = wiring.withdraw_post()(platform, signed(), routes.query("id"))
    return json_answer({"receipts": [receipt.to_dict()]}, 202)


@routes.add("/v1/platforms/{platform}/assessment", "GET")
def read_assessment(platform: str) -> Response:
    return json_answer(wiring.read_assessment()(platform, signed(), routes.query("id")))


@routes.add("/v1/campaigns/{campaign}", "GET")
def read_campaign(campaign: str) -> Response:
    return json_answer(wiring.read_campaign()(campaign, signed(), routes.query("platform")))


@routes.add("/v1/platforms/{platform}/rejected", "GET")
def list_rejected(platform: str) -> Response:
    return json_answer({"rejected": wiring.list_rejected()(platform, signed())})


@routes.add("/v1/platforms/{platform}/appeals", "POST")
def appeal(platform: str) -> Response:
    receipt = wiring.receive_appeal()(platform, signed(), routes.raw_body)
    return json_answer({"appeal": receipt.appeal, "received_at": rfc3339(receipt.received_at)}, 202)


@routes.add("/v1/platforms/{platform}/notice-results", "POST")
def take_notice_results(platform: str) -> Response:
    return json_answer(wiring.take_notice_results()(platform, signed(), routes.raw_body).to_dict())


@routes.add("/v1/partners/{partner}/packages", "GET")
def fetch_package(partner: str) -> Response:
    package = wiring.fetch_package()(partner, signed(), routes.query("id"), format=routes.query("format", "json"))
    headers: dict[str, str | list[str]] = {**API_HEADERS, **package.headers}
    return Response(body=package.body.decode("utf-8"), status_code=200, headers=headers)


@routes.add("/v1/partners/{partner}/opinions", "POST")
def take_opinion(partner: str) -> Response:
    referral = wiring.take_opinion()(partner, signed(), routes.raw_body)
    return json_answer({"id": referral.id, "opinion": referral.opinion})


@routes.add("/v1/partners/{partner}/acknowledgements", "POST")
def acknowledge_package(partner: str) -> Response:
    referral = wiring.acknowledge_package()(partner, signed(), routes.raw_body)
    return json_answer({"id": referral.id, "state": referral.acknowledged_state})
