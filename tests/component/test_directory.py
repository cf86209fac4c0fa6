"""The directory of people in a user pool (moto)."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from screening.aws.directory import CognitoDirectory
from screening.errors import ConflictError, NotFoundError
from screening.workflows.records import Access
from tests.component.conftest import REGION

ROLES = ("reviewer", "senior", "auditor", "partner_liaison", "administrator")


@pytest.fixture
def pool(aws: None) -> tuple[Any, str]:
    cognito = boto3.client("cognito-idp", region_name=REGION)
    made: str = cognito.create_user_pool(
        PoolName="reviewers",
        UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": name, "AttributeDataType": "String", "Mutable": True} for name in ("teams", "platforms")],
    )["UserPool"]["Id"]
    for role in ROLES:
        cognito.create_group(UserPoolId=made, GroupName=role)
    return cognito, made


@pytest.fixture
def directory(pool: tuple[Any, str]) -> CognitoDirectory:
    return CognitoDirectory(*pool)


def give(directory: CognitoDirectory, name: str, **fields: Any) -> Access:
    before = directory.account(name)
    assert before is not None
    after = Access(id=name, actor=before.actor, **fields)
    directory.set_access(before, after)
    return after


def test_a_new_account_may_do_nothing_and_there_is_one_of_a_name(directory: CognitoDirectory) -> None:
    directory.create("anna", "anna@example.org")
    found = directory.account("anna")
    assert found is not None
    assert found.actor
    assert (found.roles, found.teams, found.platforms, found.active) == ((), (), (), True)
    with pytest.raises(ConflictError):
        directory.create("anna", "another@example.org")
    assert directory.account("nobody") is None


def test_access_is_given_changed_and_taken_away(directory: CognitoDirectory) -> None:
    directory.create("anna", "anna@example.org")
    wide = give(directory, "anna", roles=("reviewer", "senior"), teams=("general", "rooms"), platforms=("alpha",))
    assert directory.account("anna") == wide
    again = give(directory, "anna", roles=("reviewer", "senior"), teams=("general", "rooms"), platforms=("alpha",))
    assert directory.account("anna") == again
    narrow = give(directory, "anna", roles=("senior",), teams=("rooms",), active=False)
    assert directory.account("anna") == narrow
    back = give(directory, "anna", roles=("senior",), teams=("rooms",))
    assert directory.account("anna") == back
    with pytest.raises(NotFoundError):
        directory.set_access(Access(id="nobody"), Access(id="nobody", roles=("senior",)))


def test_platforms_that_name_none_stay_none(pool: tuple[Any, str], directory: CognitoDirectory) -> None:
    cognito, name = pool
    directory.create("anna", "anna@example.org")
    cognito.admin_update_user_attributes(
        UserPoolId=name, Username="anna", UserAttributes=[{"Name": "custom:platforms", "Value": ","}]
    )
    found = directory.account("anna")
    assert found is not None
    assert found.platforms == ("",)
    assert give(directory, "anna", teams=("general",), platforms=found.platforms) == directory.account("anna")


def test_all_accounts_are_listed_with_their_roles_however_many_pages(directory: CognitoDirectory) -> None:
    for number in range(65):
        directory.create(f"person-{number:02}", f"person-{number}@example.org")
    given = give(directory, "person-64", roles=("auditor", "reviewer"), teams=("general",))
    found = directory.accounts()
    assert [one.id for one in found] == [f"person-{number:02}" for number in range(65)]
    assert found[-1] == given
    assert found[0].roles == ()
