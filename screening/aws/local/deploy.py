"""Deploys template.yaml as it stands: uploads code and definitions as `aws cloudformation package` does, then creates the stack."""

from __future__ import annotations

import hashlib
import io
import re
import time
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from screening.aws.local.emulator import LOCAL_ACCOUNT
from screening.aws.local.wheels import Target
from screening.errors import ScreeningError

DEPLOYMENTS = "screening-deployments"
"""Bucket for zips and the packaged template, made where it is missing."""

STACK_NAME = "screening"


class DeployError(ScreeningError):
    """The stack wasn't created; carries the reasons of the resources that failed."""


@dataclass(frozen=True, slots=True)
class Session:
    """Clients for one account of one endpoint. The emulator takes a 12-digit access key as the account's number."""

    endpoint: str
    region: str
    account: str = LOCAL_ACCOUNT

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=self.region, aws_access_key_id=self.account,
            aws_secret_access_key="local",  # noqa: S106 - the emulator checks none for the account's own key
            config=Config(retries={"max_attempts": 3, "mode": "standard"}, max_pool_connections=16, inject_host_prefix=False),
        )  # type: ignore[call-overload]  # fmt: skip


def local_parameters(target: Target, endpoint: str) -> dict[str, str]:
    """Short timeouts, so that a poison post reaches its dead-letter queue while somebody watches.

    The sign-in page goes by another name than the console, so that browsers hold it for another site, as Cognito's is.
    """
    return {
        "Architecture": target.architecture, "Runtime": f"python{target.python}",
        "WorkerTimeout": "10", "WorkerVisibility": "10", "IntakeTimeout": "40", "IntakeVisibility": "40",
        "RescoreTimeout": "60", "MaxReceiveCount": "3", "Scale": "small", "SweepAgeSeconds": "5", "KeySetBase": endpoint,
        "HostedAddress": endpoint.replace("127.0.0.1", "localhost"), "RequireHttps": "false",
        "SecondFactor": "OPTIONAL",
    }  # fmt: skip


def deploy(
    session: Session,
    template: Path,
    *,
    code: Path,
    stack: str = STACK_NAME,
    parameters: Mapping[str, str] | None = None,
    wait_seconds: float = 120,
) -> dict[str, str]:
    """Create the stack and answer its outputs.

    Args:
        template: the template; `CodeUri: build/NAME` is taken from `code`/NAME, other paths are relative to the template.

    Raises:
        DeployError: with the reasons given by CloudFormation.
    """
    storage = session.client("s3")
    _ensure_bucket(storage, session.region)
    body = package(template, code=code, upload=lambda data, suffix: _upload(storage, data, suffix))
    key = _upload(storage, body.encode(), ".yaml").partition(f"{DEPLOYMENTS}/")[2]
    formation = session.client("cloudformation")
    formation.create_stack(
        StackName=stack,
        TemplateURL=f"{session.endpoint}/{DEPLOYMENTS}/{key}",
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in (parameters or {}).items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    return _outputs_once(formation, stack, "CREATE_COMPLETE", wait_seconds)


def change_parameters(
    session: Session, changes: Mapping[str, str], *, stack: str = STACK_NAME, wait_seconds: float = 120
) -> dict[str, str]:
    """Deploy a stack again with the same template and some parameters changed. Answers its outputs.

    Raises:
        DeployError: with the reasons given by CloudFormation.
    """
    formation = session.client("cloudformation")
    now = formation.describe_stacks(StackName=stack)["Stacks"][0].get("Parameters", ())
    kept = [found["ParameterKey"] for found in now if found["ParameterKey"] not in changes]
    formation.update_stack(
        StackName=stack,
        UsePreviousTemplate=True,
        Parameters=[
            *({"ParameterKey": name, "UsePreviousValue": True} for name in kept),
            *({"ParameterKey": name, "ParameterValue": value} for name, value in changes.items()),
        ],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    return _outputs_once(formation, stack, "UPDATE_COMPLETE", wait_seconds)


def _outputs_once(formation: Any, stack: str, wanted: str, wait_seconds: float) -> dict[str, str]:
    deadline = time.monotonic() + wait_seconds
    while True:
        described = formation.describe_stacks(StackName=stack)["Stacks"][0]
        status = described["StackStatus"]
        if status == wanted:
            return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())}
        if not status.endswith("_IN_PROGRESS") or "ROLLBACK" in status or time.monotonic() > deadline:
            raise DeployError(
                f"stack {stack}: {status}: {_reasons(formation, stack) or described.get('StackStatusReason', '')}"
            )
        time.sleep(0.1)


def package(template: Path, *, code: Path, upload: Any) -> str:
    """The template with local paths replaced by addresses of what was uploaded, and nothing else changed.

    Args:
        upload: takes bytes and a suffix, answers an `s3://bucket/key` address.
    """
    text = template.read_text("utf-8")
    functions = sorted(set(re.findall(r"^\s+CodeUri: build/(\w+)\s*$", text, re.MULTILINE)))
    with ThreadPoolExecutor(4) as pool:
        zips = pool.map(lambda name: zip_folder(code / name), functions)
        places = dict(zip(functions, (upload(data, ".zip") for data in zips), strict=True))
    text = re.sub(r"(?m)^(\s+CodeUri: )build/(\w+)\s*$", lambda found: f"{found[1]}{places[found[2]]}", text)
    return re.sub(
        r"(?m)^(\s+DefinitionUri: )(\S+)\s*$",
        lambda found: f"{found[1]}{upload((template.parent / found[2]).read_bytes(), Path(found[2]).suffix)}",
        text,
    )


def zip_folder(folder: Path) -> bytes:
    """A zip of fixed times and order: the same folder gives the same bytes. Stored, as loopback is faster than deflate."""
    if not folder.is_dir():
        raise DeployError(f"{folder} is missing: build the functions first")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _upload(storage: Any, data: bytes, suffix: str) -> str:
    key = f"{hashlib.sha256(data).hexdigest()[:32]}{suffix}"
    storage.put_object(Bucket=DEPLOYMENTS, Key=key, Body=data)
    return f"s3://{DEPLOYMENTS}/{key}"


def _ensure_bucket(storage: Any, region: str) -> None:
    existing = {bucket["Name"] for bucket in storage.list_buckets()["Buckets"]}
    if DEPLOYMENTS not in existing:
        storage.create_bucket(Bucket=DEPLOYMENTS, CreateBucketConfiguration={"LocationConstraint": region})


def _reasons(formation: Any, stack: str) -> str:
    events = formation.describe_stack_events(StackName=stack)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    return "; ".join(f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '')}" for e in failed)[:4000]
