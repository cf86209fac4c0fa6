"""Requests of an HTTP API, answered by a Chalice app: what is signed arrives byte for byte, and nothing of an answer is lost."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from aws_lambda_powertools import Logger
from chalice.app import Response
from hypothesis import given
from hypothesis import strategies as st

from screening.aws.http import Routes, json_answer
from screening.aws.http_api import behind_http_api
from screening.aws.wiring.parts import METRICS

TEXT = ("application/json", "application/xml", "application/javascript")


@pytest.fixture(autouse=True, scope="module")
def _namespace() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POWERTOOLS_METRICS_NAMESPACE", "OfferScreening")
        yield


class Echo:
    """An app with one route for each method, which keeps what it was asked."""

    def __init__(self) -> None:
        self.routes = Routes("echo", Logger(service="echo"), METRICS)
        self.handler = behind_http_api(self.routes.app)
        self.body = b""
        self.asked: dict[str, str] = {}
        self.answer = json_answer({"done": True})
        self.routes.add("/v1/things/{thing}", "POST", content_types=("application/json", "application/x-ndjson"))(
            self.take
        )
        self.routes.add("/v1/things/{thing}", "GET")(self.give)

    def take(self, thing: str) -> Response:
        self.asked, self.body = {"thing": thing}, self.routes.raw_body
        return self.answer

    def give(self, thing: str) -> Response:
        self.asked = {"thing": thing, **{name: self.routes.query(name, "-") for name in ("id", "format", "none")}}
        return self.answer

    def call(
        self, method: str, *, body: bytes | None = None, kind: str = "application/json", query: str = ""
    ) -> dict[str, Any]:
        return self.handler(event(method, body=body, kind=kind, query=query), None)


def event(method: str, *, body: bytes | None = None, kind: str = "application/json", query: str = "") -> dict[str, Any]:
    """As AWS's documentation shows one, by way of JSON as Lambda hands it over; the split of text and bytes was seen on AWS."""
    told: dict[str, Any] = {
        "version": "2.0", "routeKey": method + " /v1/things/{thing}", "rawPath": "/v1/things/a", "rawQueryString": query,
        "headers": {"content-type": kind, "host": "example.org"}, "pathParameters": {"thing": "a"},
        "requestContext": {
            "http": {"method": method, "path": "/v1/things/a", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.10", "userAgent": "u"},
            "routeKey": method + " /v1/things/{thing}", "stage": "$default", "requestId": "id", "timeEpoch": 1583348638390,
        },
        "isBase64Encoded": False,
    }  # fmt: skip
    if body:
        as_text = kind.startswith("text/") or kind in TEXT
        told["body"] = body.decode() if as_text else base64.b64encode(body).decode()
        told["isBase64Encoded"] = not as_text
    read: dict[str, Any] = json.loads(json.dumps(told))
    return read


@given(st.text().filter(bool))
def test_a_body_of_text_arrives_byte_for_byte(text: str) -> None:
    echo = Echo()
    sent = text.encode("utf-8", "replace")
    assert echo.call("POST", body=sent)["statusCode"] == 200
    assert echo.body == sent


@given(st.binary(min_size=1))
def test_a_body_that_is_no_text_to_aws_arrives_byte_for_byte(sent: bytes) -> None:
    echo = Echo()
    assert echo.call("POST", body=sent, kind="application/x-ndjson")["statusCode"] == 200
    assert echo.body == sent


def test_a_request_without_a_body_has_an_empty_one() -> None:
    echo = Echo()
    echo.call("POST")
    assert (echo.asked, echo.body) == ({"thing": "a"}, b"")


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_query_is_read_as_it_was_meant(wanted: str, form: str) -> None:
    wanted, form = (word.encode("utf-8", "replace").decode() for word in (wanted, form))
    echo = Echo()
    echo.call("GET", query=urlencode({"id": wanted, "format": form}))
    assert echo.asked == {"thing": "a", "id": wanted, "format": form, "none": "-"}


def test_a_comma_in_a_query_parts_nothing() -> None:
    """`queryStringParameters` of format 2.0 couldn't tell it from a name that came twice."""
    echo = Echo()
    echo.call("GET", query="id=a%2Cb,c&format=")
    assert (echo.asked["id"], echo.asked["format"]) == ("a,b,c", "-")


def test_a_content_type_that_a_route_does_not_take_is_refused() -> None:
    assert Echo().call("POST", body=b"x", kind="application/pdf")["statusCode"] == 415


def test_an_answer_keeps_its_headers_and_cookies() -> None:
    echo = Echo()
    echo.answer = json_answer({"done": True})
    echo.answer.headers["Link"] = ["<a>", "<b>"]
    echo.answer.headers["Set-Cookie"] = ["one=1", "two=2"]
    told = echo.call("GET")
    assert json.loads(told["body"]) == {"done": True}
    assert told["headers"]["Link"] == "<a>, <b>"
    assert told["headers"]["Cache-Control"] == "no-store"
    assert told["cookies"] == ["one=1", "two=2"]
    assert "Set-Cookie" not in told["headers"]
    assert told["isBase64Encoded"] is False


def test_what_is_no_event_of_an_http_api_is_not_answered() -> None:
    with pytest.raises(KeyError):
        Echo().handler(
            {"resource": "/v1/things/{thing}", "requestContext": {"resourcePath": "/v1/things/{thing}"}}, None
        )
