"""What the tests of the learned score share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(scope="package", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of a fit wait for each other where other tests hold the cores: half a minute in place of three seconds."""
    with threadpool_limits(1):
        yield
