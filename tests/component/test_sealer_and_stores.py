"""Sealing, the archive, configuration, secrets, records of partners and of reports, and what lands on the intake queue."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import boto3
import pytest
from botocore.stub import Stubber

from screening.aws.administration import Administration
from screening.aws.archive import S3Archive, S3DropStore, S3RescoreStore
from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
from screening.aws.intake_messages import read_jobs
from screening.aws.keys import KeyedHashes
from screening.aws.notices import HttpPlatformNotices
from screening.aws.record_stores import AwsReferralStore, DynamoDbReportStore
from screening.aws.sealer import KEY_SECONDS, KmsSealer
from screening.aws.sign_in import FormTokens, person_from_claims
from screening.errors import AuthenticationError, ConflictError, NotFoundError, PermanentError, TransientError
from screening.workflows.records import Partner, Platform, Referral, Report, Sampling
from screening.workflows.signatures import SignedHeaders, verify
from tests.component.conftest import REGION, StillClock, stub_client

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PARTNER = Partner(
    id="ngo", name="Ngo", kind="ngo", queue="screening-partner-ngo", countries=("PL",), fields=frozenset({"kind", "url"}),
    legal_basis="consent", purpose="support",
)  # fmt: skip


class Watch:
    """Monotonic seconds that move when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class CountingKms:
    def __init__(self, kms: Any) -> None:
        self._kms = kms
        self.calls: list[str] = []

    def generate_data_key(self, **arguments: Any) -> Any:
        self.calls.append("generate")
        return self._kms.generate_data_key(**arguments)

    def decrypt(self, **arguments: Any) -> Any:
        self.calls.append("decrypt")
        return self._kms.decrypt(**arguments)


@pytest.fixture
def kms(aws: None) -> CountingKms:
    return CountingKms(boto3.client("kms", region_name=REGION))


@pytest.fixture
def key_id(aws: None) -> str:
    return str(boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["KeyId"])


@pytest.fixture
def bucket(aws: None) -> tuple[Any, str]:
    s3 = boto3.client("s3", region_name=REGION)
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
    return s3, "bucket"


def test_what_is_sealed_is_unsealed_in_its_own_context_alone(kms: CountingKms, key_id: str) -> None:
    sealed = KmsSealer(kms, key_id).seal("таємно".encode(), "olx-pl/1/2")
    assert "таємно" not in base64.b64decode(sealed).decode("latin-1")
    other = KmsSealer(kms, key_id)
    assert other.unseal(sealed, "olx-pl/1/2").decode() == "таємно"
    with pytest.raises(PermanentError):
        other.unseal(sealed, "olx-pl/1/3")


@pytest.mark.parametrize("spoilt", ["", "no base64!", "AAAA", base64.b64encode(b"\x01\x00\x05abc").decode()])
def test_what_was_never_sealed_is_refused_for_good(kms: CountingKms, key_id: str, spoilt: str) -> None:
    with pytest.raises(PermanentError):
        KmsSealer(kms, key_id).unseal(spoilt, "c")


def test_a_changed_bit_is_refused(kms: CountingKms, key_id: str) -> None:
    sealer = KmsSealer(kms, key_id)
    raw = bytearray(base64.b64decode(sealer.seal(b"text", "c")))
    raw[-1] ^= 1
    with pytest.raises(PermanentError):
        sealer.unseal(base64.b64encode(raw).decode(), "c")


def test_one_data_key_serves_many_posts_and_then_goes(kms: CountingKms, key_id: str) -> None:
    watch = Watch()
    sealer = KmsSealer(kms, key_id, monotonic=watch)
    texts = [sealer.seal(b"x", "c") for _ in range(50)]
    assert len(set(texts)) == 50
    assert kms.calls == ["generate"]
    watch.seconds = KEY_SECONDS + 1
    sealer.seal(b"x", "c")
    assert kms.calls == ["generate", "generate"]
    reader = KmsSealer(kms, key_id)
    for text in texts:
        reader.unseal(text, "c")
    assert kms.calls.count("decrypt") == 1


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "DisabledException", "NotFoundException", "IncorrectKeyException"]
)
def test_a_key_that_can_not_be_had_is_transient(kms: CountingKms, key_id: str, code: str) -> None:
    sealed = KmsSealer(kms, key_id).seal(b"x", "c")
    client = stub_client("kms")
    with Stubber(client) as stub:
        stub.add_client_error("decrypt", code)
        with pytest.raises(TransientError):
            KmsSealer(client, key_id).unseal(sealed, "c")


def test_the_archive_reads_whole_objects_and_ranges(bucket: tuple[Any, str]) -> None:
    archive = S3Archive(*bucket)
    for name in ("text/b", "text/a", "other/c"):
        archive.put(name, b"0123456789")
    assert archive.read("text/a", 2, 3) == b"234"
    assert archive.read_object("text/b") == b"0123456789"
    assert [(one.key, one.size) for one in archive.list_objects("text/")] == [("text/a", 10), ("text/b", 10)]
    for read in (lambda: archive.read_object("text/z"), lambda: archive.read("text/z", 0, 1)):
        with pytest.raises(NotFoundError):
            read()


def test_a_throttled_archive_is_not_a_missing_object() -> None:
    s3 = stub_client("s3")
    with Stubber(s3) as stub:
        stub.add_client_error("get_object", "SlowDown", http_status_code=503)
        with pytest.raises(TransientError):
            S3Archive(s3, "bucket").read_object("text/a")


def test_a_drop_is_read_as_a_stream(bucket: tuple[Any, str]) -> None:
    s3, name = bucket
    s3.put_object(Bucket=name, Key="p/auto/x", Body=b"line one\nline two\n" * 50_000)
    with S3DropStore(s3).open(name, "p/auto/x") as stream:
        assert stream.readline() == b"line one\n"
        assert sum(1 for _ in stream) == 99_999
    with pytest.raises(NotFoundError), S3DropStore(s3).open(name, "gone"):
        pytest.fail("there is nothing to open")


def test_a_run_of_rescoring_keeps_manifest_results_and_diff(bucket: tuple[Any, str]) -> None:
    s3, name = bucket
    store = S3RescoreStore(s3, name)
    assert store.put_manifest("run", ['{"a":1}', '{"a":2}']) == (name, "runs/run/manifest.jsonl")
    assert s3.get_object(Bucket=name, Key="runs/run/manifest.jsonl")["Body"].read() == b'{"a":1}\n{"a":2}\n'
    for index in (10, 2, 2):
        store.put_result("run", index, {"index": index})
    assert list(store.results("run")) == [{"index": 2}, {"index": 10}]
    assert store.read_result("run", 10) == {"index": 10}
    assert store.read_result("run", 11) is None
    assert store.put_diff("run", {}) == (name, "runs/run/diff.json")


def test_configuration_is_read_back_and_a_new_platform_works_at_once(make_table: Any) -> None:
    watch = Watch()
    store = DynamoDbConfigStore(make_table("ConfigTable"), monotonic=watch)
    assert store.platform("olx") is None
    store.put_platform(Platform(id="olx", team="general"))
    assert store.platform("olx") == Platform(id="olx", team="general")
    store.put_platform(Platform(id="olx", team="general", active=False))
    watch.seconds = 61
    changed = store.platform("olx")
    assert changed is not None and not changed.active
    store.put_partner(PARTNER)
    assert store.partner("ngo") == PARTNER
    assert store.partners() == (PARTNER,)
    assert store.sampling() is None
    rates = Sampling(default=0.01, by_language={"pl": 0.2, "": 0.5})
    store.put_sampling(rates)
    assert store.sampling() == rates


def test_secrets_are_remembered_and_asked_for_anew_when_told(make_table: Any, dynamodb: Any) -> None:
    manager = boto3.client("secretsmanager", region_name=REGION)
    make_table("ConfigTable")
    make_table("LedgerTable")
    administration = Administration(
        dynamodb, manager, config_table="ConfigTable", ledger_table="LedgerTable", secrets_prefix="screening"
    )
    secrets = SecretsManagerSecrets(manager, "screening")
    assert secrets.signing_secrets("platform", "olx") == ()
    first = administration.add_platform(Platform(id="olx", team="general"))
    assert administration.add_platform(Platform(id="olx", team="other")) == first
    assert secrets.signing_secrets("platform", "olx") == (first,)
    second = administration.rotate("platform", "olx")
    assert secrets.signing_secrets("platform", "olx") == (first,)
    assert secrets.signing_secrets("platform", "olx", refresh=True) == (second, first)
    assert secrets.signing_secrets("partner", "olx") == ()


def test_a_secret_that_can_not_be_read_is_not_an_unknown_platform() -> None:
    client = stub_client("secretsmanager")
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", "AccessDeniedException")
        with pytest.raises(TransientError):
            SecretsManagerSecrets(client, "screening").signing_secrets("platform", "olx")


def test_fingerprints_depend_on_key_and_kind() -> None:
    one, other = KeyedHashes("k1", b"a"), KeyedHashes("k1", b"b")
    assert one.fingerprint("phone", "+48600555017").startswith("k1:")
    assert one.fingerprint("phone", "+48600555017") == one.fingerprint("phone", "+48600555017")
    assert one.fingerprint("phone", "x") != one.fingerprint("email", "x")
    assert one.fingerprint("phone", "x") != other.fingerprint("phone", "x")
    assert one.derived("audit sample") != one.derived("something else")


def test_referrals_change_only_over_the_revision_that_was_read(make_table: Any, bucket: tuple[Any, str]) -> None:
    store = AwsReferralStore(make_table("ReferralsTable"), *bucket)
    referral = Referral(
        id="r", case="c", partner="ngo", kind="support", state="issued", package_key="ngo/r", hash="0" * 64,
        issued_at=NOW, expires_at=NOW + timedelta(days=30),
    )  # fmt: skip
    assert store.create(referral)
    assert not store.create(replace(referral, state="recalled"))
    fetched = replace(referral, state="fetched", fetched_at=NOW, revision=2)
    store.update(fetched, expected_revision=1)
    with pytest.raises(ConflictError):
        store.update(replace(fetched, state="recalled", revision=2), expected_revision=1)
    assert store.read("r") == fetched
    assert store.read("s") is None
    store.put_package("ngo/r", "c2VhbGVk")
    assert store.read_package("ngo/r") == "c2VhbGVk"
    with pytest.raises(NotFoundError):
        store.read_package("ngo/s")


def test_a_report_is_read_back(make_table: Any) -> None:
    store = DynamoDbReportStore(make_table("ReportsTable"))
    report = Report(
        id="n", platform=None, post_id=None, language="uk", received_at=NOW, sealed="c2VhbGVk",
        expires=NOW + timedelta(days=183),
    )  # fmt: skip
    store.put(report)
    assert store.read("n") == report
    assert store.read("m") is None


def s3_message(key: str) -> str:
    record = {"eventTime": "2026-05-04T12:00:00.000Z", "s3": {"bucket": {"name": "uploads"}, "object": {"key": key}}}
    return json.dumps({"Records": [record]})


def test_a_drop_becomes_a_job_with_its_key_decoded() -> None:
    (job,) = read_jobs(s3_message("olx-pl/auto/nightly+posts+%C4%85.jsonl"))
    assert (job.platform, job.format, job.key) == ("olx-pl", "auto", "olx-pl/auto/nightly posts ą.jsonl")
    assert (job.received_at, job.offset) == (NOW, 0)
    long = "olx-pl/auto/" + "ї" * 500 + ".csv"  # S3 takes 1,024 bytes, and announces each as three characters
    assert read_jobs(s3_message(quote_plus(long)))[0].key == long
    assert read_jobs(json.dumps(job.at(20_000).to_dict())) == (job.at(20_000),)


def test_s3_s_test_message_is_no_job_and_the_rest_is_refused() -> None:
    assert read_jobs('{"Event": "s3:TestEvent", "Bucket": "b"}') == ()
    for body in (s3_message("loose.json"), '{"Records": [1]}'):
        assert [type(found) for found in read_jobs(body)] == [PermanentError]
    for body in ("{", "[]", "{}", '{"Records": 1}'):
        with pytest.raises(PermanentError):
            read_jobs(body)


def test_a_published_pointer_becomes_a_job() -> None:
    detail = {
        "metadata": {
            "id": "e", "version": "1", "type": "PostPublished", "timestamp": "2026-05-04T12:00:00Z", "correlation_id": "c",
        },
        "data": {"platform": "olx-pl", "bucket": "b", "key": "k", "format": "auto"},
    }  # fmt: skip
    (job,) = read_jobs(json.dumps({"detail-type": "PostPublished", "detail": detail}))
    assert (job.platform, job.bucket, job.key, job.received_at) == ("olx-pl", "b", "k", NOW)


class Endpoint:
    """A platform's endpoint that answers with one status and keeps what it was sent."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.sent: tuple[str, str, bytes, dict[str, str]] | None = None

    def request(self, method: str, path: str, *, body: bytes, headers: dict[str, str]) -> None:
        self.sent = (method, path, body, headers)

    def getresponse(self) -> Endpoint:
        return self

    def close(self) -> None: ...


class FixedSecrets:
    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002 - the port calls it so
        return ("whsec_" + base64.b64encode(b"k" * 32).decode(),)


def notices(endpoint: Any) -> HttpPlatformNotices:
    return HttpPlatformNotices(FixedSecrets(), StillClock(NOW), connect=lambda _host, _port: endpoint)


def test_a_notice_is_signed_as_platforms_sign_theirs() -> None:
    endpoint = Endpoint(204)
    platform = Platform(id="olx", team="general", webhook_url="https://olx.example/hook?x=1")
    notices(endpoint).send(platform, message_id="msg_1", body={"type": "notice"})
    assert endpoint.sent is not None
    method, path, body, headers = endpoint.sent
    assert (method, path) == ("POST", "/hook?x=1")
    assert verify(FixedSecrets().signing_secrets("", ""), SignedHeaders.of(headers), body, now=NOW).id == "msg_1"


@pytest.mark.parametrize(
    ("status", "error"), [(503, TransientError), (429, TransientError), (404, PermanentError), (302, PermanentError)]
)
def test_a_refused_notice_says_whether_to_come_again(status: int, error: type[Exception]) -> None:
    platform = Platform(id="olx", team="general", webhook_url="https://olx.example/")
    with pytest.raises(error):
        notices(Endpoint(status)).send(platform, message_id="m", body={})


@pytest.mark.parametrize("url", ["http://olx.example/", "file:///etc/passwd", None])
def test_a_notice_goes_over_https_alone(url: str | None) -> None:
    endpoint = Endpoint(200)
    with pytest.raises(PermanentError):
        notices(endpoint).send(Platform(id="olx", team="general", webhook_url=url), message_id="m", body={})
    assert endpoint.sent is None


def test_form_tokens_hold_for_their_session_alone() -> None:
    tokens = FormTokens(b"key")
    tokens.check("session", tokens.issue("session"))
    for session, token in (("other", tokens.issue("session")), ("session", ""), ("session", "é")):
        with pytest.raises(AuthenticationError):
            tokens.check(session, token)


def test_unknown_groups_give_no_role_and_no_team_gives_no_reach() -> None:
    person = person_from_claims({"sub": "s", "cognito:groups": ["reviewer", "root"], "custom:teams": " a, b ,"})
    assert (person.roles, person.teams) == (frozenset({"reviewer"}), frozenset({"a", "b"}))
    assert person_from_claims({"sub": "s"}).teams == frozenset()
    assert person.platforms == frozenset()
    narrowed = person_from_claims({"sub": "s", "custom:teams": "a", "custom:platforms": "olx-pl, jobs"})
    assert narrowed.platforms == {"olx-pl", "jobs"}
    assert person_from_claims({"sub": "s", "custom:platforms": " , "}).platforms == {""}, "and so none is reached"


def test_no_adapter_is_imported_outside_its_folder() -> None:
    root = Path(__file__).resolve().parents[2]
    for path in (*(root / "screening").rglob("*.py"), *(root / "functions").rglob("*.py")):
        if "aws" not in path.relative_to(root).parts:
            source = path.read_text("utf-8")
            assert "import boto3" not in source, path
            assert "import botocore" not in source, path
