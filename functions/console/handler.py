"""The reviewers' pages, which work without script, and the same as JSON: importing their modules adds the routes."""

from functions.console import (
    admin_pages,
    assign_pages,
    batch_pages,
    case_pages,
    comment_pages,
    json_routes,
    look_up_page,
    measured_pages,
    quality_pages,
    saved_filter_pages,
    sign_in_pages,
    team_pages,
    translation_pages,
)
from functions.console.app import app

__all__ = [
    "admin_pages",
    "app",
    "assign_pages",
    "batch_pages",
    "case_pages",
    "comment_pages",
    "json_routes",
    "look_up_page",
    "measured_pages",
    "quality_pages",
    "saved_filter_pages",
    "sign_in_pages",
    "team_pages",
    "translation_pages",
]
