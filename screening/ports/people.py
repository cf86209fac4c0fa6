"""The directory of the accounts that sign in at the console: who there is, and what each may do."""

from __future__ import annotations

from typing import Protocol

from screening.workflows.records import Access


class Directory(Protocol):
    """Never from a cache. Names of accounts are in lower case."""

    def accounts(self) -> tuple[Access, ...]:
        """All of them, in the order of their names."""
        ...

    def account(self, name: str) -> Access | None: ...

    def create(self, name: str, address: str) -> None:
        """A new account that may do nothing yet. Its holder is sent a first password to this e-mail address.

        Raises:
            ConflictError: there is one of this name.
        """
        ...

    def set_access(self, before: Access, after: Access) -> None:
        """Give the account `after`'s roles, teams and platforms, and open or close it. Done again, it changes nothing.

        Raises:
            NotFoundError: there is no such account any more.
            TransientError: it was done in part at most; it may be done again.
        """
        ...
