"""The accounts of the console in a Cognito user pool: groups are roles, attributes say teams and platforms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from screening.aws.failures import translated
from screening.cases.people import Role
from screening.errors import NotFoundError
from screening.workflows.records import Access

TEAMS, PLATFORMS = "custom:teams", "custom:platforms"
PAGE = 60
"""ListUsers and ListUsersInGroup give no more at once."""


class CognitoDirectory:
    """The `Directory` of the console and of the command line."""

    def __init__(self, cognito: Any, pool: str) -> None:
        self._cognito = cognito
        self._pool = pool

    def accounts(self) -> tuple[Access, ...]:
        """One call for sixty accounts, and one for each role."""
        roles: dict[str, list[Role]] = {}
        for role in get_args(Role):
            for user in self._pages("ListUsersInGroup", "list_users_in_group", GroupName=role):
                roles.setdefault(user["Username"], []).append(role)
        users = self._pages("ListUsers", "list_users")
        found = (_access(user, user.get("Attributes", ()), roles.get(user["Username"], ())) for user in users)
        return tuple(sorted(found, key=lambda one: one.id))

    def account(self, name: str) -> Access | None:
        try:
            with translated(f"Cognito AdminGetUser {name}"):
                user = self._cognito.admin_get_user(UserPoolId=self._pool, Username=name)
        except NotFoundError:
            return None
        with translated(f"Cognito AdminListGroupsForUser {name}"):
            groups = self._cognito.admin_list_groups_for_user(UserPoolId=self._pool, Username=name, Limit=PAGE)
        names = {group["GroupName"] for group in groups["Groups"]}
        return _access(user, user.get("UserAttributes", ()), [role for role in get_args(Role) if role in names])

    def create(self, name: str, address: str) -> None:
        with translated(f"Cognito AdminCreateUser {name}"):
            self._cognito.admin_create_user(
                UserPoolId=self._pool, Username=name, DesiredDeliveryMediums=["EMAIL"],
                UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}],
            )  # fmt: skip

    def set_access(self, before: Access, after: Access) -> None:
        """What is taken away goes first, so that a call that fails midway never leaves more than either state gives."""
        name = after.id
        if before.active and not after.active:
            self._do("AdminDisableUser", "admin_disable_user", name)
        for role in sorted(set(before.roles) - set(after.roles)):
            self._do("AdminRemoveUserFromGroup", "admin_remove_user_from_group", name, GroupName=role)
        if (before.teams, before.platforms) != (after.teams, after.platforms):
            attributes = [
                {"Name": TEAMS, "Value": ",".join(after.teams)}, {"Name": PLATFORMS, "Value": _narrowed(after.platforms)},
            ]  # fmt: skip
            self._do("AdminUpdateUserAttributes", "admin_update_user_attributes", name, UserAttributes=attributes)
        for role in sorted(set(after.roles) - set(before.roles)):
            self._do("AdminAddUserToGroup", "admin_add_user_to_group", name, GroupName=role)
        if after.active and not before.active:
            self._do("AdminEnableUser", "admin_enable_user", name)

    def _do(self, call: str, method: str, name: str, **values: Any) -> None:
        with translated(f"Cognito {call} {name}"):
            getattr(self._cognito, method)(UserPoolId=self._pool, Username=name, **values)

    def _pages(self, call: str, method: str, **values: Any) -> Iterator[dict[str, Any]]:
        with translated(f"Cognito {call}"):
            pages = self._cognito.get_paginator(method).paginate(
                UserPoolId=self._pool, PaginationConfig={"PageSize": PAGE}, **values
            )  # fmt: skip
            for page in pages:
                yield from page["Users"]


def _access(user: Mapping[str, Any], attributes: Iterable[Mapping[str, str]], roles: Iterable[Role]) -> Access:
    given = {one["Name"]: one.get("Value", "") for one in attributes}
    narrowed = given.get(PLATFORMS, "")
    return Access(
        id=user["Username"].lower(), actor=given.get("sub", ""), roles=tuple(sorted(roles)), teams=_names(given.get(TEAMS, "")),
        platforms=(_names(narrowed) or ("",)) if narrowed else (), active=bool(user.get("Enabled", True)),
    )  # fmt: skip


def _narrowed(platforms: tuple[str, ...]) -> str:
    """Cognito takes an attribute away that is set to nothing, which means all platforms; one that names none means none."""
    return ",".join(platforms) or ("," if platforms else "")


def _names(listed: str) -> tuple[str, ...]:
    return tuple(sorted({name.strip() for name in listed.split(",") if name.strip()}))
