"""The client of the Transparency Database against a server on loopback that answers as the published interface does."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from screening.aws.transparency_client import PATH, HttpTransparencyDatabase
from screening.errors import AuthenticationError, PermanentError, ScreeningError, TransientError
from screening.referrals.transparency_rules import Fault

TOKEN = "7|secretsecretsecret"
Answer = tuple[int, Any]


class Database:
    """Keeps ids, and refuses a batch whole. `answers` come first; `refuses` names ids whose category it refuses."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.refuses: set[str] = set()
        self.answers: list[Answer] = []
        self.batches: list[list[str]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []

    def answer(self, path: str, headers: dict[str, str], body: Any) -> Answer:
        self.requests.append((path, headers))
        puids = [statement["puid"] for statement in body["statements"]]
        self.batches.append(puids)
        if self.answers:
            return self.answers.pop(0)
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "Unauthenticated."}
        wrong = {
            f"statement_{place}": {"category": ["The selected category is invalid."]}
            for place, puid in enumerate(puids)
            if puid in self.refuses
        }
        if wrong:
            return 422, {"errors": wrong}
        known = [puid for puid in puids if puid in self.kept]
        if known:
            words = "The platform identifier(s) are not all unique within this call."
            return 422, {"message": words, "errors": {"puid": [words], "existing_puids": known}}
        self.kept += puids
        return 201, {"statements": body["statements"]}


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def port(database: Database) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = database.answer(self.path, dict(self.headers), body)
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def plain(host: str, port: int | None) -> http.client.HTTPConnection:
    """Loopback without a certificate."""
    assert host == "127.0.0.1"
    return http.client.HTTPConnection(host, port, timeout=5)


@pytest.fixture
def client(port: int) -> HttpTransparencyDatabase:
    return HttpTransparencyDatabase(f"https://127.0.0.1:{port}", lambda: TOKEN, connect=plain)


def statement(puid: str, **changes: Any) -> dict[str, Any]:
    return {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": "Directive 2011/36/EU, art. 2",
        "illegal_content_explanation": "The offer matches published warning signs.",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": "2026-05-01",
        "category": "STATEMENT_CATEGORY_VIOLENCE",
        "application_date": "2026-05-04",
        "decision_facts": "Identity documents are to be handed over.",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": puid,
    } | changes


def test_statements_go_in_batches_of_a_hundred(client: HttpTransparencyDatabase, database: Database) -> None:
    done = client.send([statement(f"p{number}") for number in range(205)])
    assert done.sent == frozenset(range(205))
    assert (done.existing, done.refused) == (frozenset(), ())
    assert [len(batch) for batch in database.batches] == [100, 100, 5]
    path, headers = database.requests[0]
    assert path == PATH
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Accept"] == headers["Content-Type"] == "application/json"


def test_nothing_to_send_asks_for_nothing(client: HttpTransparencyDatabase, database: Database) -> None:
    assert client.send([]).sent == frozenset()
    assert database.batches == []


def test_what_is_there_already_counts_as_sent_and_the_rest_goes(
    client: HttpTransparencyDatabase, database: Database
) -> None:
    client.send([statement("a")])
    done = client.send([statement("b"), statement("a"), statement("c")])
    assert (done.sent, done.existing, done.refused) == (frozenset({0, 2}), frozenset({1}), ())
    assert database.kept == ["a", "b", "c"]


def test_the_answer_for_a_single_known_id_is_understood(client: HttpTransparencyDatabase, database: Database) -> None:
    words = "The identifier given is not unique within this platform."
    database.answers = [(422, {"message": words, "errors": {"puid": [words]}, "existing": {"uuid": "6bf8beb0"}})]
    assert client.send([statement("a")]).existing == frozenset({0})


def test_a_statement_that_the_database_refuses_holds_up_no_other(
    client: HttpTransparencyDatabase, database: Database
) -> None:
    database.refuses = {"b"}
    done = client.send([statement("a"), statement("b"), statement("c")])
    assert done.sent == frozenset({0, 2})
    [refused] = done.refused
    assert (refused.index, refused.by_database) == (1, True)
    assert refused.faults == (Fault("category", "was refused by the database"),)
    assert database.kept == ["a", "c"]


def test_a_faulty_statement_never_leaves(client: HttpTransparencyDatabase, database: Database) -> None:
    done = client.send([statement("a", decision_facts="Call +48 600 700 800"), statement("b"), statement("b")])
    assert done.sent == frozenset({1})
    assert [(one.index, one.by_database, one.faults) for one in done.refused] == [
        (0, False, (Fault("decision_facts", "holds what looks like a phone number"),)),
        (2, False, (Fault("puid", "stands in this batch already"),)),
    ]
    assert database.batches == [["b"]]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((401, {"message": "Unauthenticated."}), AuthenticationError),
        ((403, {}), AuthenticationError),
        ((429, {}), TransientError),
        ((500, {}), TransientError),
        ((503, b"<html>"), TransientError),
        ((302, {}), PermanentError),
        ((200, {}), PermanentError),
        ((404, {}), PermanentError),
        ((422, b"<html>"), PermanentError),
        ((422, {"message": "The statements field is required."}), PermanentError),
        (
            (422, {"errors": {"statement_x": {}, "statement_7": {"a": []}, "existing_puids": [1, "other"]}}),
            PermanentError,
        ),
        ((422, []), PermanentError),
    ],
)
def test_every_other_answer_says_what_to_do_and_shows_no_token(
    client: HttpTransparencyDatabase, database: Database, answer: Answer, error: type[ScreeningError]
) -> None:
    database.answers = [answer]
    with pytest.raises(error) as raised:
        client.send([statement("a"), statement("b")])
    assert TOKEN not in str(raised.value)
    assert len(database.batches) == 1
    database.answers = []
    assert client.send([statement("a"), statement("b")]).sent == frozenset({0, 1})


def test_batches_before_a_failure_are_no_second_statements_when_all_is_sent_again(
    client: HttpTransparencyDatabase, database: Database
) -> None:
    statements = [statement(f"p{number}") for number in range(150)]
    client.send(statements[:100])
    database.answers = [(503, {})]
    with pytest.raises(TransientError):
        client.send(statements[100:])
    done = client.send(statements)
    assert (len(done.sent), len(done.existing)) == (50, 100)
    assert sorted(database.kept) == sorted(one["puid"] for one in statements)


def test_a_database_that_is_not_there_may_be_later() -> None:
    def refuse(_host: str, _port: int | None) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", 1, timeout=1)

    with pytest.raises(TransientError, match="not reached") as raised:
        HttpTransparencyDatabase("https://database.example", lambda: TOKEN, connect=refuse).send([statement("a")])
    assert TOKEN not in str(raised.value)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    "address",
    ["http://database.example", "database.example", "https://", "https://user@database.example", "https://database.example/other", ""],
)  # fmt: skip
def test_statements_go_over_https_alone(address: str) -> None:
    with pytest.raises(PermanentError, match="https"):
        HttpTransparencyDatabase(address, lambda: TOKEN)


@pytest.mark.parametrize("token", [lambda: "", lambda: "a\r\nX-Other: 1", lambda: "ключ"])
def test_a_token_that_is_none_is_not_sent(port: int, database: Database, token: Callable[[], str]) -> None:
    client = HttpTransparencyDatabase(f"https://127.0.0.1:{port}", token, connect=plain)
    with pytest.raises(AuthenticationError):
        client.send([statement("a")])
    assert database.batches == []
