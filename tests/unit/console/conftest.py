"""The console on a whole installation in memory, for all tests of its pages."""

from __future__ import annotations

from tests.unit.console.test_case_pages import world

__all__ = ["world"]
