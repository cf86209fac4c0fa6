"""How API Gateway finds the resource of a request: the path as it stands, else the one with a parameter in its place."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any


def resource_of(routes: Collection[str], path: str) -> tuple[str, dict[str, str] | None]:
    """The resource among those that an app has (`/console/admin/{page}`) and its parameters; an unknown path is its own resource."""
    if path in routes:
        return path, None
    for resource in routes:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(resource))
        found = re.fullmatch(pattern, path)
        if found:
            return resource, found.groupdict()
    return path, None


def rest_event(
    routes: Collection[str], method: str, path: str, *, query: dict[str, str], headers: dict[str, str], body: str
) -> dict[str, Any]:
    """What a REST API's proxy integration hands over."""
    resource, parameters = resource_of(routes, path)
    return {
        "resource": resource, "path": path, "httpMethod": method, "pathParameters": parameters, "stageVariables": None,
        "headers": headers, "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
        "requestContext": {"resourcePath": resource, "httpMethod": method, "path": path, "identity": {}},
        "body": body, "isBase64Encoded": False,
    }  # fmt: skip
