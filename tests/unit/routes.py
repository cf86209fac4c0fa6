"""The routes of the three HTTP functions: what guards each, and which use case it calls. Read from their code by `called_in`."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GUARDS = frozenset({"person", "bearer", "form", "signed", "_token"})
"""Calls that let nobody in who isn't known: a session, a bearer token, a form's token, a signature, a report's token."""
NO_USE_CASES = frozenset({"settings", "config", "hosted_sign_in", "verify_token", "form_tokens", "session_key"})
HELPERS = frozenset({"decide_from", "case_answer", "going_on", "to_next"})
"""Functions of the handlers' own that call a use case: what they call is read from their code too."""
COMPOSED = frozenset({"read_campaign", "look_up", "prepare_batch", "decide_batch", "administer"})
"""Use cases that a handler imports by name instead of by the composition's module."""


@dataclass(frozen=True, slots=True)
class Route:
    guards: frozenset[str]
    use_cases: frozenset[str]


def _route(guards: str, use_cases: str = "") -> Route:
    return Route(frozenset(guards.split()), frozenset(use_cases.split()))


ROUTES: dict[tuple[str, str, str], Route] = {
    ("api", "/v1/platforms/{platform}/posts", "POST"): _route("signed", "receive_posts"),
    ("api", "/v1/platforms/{platform}/posts", "DELETE"): _route("signed", "withdraw_post"),
    ("api", "/v1/platforms/{platform}/assessment", "GET"): _route("signed", "read_assessment"),
    ("api", "/v1/platforms/{platform}/rejected", "GET"): _route("signed", "list_rejected"),
    ("api", "/v1/platforms/{platform}/appeals", "POST"): _route("signed", "receive_appeal"),
    ("api", "/v1/platforms/{platform}/notice-results", "POST"): _route("signed", "take_notice_results"),
    ("api", "/v1/campaigns/{campaign}", "GET"): _route("signed", "read_campaign"),
    ("api", "/v1/partners/{partner}/packages", "GET"): _route("signed", "fetch_package"),
    ("api", "/v1/partners/{partner}/opinions", "POST"): _route("signed", "take_opinion"),
    ("api", "/v1/partners/{partner}/acknowledgements", "POST"): _route("signed", "acknowledge_package"),
    ("public", "/v1/reports", "POST"): _route("", "receive_report"),
    ("public", "/v1/reports", "GET"): _route("_token", "ask_about_report"),
    ("public", "/v1/complaints", "POST"): _route("_token", "receive_complaint"),
    ("public", "/v1/notices", "GET"): _route("", "read_safety_notice"),
    ("public", "/v1/health", "GET"): _route(""),
    ("console", "/console", "GET"): _route("person", "list_cases find_cases read_excerpts saved_filters go_on"),
    ("console", "/console/case", "GET"): _route("person", "read_case translate_case go_on"),
    ("console", "/console/translate", "POST"): _route("person form", "translate_case go_on"),
    ("console", "/console/campaign", "GET"): _route("person", "read_campaign"),
    ("console", "/console/look-up", "GET"): _route("person", "look_up"),
    ("console", "/console/look-up", "POST"): _route("person form", "look_up"),
    ("console", "/console/filters", "POST"): _route("person form", "saved_filters"),
    ("console", "/console/batch", "GET"): _route("person", "prepare_batch"),
    ("console", "/console/batch", "POST"): _route("person form", "prepare_batch decide_batch"),
    ("console", "/console/partners", "GET"): _route("person", "list_referrals"),
    ("console", "/console/metrics", "GET"): _route("person", "read_measures"),
    ("console", "/console/measured", "GET"): _route("person", "list_measured read_excerpts"),
    ("console", "/console/metrics.csv", "GET"): _route("person", "read_measures"),
    ("console", "/console/quality", "GET"): _route("person", "read_quality"),
    ("console", "/console/golden", "GET"): _route("person", "keep_golden"),
    ("console", "/console/golden", "POST"): _route("person form", "keep_golden"),
    ("console", "/console/take", "POST"): _route("person form", "take_next"),
    ("console", "/console/skip", "POST"): _route("person form", "put_aside go_on"),
    ("console", "/console/release", "POST"): _route("person form", "put_aside"),
    ("console", "/console/decide", "POST"): _route("person form", "decide_case go_on"),
    ("console", "/console/second-look", "POST"): _route("person form", "decide_case"),
    ("console", "/console/snooze", "POST"): _route("person form", "snooze_rule"),
    ("console", "/console/hold", "POST"): _route("person form", "hold_statement"),
    ("console", "/console/undo", "POST"): _route("person form", "take_back"),
    ("console", "/console/reopen", "POST"): _route("person form", "take_back"),
    ("console", "/console/outcome", "POST"): _route("person form", "tell_outcome"),
    ("console", "/console/recall", "POST"): _route("person form", "recall_referral"),
    ("console", "/console/admin", "GET"): _route("person", "administer"),
    ("console", "/console/admin/{page}", "GET"): _route("person", "administer"),
    ("console", "/console/admin/{page}", "POST"): _route("person form", "administer"),
    ("console", "/console/admin/secrets", "POST"): _route("person form", "administer"),
    ("console", "/console/admin/proposals", "POST"): _route("person form", "administer"),
    ("console", "/console/sign-in", "GET"): _route(""),
    ("console", "/console/start-sign-in", "GET"): _route(""),
    ("console", "/console/callback", "GET"): _route(""),
    ("console", "/console/sign-out", "POST"): _route("form"),
    ("console", "/console/style.css", "GET"): _route(""),
    ("console", "/console/script.js", "GET"): _route(""),
    ("console", "/v1/cases", "GET"): _route("bearer", "list_cases"),
    ("console", "/v1/case", "GET"): _route("bearer", "read_case"),
    ("console", "/v1/decisions", "POST"): _route("bearer", "decide_case"),
    ("console", "/v1/second-looks", "POST"): _route("bearer", "decide_case"),
    ("console", "/console/comment", "POST"): _route("person form", "comment_on_case read_case translate_case go_on"),
    ("console", "/v1/comments", "POST"): _route("bearer", "comment_on_case"),
    ("console", "/console/assign", "GET"): _route("person", "assign_case"),
    ("console", "/console/assign", "POST"): _route("person form", "assign_case"),
    ("console", "/v1/assignments", "GET"): _route("bearer", "assign_case"),
    ("console", "/v1/assignments", "POST"): _route("bearer", "assign_case"),
    ("console", "/v1/recalls", "POST"): _route("bearer", "recall_referral"),
}
CONSOLE = {key: route for key, route in ROUTES.items() if key[0] == "console"}


def routes_of(function: str) -> dict[tuple[str, str], Callable[..., Any]]:
    """The views that an app answers with, by path and method."""
    from functions.api.handler import app as api
    from functions.console.handler import app as console
    from functions.public.handler import app as public

    app = {"api": api, "console": console, "public": public}[function]
    return {
        (path, method): inspect.unwrap(entry.view_function)
        for path, methods in app.routes.items()
        for method, entry in methods.items()
    }


def called_in(view: Callable[..., Any]) -> Route:
    """The guards and use cases that a view calls."""
    guards, use_cases = set[str](), set[str]()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(view)))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            owner, name = node.func.value.id, node.func.attr
            if owner == "session" and name in GUARDS:
                guards.add(name)
            elif owner == "wiring" and name not in NO_USE_CASES:
                use_cases.add(name)
        elif isinstance(node.func, ast.Name):
            if node.func.id in GUARDS:
                guards.add(node.func.id)
            elif node.func.id in HELPERS:
                helper = called_in(view.__globals__[node.func.id])
                guards |= helper.guards
                use_cases |= helper.use_cases
            elif node.func.id in COMPOSED:
                use_cases.add(node.func.id)
    return Route(frozenset(guards), frozenset(use_cases))
