"""Settings, their ledger and their secrets as administrators change them, against tables as the template makes them (moto)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from screening.aws.administration import BY_COMMAND, Administration, new_secret
from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
from screening.aws.dynamo import Table, as_json, text
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.settings_store import DynamoDbSettingsStore, SqsQueueNames
from screening.aws.system import RandomIds
from screening.cases.ledger import ADMINISTRATION, chain_faults
from screening.cases.people import Person
from screening.errors import ConflictError
from screening.workflows.administer import Administer
from screening.workflows.change_settings import ChangeSettings
from screening.workflows.records import Partner, Platform, RuleSwitch, Team
from tests.component.conftest import REGION, StillClock
from tests.fakes.world import NGO

ADA, BO = (Person(actor=name, roles=frozenset({"administrator"}), teams=frozenset()) for name in ("ada", "bo"))
WHY = "Agreed with them on Monday."


class Stack:
    def __init__(self, make_table: Any, clock: StillClock) -> None:
        self.config_table: Table = make_table("ConfigTable")
        ledger_table: Table = make_table("LedgerTable")
        sqs = boto3.client("sqs", region_name=REGION)
        for name in ("screening-review-general", NGO.queue):
            sqs.create_queue(QueueName=name)
        self.secrets = SecretsManagerSecrets(boto3.client("secretsmanager", region_name=REGION), "screening")
        self.ledger = DynamoDbLedgerStore(ledger_table)
        store = DynamoDbSettingsStore(self.config_table, ledger_table)
        ids = RandomIds()
        self.change = ChangeSettings(
            store=store, ledger=self.ledger, secrets=self.secrets, clock=clock, ids=ids, new_secret=new_secret
        )
        self.administer = Administer(
            store=store, ledger=self.ledger, change=self.change, queues=SqsQueueNames(sqs), clock=clock, ids=ids,
            review_queue_prefix="screening-review-",
        )  # fmt: skip
        self.config = DynamoDbConfigStore(self.config_table)


@pytest.fixture
def stack(make_table: Any, clock: StillClock) -> Stack:
    return Stack(make_table, clock)


def test_a_rule_that_two_switched_off_is_off_for_the_functions_until_its_day(stack: Stack, clock: StillClock) -> None:
    until = (clock.now() + timedelta(days=14)).date().isoformat()
    stack.administer.put(ADA, RuleSwitch(id="worker_fee.read", off_until=until), seen=None, reason=WHY)
    assert not stack.config.rules_off(clock.now())
    (waiting,) = stack.administer.waiting(BO)
    stack.administer.answer(BO, "rule", "worker_fee.read", waiting.id, confirms=True, reason="")
    functions = DynamoDbConfigStore(stack.config_table)
    assert functions.rules_off(clock.now()) == {"worker_fee.read"}
    assert not functions.rules_off(clock.now() + timedelta(days=14))


def test_what_is_changed_is_what_the_functions_read(stack: Stack) -> None:
    team, jobs = Team(id="general", daily_budget=40), Platform(id="jobs", team="general")
    stack.administer.put(ADA, team, seen=None, reason=WHY)
    done = stack.administer.put(ADA, jobs, seen=None, reason=WHY)
    stack.administer.put(ADA, NGO, seen=None, reason=WHY)
    (waiting,) = stack.administer.waiting(BO)
    stack.administer.answer(BO, "partner", NGO.id, waiting.id, confirms=True, reason="")
    assert (stack.config.team("general"), stack.config.platform("jobs"), stack.config.partner(NGO.id)) == (
        team,
        jobs,
        NGO,
    )
    assert stack.secrets.signing_secrets("platform", "jobs") == (done.secret,)
    entries = stack.ledger.entries(ADMINISTRATION)
    head = stack.ledger.head(ADMINISTRATION)
    assert head is not None
    assert chain_faults(entries, head_index=head.index, head_hash=head.hash) == ()
    assert [entry.kind for entry in entries] == ["configured"] * 3 + ["proposed"] + ["configured"] * 2


def test_a_change_on_an_old_state_writes_neither_setting_nor_entry(stack: Stack) -> None:
    jobs = Platform(id="jobs", team="general")
    stack.administer.put(ADA, jobs, seen=None, reason=WHY)
    stack.administer.put(ADA, replace(jobs, active=False), seen=jobs, reason=WHY)
    before = stack.ledger.entries(ADMINISTRATION)
    with pytest.raises(ConflictError):
        stack.administer.put(BO, replace(jobs, member_state="PL"), seen=jobs, reason=WHY)
    assert stack.ledger.entries(ADMINISTRATION) == before
    assert [one.active for one in stack.administer.platforms(ADA)] == [False]


def test_what_an_earlier_release_stored_can_be_changed(stack: Stack) -> None:
    stack.config_table.put({
        "pk": text("PLATFORM"), "sk": text("am9icw"), "config": as_json({"id": "jobs", "team": "general"}),
    })  # fmt: skip
    (jobs,) = stack.administer.platforms(ADA)
    assert stack.administer.put(ADA, replace(jobs, active=False), seen=jobs, reason=WHY).did == "changed"
    assert [one.active for one in stack.administer.platforms(ADA)] == [False]


def test_a_rotated_secret_holds_beside_the_one_before_it(stack: Stack) -> None:
    first = stack.administer.put(ADA, Platform(id="jobs", team="general"), seen=None, reason=WHY).secret
    second = stack.administer.rotate(ADA, "platform", "jobs", seen=1, reason=WHY).secret
    with pytest.raises(ConflictError):
        stack.administer.rotate(ADA, "platform", "jobs", seen=1, reason=WHY)
    assert stack.secrets.signing_secrets("platform", "jobs", refresh=True) == (second, first)
    stored = repr(stack.config_table.dynamodb.scan(TableName="ConfigTable")) + repr(
        stack.config_table.dynamodb.scan(TableName="LedgerTable")
    )
    assert "whsec_" not in stored


def test_the_command_line_changes_by_the_same_way_and_is_named(stack: Stack) -> None:
    made = Administration(
        boto3.client("dynamodb", region_name=REGION), boto3.client("secretsmanager", region_name=REGION),
        config_table="ConfigTable", ledger_table="LedgerTable", secrets_prefix="screening", by="operator:ann",
    )  # fmt: skip
    partner: Partner = replace(NGO, id="unit")
    secret = made.add_partner(partner)
    assert made.add_partner(partner) == secret
    fresh = made.rotate("partner", "unit")
    assert stack.secrets.signing_secrets("partner", "unit", refresh=True) == (fresh, secret)
    entries = stack.ledger.entries(ADMINISTRATION)
    assert [(entry.actor, (entry.payload or {})["reason"]) for entry in entries] == [("operator:ann", BY_COMMAND)] * 3


def test_a_policy_text_is_kept_by_version_and_read_by_the_functions(make_table: Any) -> None:
    config_table, ledger_table = make_table("ConfigTable"), make_table("LedgerTable")
    administration = Administration(
        config_table.dynamodb, boto3.client("secretsmanager", region_name=REGION), config_table=config_table.name,
        ledger_table=ledger_table.name, secrets_prefix="screening", by="operator:olga",
    )  # fmt: skip
    long = "Ми дивимося на оплату. " * 860
    first = administration.put_policy("general", long)
    second = administration.put_policy("general", "We look at papers first.")
    assert administration.put_policy("general", "We look at papers first.\n") == second
    assert DynamoDbConfigStore(config_table).policy("general") == second
    assert DynamoDbConfigStore(config_table).policy("other") is None
    assert administration.policy("general", 1) == first
    entries = DynamoDbLedgerStore(ledger_table).entries(ADMINISTRATION)
    assert [(entry.actor, (entry.payload or {})["what"]) for entry in entries] == [("operator:olga", "policy")] * 2
    assert not chain_faults(entries)
