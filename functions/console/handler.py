"""The reviewers' pages, which work without script, and the same as JSON: importing their modules adds the routes."""

from functions.console import admin_pages, case_pages, json_routes, sign_in_pages, team_pages
from functions.console.app import app

__all__ = ["admin_pages", "app", "case_pages", "json_routes", "sign_in_pages", "team_pages"]
