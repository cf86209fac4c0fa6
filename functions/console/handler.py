"""The reviewers' pages, which work without script, and the same as JSON: importing their modules adds the routes."""

from functions.console import case_pages, json_routes, sign_in_pages, team_pages, translation_pages
from functions.console.app import app

__all__ = ["app", "case_pages", "json_routes", "sign_in_pages", "team_pages", "translation_pages"]
