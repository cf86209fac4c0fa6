"""The console's own routes behind a loopback server, on an installation in memory: what a browser does is really decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from functions.console.handler import app
from tests.fakes.rest_api import rest_event

ROUTES = frozenset(app.routes)


@contextmanager
def live_console() -> Iterator[str]:
    """The address at which the console answers; the use cases behind it are those that the test composed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.ask("GET", "")

        def do_POST(self) -> None:
            self.ask("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def ask(self, method: str, body: str) -> None:
            parts = urlsplit(self.path)
            if not parts.path.startswith("/console"):
                self.send_response(204)
                self.end_headers()
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(parse_qsl(parts.query))
            event = rest_event(ROUTES, method, parts.path, query=query, headers=headers, body=body)
            answer: dict[str, Any] = app(event, None)
            self.send_response(answer["statusCode"])
            held = {**{name: [value] for name, value in answer.get("headers", {}).items()}, **answer.get("multiValueHeaders", {})}  # fmt: skip
            for name, values in held.items():
                for value in values if name != "Strict-Transport-Security" else ():
                    self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(answer["body"].encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Quiet: the test's own output is what counts."""

    server = HTTPServer(("127.0.0.1", 0), Handler)  # one request at a time: the fakes are shared
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
