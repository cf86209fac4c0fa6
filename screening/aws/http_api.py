"""Between an HTTP API and a Chalice app, which knows a REST API's events alone and answers "Unknown request" to any other.

An HTTP API hands over payload format 2.0: no `resourcePath` but a route key, the query raw and joined, cookies apart. What it
takes back has one value for each header, and cookies apart again (AWS, "Create AWS Lambda proxy integrations for HTTP APIs").
Why not format 1.0, which looks like a REST API's: docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

Event = Mapping[str, Any]
Handler = Callable[[Event, Any], dict[str, Any]]


def behind_http_api(app: Callable[[dict[str, Any], Any], Mapping[str, Any]]) -> Handler:
    """A Lambda handler that answers an HTTP API's requests with a Chalice app."""

    def handler(event: Event, context: Any) -> dict[str, Any]:
        return answer_of(app(rest_event(event), context))

    return handler


def rest_event(event: Event) -> dict[str, Any]:
    """The request as a REST API would say it, as far as Chalice reads it.

    The body is handed on as it came: text, or base64 of the bytes where the content type is none of `text/*`, JSON, XML and
    JavaScript. Chalice's `raw_body` is the bytes that were sent, either way, over which the signature is checked.

    Raises:
        KeyError: this is no event of format 2.0.
    """
    context = event["requestContext"]
    method = context["http"]["method"]
    resource = event["routeKey"].partition(" ")[2]
    return {
        "resource": resource, "path": event["rawPath"], "httpMethod": method,
        "headers": event["headers"],
        "multiValueQueryStringParameters": parse_qs(event["rawQueryString"], keep_blank_values=True) or None,
        "pathParameters": event.get("pathParameters"), "stageVariables": event.get("stageVariables"),
        "requestContext": {
            "resourcePath": resource, "httpMethod": method, "path": event["rawPath"],
            "stage": context["stage"], "requestId": context["requestId"],
        },
        "body": event.get("body"), "isBase64Encoded": event.get("isBase64Encoded", False),
    }  # fmt: skip


def answer_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Chalice's answer as an HTTP API takes it: several values of a header are one, with commas; cookies stand apart."""
    several: Mapping[str, list[str]] = answer["multiValueHeaders"]
    cookies = [value for name, values in several.items() if name.lower() == "set-cookie" for value in values]
    joined = {name: ", ".join(values) for name, values in several.items() if name.lower() != "set-cookie"}
    return {
        "statusCode": answer["statusCode"], "headers": {**answer["headers"], **joined}, "cookies": cookies,
        "body": answer["body"], "isBase64Encoded": answer.get("isBase64Encoded", False),
    }  # fmt: skip
