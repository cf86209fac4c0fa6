"""A message in the form that its channel takes: plain text, Slack blocks, a Teams Adaptive Card, or our own JSON.

Slack and Teams by their public documentation (docs/operations.md names pages and dates). The only links are the console's
own, where somebody has to sign in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.cases.alerts.telling import CAUSES, Waiting
from screening.cases.alerts.words import words
from screening.fields import rfc3339

CASES_SHOWN = 10
"""Of each cause; the queue shows them all. Slack takes 50 blocks of 3,000 characters, Teams 28 kB."""
LONGEST_SUBJECT = 100
"""Of an e-mail through SNS, which takes ASCII alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message. `link` is an address of the console, "" for none."""

    text: str
    link: str = ""
    heading: bool = False


def title_of(message: AlertMessage, channel: Channel) -> str:
    return words(channel.language, f"title.{message.kind}", team=message.team, count=len(message.about))


def lines_of(message: AlertMessage, channel: Channel, *, console: str) -> list[Line]:
    """`console`: the console's public address; "" leaves the links out."""
    if message.kind == "digest":
        return list(_digest_lines(message, channel, console))
    if message.kind == "test":
        return [Line(words(channel.language, "test"))]
    return list(_alert_lines(message, channel, console))


def _alert_lines(message: AlertMessage, channel: Channel, console: str) -> Iterator[Line]:
    language = channel.language
    for cause in CAUSES:
        found = [one for one in message.about if one.cause == cause]
        if not found:
            continue
        yield Line(f"{words(language, f'cause.{cause}')}: {len(found)}", heading=True)
        for one in found[:CASES_SHOWN]:
            yield Line(_case_line(one, language), _link(console, "/case", id=one.case))
        if len(found) > CASES_SHOWN:
            yield Line(words(language, "more", count=len(found) - CASES_SHOWN))
    if console:
        yield Line(words(language, "open"), _link(console, "", team=message.team))


def _case_line(one: Waiting, language: str) -> str:
    return words(
        language, "case", short=one.case[:8], tier=words(language, f"tier.{one.tier}"),
        queue=words(language, f"queue.{one.queue}"), due=f"{one.due_at:%Y-%m-%d %H:%M} UTC",
    )  # fmt: skip


def _digest_lines(message: AlertMessage, channel: Channel, console: str) -> Iterator[Line]:
    digest, language = message.digest, channel.language
    if digest is None:
        return
    tiers = ", ".join(f"{words(language, f'tier.{tier}')} {count}" for tier, count in digest.waiting)
    more = f" ({words(language, 'digest.more')})" if digest.more else ""
    oldest = f"{digest.oldest:%Y-%m-%d %H:%M} UTC" if digest.oldest else words(language, "none")
    rules = words(language, "unknown") if digest.rules is None else str(digest.rules)
    for name, value in (
        ("waiting", (tiers or words(language, "none")) + more), ("overdue", str(digest.overdue)),
        ("decided", str(digest.decided)), ("oldest", oldest), ("audit", str(digest.audit)), ("rules", rules),
    ):  # fmt: skip
        yield Line(f"{words(language, f'digest.{name}')}: {value}")
    if console:
        yield Line(words(language, "list.waiting"), _link(console, "", team=message.team))
        yield Line(words(language, "list.decided"), _link(console, "", team=message.team, list="decided"))
        yield Line(words(language, "list.metrics"), _link(console, "/metrics", team=message.team))


def _link(console: str, page: str, **query: str) -> str:
    return f"{console}{page}?{urlencode(query)}" if console else ""


def as_text(message: AlertMessage, channel: Channel, *, console: str) -> tuple[str, str]:
    """Subject and body of an e-mail."""
    plain = f"Offer Screening, {message.team}: {message.kind}"
    subject = "".join(sign if " " <= sign <= "~" else "?" for sign in plain)[:LONGEST_SUBJECT]
    rows = [title_of(message, channel), ""]
    for line in lines_of(message, channel, console=console):
        rows += ["", line.text] if line.heading else [line.text]
        rows += [f"  {line.link}"] if line.link else []
    return subject, "\n".join(rows) + "\n"


def as_slack(message: AlertMessage, channel: Channel, *, console: str) -> dict[str, Any]:
    title = title_of(message, channel)
    shown = [
        f"*{_escaped(line.text)}*" if line.heading
        else f"<{_escaped(line.link)}|{_escaped(line.text)}>" if line.link else _escaped(line.text)
        for line in lines_of(message, channel, console=console)
    ]  # fmt: skip
    sections = [shown[start : start + CASES_SHOWN] for start in range(0, len(shown), CASES_SHOWN)]
    header = {"type": "header", "text": {"type": "plain_text", "text": title[:150]}}
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(part)}} for part in sections]
    return {"text": _escaped(title), "blocks": [header, *blocks]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_teams(message: AlertMessage, channel: Channel, *, console: str) -> dict[str, Any]:
    body: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": title_of(message, channel), "weight": "Bolder", "size": "Medium", "wrap": True}
    ]
    for line in lines_of(message, channel, console=console):
        text = f"[{line.text}]({line.link})" if line.link else line.text
        block = {"type": "TextBlock", "text": text, "wrap": True}
        body.append(block | ({"weight": "Bolder", "spacing": "Medium"} if line.heading else {"spacing": "None"}))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "body": body,
    }  # fmt: skip
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def as_webhook(message: AlertMessage, channel: Channel, *, console: str) -> dict[str, Any]:
    """Our own JSON, for programs: the same facts, all of them."""
    counts = Counter(one.cause for one in message.about)
    return {
        "type": f"screening.{message.kind}", "id": message.id, "team": message.team, "channel": channel.name,
        "made_at": rfc3339(message.made_at), "counts": {cause: counts[cause] for cause in CAUSES},
        "cases": [
            {
                "cause": one.cause, "case": one.case, "tier": one.tier, "queue": one.queue,
                "due_at": rfc3339(one.due_at), "link": _link(console, "/case", id=one.case) or None,
            }
            for one in message.about
        ],
        "digest": message.digest.to_dict() if message.digest else None,
    }  # fmt: skip
