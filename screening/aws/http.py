"""What the three Chalice apps share: errors as JSON answers, one log line a request, and nothing of a body in either."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aws_lambda_powertools import Logger
from chalice.app import Chalice, Request, Response

from screening.aws.metrics import EmfMetrics
from screening.crashes import place_of
from screening.errors import (
    AuthenticationError,
    ConflictError,
    InvalidPostError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    ScreeningError,
    TransientError,
    UnreadableInputError,
)
from screening.workflows.batch import read_body
from screening.workflows.receive import PayloadTooLargeError

View = Callable[..., Response]
ErrorPage = Callable[[ScreeningError], Response]

_STATUS: tuple[tuple[type[ScreeningError], int, str], ...] = (
    (AuthenticationError, 401, "unauthorised"),
    (PermissionDeniedError, 403, "forbidden"),
    (NotFoundError, 404, "not_found"),
    (ConflictError, 409, "conflict"),
    (PayloadTooLargeError, 413, "too_large"),
    (UnreadableInputError, 422, "unreadable"),
    (InvalidPostError, 422, "invalid"),
    (PermanentError, 422, "invalid"),
    (TransientError, 503, "try_again"),
)

API_HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


def json_answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body=body, status_code=status, headers={**API_HEADERS, **(headers or {})})


def status_of(error: ScreeningError) -> int:
    return next((status for kind, status, _ in _STATUS if isinstance(error, kind)), 500)


def error_answer(error: ScreeningError) -> Response:
    """The status and words for an error of ours. What failed inside is said in general: details go to the log."""
    for kind, status, code in _STATUS:
        if isinstance(error, kind):
            words = "not available for now; send it again" if status == 503 else str(error)
            more = {"Retry-After": "5"} if status == 503 else {}
            return json_answer({"error": code, "message": words}, status, more)
    return json_answer({"error": "internal", "message": "this is our fault"}, 500)


class Routes:
    """A Chalice app whose routes may raise our errors, with one log line a request.

    Chalice answers errors of a route itself before any middleware sees them, and logs their traceback, which can quote
    the request; so each route is wrapped, and Chalice's own log stays off.
    """

    def __init__(self, name: str, logger: Logger, metrics: EmfMetrics) -> None:
        self.app = Chalice(app_name=name, configure_logs=False, debug=False)
        self._logger = logger
        self._metrics = metrics

    def add(
        self, path: str, method: str, *, content_types: Sequence[str] = ("application/json",),
        on_error: ErrorPage = error_answer,
    ) -> Callable[[View], View]:  # fmt: skip
        """Register a view for one path and method; `on_error` makes the answer for an error of ours."""

        def register(view: View) -> View:
            @functools.wraps(view)
            def guarded(**path_parameters: str) -> Response:
                return self._answer(view, path_parameters, f"{method} {path}", on_error)

            self.app.route(path, methods=[method], content_types=list(content_types), name=view.__name__)(guarded)
            return view

        return register

    @property
    def request(self) -> Request:
        """The request being answered."""
        current: Request | None = self.app.current_request
        if current is None:
            raise RuntimeError("no request is being answered")
        return current

    @property
    def raw_body(self) -> bytes:
        """The bytes as they were signed and sent."""
        body: bytes | str = self.request.raw_body
        return body.encode() if isinstance(body, str) else body

    def json_body(self) -> object:
        """Raises PermanentError where the body is no JSON, or nested too deep."""
        return read_body(self.raw_body.decode("utf-8", "replace"))

    def query(self, name: str, default: str = "") -> str:
        parameters: Mapping[str, str] = self.request.query_params or {}
        return str(parameters.get(name) or default)

    def _answer(self, view: View, path_parameters: dict[str, str], route: str, on_error: ErrorPage) -> Response:
        started = time.perf_counter()
        try:
            answer = view(**path_parameters)
        except ScreeningError as error:
            answer = on_error(error)
            if answer.status_code >= 500:
                self._logger.warning("refused", error=type(error).__name__, reason=str(error))
        except Exception as error:  # whatever it is: answered in general words
            # Neither traceback nor message: both could quote the request.
            self._logger.error("crash", error=type(error).__name__, at=place_of(error))  # noqa: TRY400
            self._metrics.count("HttpCrash", error=type(error).__name__)
            answer = json_answer({"error": "internal", "message": "this is our fault"}, 500)
        finally:
            self._metrics.flush()
        milliseconds = round((time.perf_counter() - started) * 1000)
        self._logger.info("request", route=route, status=answer.status_code, milliseconds=milliseconds)
        return answer
