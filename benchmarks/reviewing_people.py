"""The people of `benchmarks.reviewing`: each a thread with a session of its own, at the pages as a browser without script sees them.

Most take a case, read it and decide. Some put it aside, click twice, send a decision long after they read the case, or go away
with the case until its lease is over.
"""

from __future__ import annotations

import html
import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from screening.aws.local.hosted_page import sign_in
from screening.aws.local.stack import TEAM, Answer, LocalStack
from screening.cases.vote import Action

PASSWORD = "Bench-passw0rd!"
POLICE, NGO = "bench-police", "bench-ngo"
PARTNERS = {"refer": POLICE, "notify_authority": POLICE, "offer_support": NGO}
SKIPS, CLICKS_TWICE, DECIDES_LATE, GOES_AWAY, ERRS = 0.04, 0.1, 0.06, 0.02, 0.08
"""Shares of the cases that somebody takes. Who errs says something else than a person who judges the case well."""
LATE_AFTER = 6
"""Cases that somebody works on before they send what they had read earlier."""
QUEUE_EVERY = 10
"""Cases after which somebody looks at the queue again, and the first of them at the large campaign."""
TRIES = 3
IDLE_SECONDS = 2.0
_HIDDEN = re.compile(r'<input type="hidden" name="(token|decision_id|revision)" value="([^"]*)">')
_ACTIONS = re.compile(r'name="action" value="([a-z_]+)"')


@dataclass(frozen=True, slots=True)
class Form:
    """What the page of a case offered: the fields of its form, and the actions."""

    case: str
    fields: Mapping[str, str]
    actions: tuple[str, ...]


@dataclass
class Shift:
    """What all people share: what is to be judged how, when it ends, and what was measured."""

    stack: LocalStack
    judged: Mapping[str, Action]
    big_case: str
    deadline: float  # of time.monotonic
    people: int
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    idle: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def ended(self) -> bool:
        return self.over.is_set() or time.monotonic() > self.deadline

    def count(self, name: str) -> None:
        with self.lock:
            self.counts[name] += 1

    def changed(self) -> None:
        """Something may wait for somebody again."""
        with self.lock:
            self.idle.clear()

    def nothing_left_for(self, name: str) -> None:
        with self.lock:
            self.idle.add(name)
            if len(self.idle) == self.people:
                self.over.set()


class Worker:
    """One person at work."""

    def __init__(self, shift: Shift, name: str, *, senior: bool, seed: int) -> None:
        self.name = name
        self.senior = senior
        self._shift = shift
        self._chance = random.Random(seed)
        self._cookie = ""
        self._late: list[tuple[int, Form]] = []
        self._taken = 0
        self._token = ""
        self._seen: Counter[str] = Counter()

    def sign_in(self) -> None:
        self._cookie = sign_in(self._shift.stack, self.name, PASSWORD).cookie

    def work(self) -> None:
        """Until nothing is left for anybody, or the time is over."""
        try:
            while not self._shift.ended:
                self._one()
        except Exception as error:  # what stops one person is a fault of the run, and is told at its end
            self._shift.faults.append(f"{self.name} stopped: {type(error).__name__}: {error}")
            self._shift.people -= 1

    def _one(self) -> None:
        if not self._token or self._taken % QUEUE_EVERY == 0:
            self._look_around()
        case = self._take()
        if case is None:
            if self._late:
                self._decide(self._late.pop(0)[1], late=True)
                return
            self._shift.nothing_left_for(self.name)
            self._shift.over.wait(IDLE_SECONDS)
            return
        self._taken += 1
        self._seen[case] += 1
        form = self._read(case)
        if form is None or self._seen[case] > TRIES or not form.actions or self._chance.random() < SKIPS:
            self._put_aside("skip", case)
        else:
            self._judge(form)
        if self._late and self._taken - self._late[0][0] >= LATE_AFTER:
            self._decide(self._late.pop(0)[1], late=True)

    def _judge(self, form: Form) -> None:
        drawn = self._chance.random()
        if drawn < GOES_AWAY:
            self._go_away(form)
        elif drawn < GOES_AWAY + DECIDES_LATE:
            self._late.append((self._taken, form))
            self._put_aside("release", form.case)
        else:
            self._decide(form, twice=drawn > 1 - CLICKS_TWICE)

    def _look_around(self) -> None:
        # All begin at once, and each one's first page starts a process of the console: that is another matter than the page.
        answer = self.get("queue" if self._token else "first_page", "/console", {})
        if found := _HIDDEN.search(answer.text):
            self._token = html.unescape(found[2])
        if self.name.endswith("-0"):
            self.get("campaign", "/console/campaign", {"id": self._shift.big_case})

    def _take(self) -> str | None:
        answer = self._post("next", "/console/take", {"team": TEAM, "token": self._token})
        if answer.status != 303:
            return None
        return parse_qs(urlsplit(answer.headers["location"]).query).get("id", [None])[0]

    def _read(self, case: str) -> Form | None:
        answer = self.get("case", "/console/case", {"id": case})
        if answer.status != 200:
            return None
        fields = {name: html.unescape(value) for name, value in reversed(_HIDDEN.findall(answer.text))}
        self._token = fields.get("token", self._token)
        return Form(case, fields | {"case": case}, tuple(dict.fromkeys(_ACTIONS.findall(answer.text))))

    def _decide(self, form: Form, *, twice: bool = False, late: bool = False) -> None:
        chosen = self._opinion(form)
        for action in (chosen, "remove") if chosen == "refer" else (chosen,):
            status = self._send(form, action, twice=twice, late=late)
            if status != 403:
                break
        self._shift.count({303: "decided", 409: "conflicts", 403: "refused"}.get(status, f"answered_{status}"))
        if late:
            self._shift.count("late_conflicts" if status == 409 else "late_decided")
        if status != 303 and not late:
            self._put_aside("skip" if status == 403 else "release", form.case)
        self._shift.changed()

    def _opinion(self, form: Form) -> str:
        wanted: str = self._shift.judged[form.case]
        if self._chance.random() < ERRS:
            wanted = self._chance.choice(("dismiss", "warn_applicants", "remove"))
        return wanted if wanted in form.actions else "dismiss"

    def _send(self, form: Form, action: str, *, twice: bool, late: bool) -> int:
        fields = dict(form.fields) | {
            "action": action, "partner": PARTNERS.get(action, ""), "reason": "Bench: judged by what the page shows.",
        }  # fmt: skip
        if action in PARTNERS:  # stated once more first, on a page of its own
            self._post("decide", "/console/decide", fields)
            fields["confirmed"] = "yes"
        kind = "decide_late" if late else "decide"
        if not twice:
            return self._post(kind, "/console/decide", fields).status
        self._shift.count("double_clicks")
        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(lambda _: self._post(kind, "/console/decide", fields).status, range(2))
        if first != second:
            self._shift.faults.append(f"a double click was answered {first} and {second}: case {form.case}")
        return first

    def _put_aside(self, how: str, case: str) -> None:
        self._post("aside", f"/console/{how}", {"case": case, "team": TEAM, "token": self._token})
        self._shift.count({"skip": "skipped", "release": "released"}[how])
        self._shift.changed()

    def _go_away(self, form: Form) -> None:
        """The case stays taken until its twenty minutes are over, which the table is told they are; then the form is sent all the same."""
        self._late.append((self._taken, form))
        self._shift.stack.client("dynamodb").update_item(
            TableName=self._shift.stack.outputs["CasesTableName"],
            Key={"pk": {"S": f"C#{form.case}"}, "sk": {"S": "LEASE"}}, UpdateExpression="SET #until = :over",
            ExpressionAttributeNames={"#until": "until"}, ExpressionAttributeValues={":over": {"N": "1"}},
        )  # fmt: skip
        self._shift.count("leases_run_out")
        self._shift.changed()

    def get(self, kind: str, path: str, query: Mapping[str, str]) -> Answer:
        return self._timed(kind, "GET", path, query=query)

    def _post(self, kind: str, path: str, fields: Mapping[str, str]) -> Answer:
        more = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._timed(kind, "POST", path, body=urlencode(fields).encode(), more=more)

    def _timed(
        self, kind: str, method: str, path: str, *, query: Mapping[str, str] | None = None, body: bytes = b"",
        more: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """The answer; one that failed for now is asked for again, as somebody would press the key again."""
        for attempt in range(TRIES):
            started = time.perf_counter()
            answer = self._shift.stack.request(
                method, path, body=body, query=query, headers={"Cookie": self._cookie, **(more or {})}
            )
            self._shift.seconds[kind].append(time.perf_counter() - started)
            if answer.status < 500 and answer.status != 429:
                break
            self._shift.count("answers_of_5xx")
            time.sleep(0.5 * (attempt + 1))
        if answer.status in (400, 401, 404) or answer.status >= 500:
            self._shift.faults.append(f"{method} {path} answered {answer.status}: {_said(answer)}")
        return answer


def open_campaign(worker: Worker, shift: Shift, times: int) -> list[float]:
    """Seconds of the large campaign's page, asked for by one person while nobody else works."""
    before = len(shift.seconds["campaign"])
    for _ in range(times):
        worker.get("campaign", "/console/campaign", {"id": shift.big_case})
    measured = shift.seconds["campaign"][before:]
    del shift.seconds["campaign"][before:]
    return measured


def run_shift(shift: Shift, workers: list[Worker], *, say: Any) -> float:
    """All work side by side. Answers the seconds from the first case taken to the end."""
    threads = [threading.Thread(target=worker.work, name=worker.name, daemon=True) for worker in workers]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    told = started
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.5)
        if time.monotonic() - told > 20:
            told = time.monotonic()
            say(f"  {told - started:.0f} s: {shift.counts['decided']} decisions sent, {len(shift.idle)} idle")
    return time.monotonic() - started


def _said(answer: Answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))[-300:]
