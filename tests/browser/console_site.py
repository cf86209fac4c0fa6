"""A loopback server of the console's pages as the browser tests see them: rendered from view models, forms noted down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from functions.console.pages import FILES, SECURITY_HEADERS, file_text

View = Callable[[dict[str, str]], str]
"""The page for a query."""


class Site:
    """`pages` by path; `posted` are the forms sent, as (path, fields)."""

    def __init__(self, pages: dict[str, View]) -> None:
        self.pages = pages
        self.posted: list[tuple[str, dict[str, str]]] = []
        self.base = ""

    def url(self, path: str) -> str:
        return f"{self.base}{path}"


@contextmanager
def serving(pages: dict[str, View]) -> Iterator[Site]:
    site = Site(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            file = parts.path.removeprefix("/console/")
            if file in FILES:
                self.answer(200, file_text(file), FILES[file])
            elif parts.path in site.pages:
                self.answer(200, site.pages[parts.path](query), "text/html; charset=utf-8")
            else:
                self.answer(204 if parts.path == "/favicon.ico" else 404, "", "text/plain")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}
            site.posted.append((self.path, fields))
            self.send_response(303)
            self.send_header("Location", "/done")
            self.end_headers()

        def answer(self, status: int, body: str, kind: str) -> None:
            self.send_response(status)
            for name, value in SECURITY_HEADERS.items():
                if name != "Strict-Transport-Security":
                    self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Quiet: the test's own output is what counts."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
