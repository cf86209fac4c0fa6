"""The evidence bucket locks what is put into it, and no function may break the lock: the emulator would notice neither."""

from __future__ import annotations

import json
from typing import Any

from screening.workflows.evidence import DEFAULT_DAYS, HOLDS, REFERRALS
from screening.workflows.ledger_root import KEPT_FOR, ROOTS
from tests.template_reader import of_type, read_template

MAIN = read_template()
BUCKET = MAIN["Resources"]["EvidenceBucket"]["Properties"]


def actions_on_evidence() -> dict[str, set[str]]:
    """Function -> what it may do with objects of the bucket."""
    allowed: dict[str, set[str]] = {}
    for name, function in of_type(MAIN, "AWS::Serverless::Function").items():
        for policy in function["Properties"]["Policies"]:
            for statement in policy["Statement"]:
                if "EvidenceBucket" in json.dumps(statement["Resource"]):
                    action = statement["Action"]
                    allowed.setdefault(name, set()).update(action if isinstance(action, list) else [action])
    return allowed


def test_objects_are_locked_by_default_and_versioned() -> None:
    assert BUCKET["ObjectLockEnabled"] is True
    assert BUCKET["VersioningConfiguration"] == {"Status": "Enabled"}
    retention = BUCKET["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert retention == {"Mode": "GOVERNANCE", "Days": DEFAULT_DAYS}


def test_what_expires_does_so_after_its_lock_and_takes_its_versions_along() -> None:
    rules = {rule["Prefix"]: rule for rule in BUCKET["LifecycleConfiguration"]["Rules"] if "Prefix" in rule}
    locks = {REFERRALS: DEFAULT_DAYS, HOLDS: DEFAULT_DAYS, ROOTS: KEPT_FOR.days}
    assert rules.keys() == locks.keys()
    for prefix, days in locks.items():
        assert rules[prefix]["ExpirationInDays"] == days + 1
        assert rules[prefix]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


def test_no_function_deletes_evidence_or_breaks_a_lock() -> None:
    allowed = actions_on_evidence()
    assert "DailyFunction" in allowed
    for name, actions in allowed.items():
        assert not {action for action in actions if "Delete" in action or "Bypass" in action}, name
        if "s3:PutObject" in actions:
            assert "s3:PutObjectRetention" in actions, f"{name}: S3 refuses an object with a lock"
        if "s3:GetObjectVersion" in actions:
            assert "s3:ListBucketVersions" in actions, f"{name}: it can't find the first version"


def test_roots_are_written_by_the_daily_function_alone() -> None:
    writers: set[str] = set()
    for name, function in of_type(MAIN, "AWS::Serverless::Function").items():
        for statement in (s for policy in function["Properties"]["Policies"] for s in policy["Statement"]):
            resource: Any = statement["Resource"]
            if "s3:PutObject" in statement["Action"] and "EvidenceBucket" in json.dumps(resource):
                assert resource["Fn::Sub"] in {f"${{EvidenceBucket.Arn}}/{part}*" for part in (ROOTS, REFERRALS)}, name
                writers |= {name} if ROOTS in resource["Fn::Sub"] else set()
    assert writers == {"DailyFunction"}
