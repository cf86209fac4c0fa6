"""What cfn-lint and the emulator accept but AWS refuses, loses or leaves open: held on the templates themselves."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from screening.aws.settings import SETTINGS
from tests.template_reader import PARTNER_TEMPLATE, ROOT, TEMPLATE, of_type, read_template

MAIN = read_template()
PARTNER = read_template(PARTNER_TEMPLATE)
FUNCTIONS = of_type(MAIN, "AWS::Serverless::Function")
QUEUES = of_type(MAIN, "AWS::SQS::Queue")
PERMISSION_BYTES, POLICY_BYTES = 386, 20_480
"""A route's Lambda permission, and what one function's resource policy may hold."""


def name_of(function: str) -> str:
    return str(FUNCTIONS[function]["Properties"]["CodeUri"]).removeprefix("build/")


def number(value: Any) -> int:
    """A property's number, or the default of the parameter it refers to."""
    return int(MAIN["Parameters"][value["Ref"]]["Default"]) if isinstance(value, dict) else int(value)


def target(value: Any) -> str:
    """The logical id that a Ref or GetAtt names."""
    return str(value["Ref"] if "Ref" in value else value["Fn::GetAtt"][0])


def sqs_sources() -> list[tuple[str, dict[str, Any]]]:
    return [
        (function, event["Properties"])
        for function, resource in FUNCTIONS.items()
        for event in resource["Properties"].get("Events", {}).values()
        if event["Type"] == "SQS"
    ]


def routes_of_template(function: str) -> set[tuple[str, str]]:
    """Of the REST API, which are a function's events, and of the HTTP API, whose routes lead to an integration with one."""
    events = FUNCTIONS[function]["Properties"].get("Events", {}).values()
    rest = {(e["Properties"]["Method"].upper(), e["Properties"]["Path"]) for e in events if e["Type"] == "Api"}
    return rest | {
        (method, path)
        for route in of_type(MAIN, "AWS::ApiGatewayV2::Route").values()
        for method, _, path in [route["Properties"]["RouteKey"].partition(" ")]
        if invoked_by(route) == function
    }


def invoked_by(route: dict[str, Any]) -> str:
    """The function that a route of the HTTP API leads to."""
    named = route["Properties"]["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
    return target(MAIN["Resources"][named]["Properties"]["IntegrationUri"])


@pytest.mark.parametrize("path", [TEMPLATE, PARTNER_TEMPLATE], ids=lambda path: path.name)
def test_cfn_lint_passes(path: Any) -> None:
    program = [str(Path(sys.executable).with_name("cfn-lint")), str(path)]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_large_batch_has_a_window() -> None:
    assert sqs_sources()
    for function, source in sqs_sources():
        if source["BatchSize"] > 10:
            assert source.get("MaximumBatchingWindowInSeconds", 0) > 0, f"{function}: AWS refuses it"


def test_every_queue_worker_reports_partial_failures() -> None:
    for function, source in sqs_sources():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function


def test_visibility_is_six_timeouts_and_the_window() -> None:
    for function, source in sqs_sources():
        queue = QUEUES[target(source["Queue"])]["Properties"]
        timeout = number(FUNCTIONS[function]["Properties"]["Timeout"])
        least = 6 * timeout + source.get("MaximumBatchingWindowInSeconds", 0)
        assert number(queue["VisibilityTimeout"]) >= least, function


@pytest.mark.parametrize("template", [MAIN, PARTNER], ids=["main", "partner"])
def test_every_queue_has_dead_letters_that_are_kept_longer(template: dict[str, Any]) -> None:
    queues = of_type(template, "AWS::SQS::Queue")
    dead = {
        target(q["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
        for q in queues.values()
        if "RedrivePolicy" in q["Properties"]
    }
    assert dead
    for name, queue in queues.items():
        properties = queue["Properties"]
        assert properties.get("SqsManagedSseEnabled") or properties.get("KmsMasterKeyId"), f"{name}: not encrypted"
        if name in dead or name == "UndeliveredQueue":
            continue
        letters = queues[target(properties["RedrivePolicy"]["deadLetterTargetArn"])]["Properties"]
        assert letters["MessageRetentionPeriod"] > properties["MessageRetentionPeriod"], name


@pytest.mark.parametrize("template", [MAIN, PARTNER], ids=["main", "partner"])
def test_depth_and_age_of_all_dead_letters_alarm(template: dict[str, Any]) -> None:
    queues = of_type(template, "AWS::SQS::Queue")
    watched = {
        (target(alarm["Properties"]["Dimensions"][0]["Value"]), alarm["Properties"]["MetricName"])
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["Namespace"] == "AWS/SQS"
    }
    for name in (name for name in queues if name.endswith("DeadLetters") or name == "UndeliveredQueue"):
        assert (name, "ApproximateNumberOfMessagesVisible") in watched, name
        assert (name, "ApproximateAgeOfOldestMessage") in watched, name


def test_every_function_s_errors_alarm() -> None:
    watched = {
        target(alarm["Properties"]["Dimensions"][0]["Value"])
        for alarm in of_type(MAIN, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["MetricName"] == "Errors"
    }
    assert watched == set(FUNCTIONS)


def test_what_the_code_counts_for_an_alarm_has_one_and_alarms_watch_what_is_counted() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "screening").rglob("*.py")))
    watched = {
        (alarm["Properties"]["MetricName"], alarm["Properties"]["Dimensions"][0]["Value"])
        for alarm in of_type(MAIN, "AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["Namespace"] == "OfferScreening"
    }
    assert watched == {
        ("LedgerRoots", "daily"), ("LedgerChainsUnread", "daily"), ("PackagesLeftLying", "daily"),
        ("RulesOverturnedOften", "daily"), ("SecondLooksOverdue", "daily"), ("CasesLongOverdue", "daily"),
        ("UrgentCasesWaiting", "sweep"), ("AlertsUndelivered", "sweep"), ("OutboxStuck", "sweep"),
    }  # fmt: skip
    assert [metric for metric, _ in watched if f'.count("{metric}"' not in source] == []


def test_rules_target_queues_that_let_them_in_and_have_dead_letters() -> None:
    rules = of_type(MAIN, "AWS::Events::Rule")
    allowed: dict[str, set[str]] = {}
    for policy in of_type(MAIN, "AWS::SQS::QueuePolicy").values():
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            sources = statement["Condition"]["ArnEquals"]["aws:SourceArn"]
            for source in sources if isinstance(sources, list) else [sources]:
                if "Fn::GetAtt" in source:
                    allowed.setdefault(source["Fn::GetAtt"][0], set()).add(target(statement["Resource"]))
    assert rules
    for name, rule in rules.items():
        for one in rule["Properties"]["Targets"]:
            queue, letters = target(one["Arn"]), target(one["DeadLetterConfig"]["Arn"])
            assert queue in QUEUES, f"{name}: targets no queue"
            assert {queue, letters} <= allowed[name], f"{name}: may not send to {queue} or {letters}"


def test_the_uploads_bucket_may_tell_the_intake_queue_before_it_exists() -> None:
    bucket = MAIN["Resources"]["UploadsBucket"]
    assert bucket["DependsOn"] == "IntakeQueuePolicy"
    statements = MAIN["Resources"]["IntakeQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    source = next(s for s in statements if s["Principal"]["Service"] == "s3.amazonaws.com")["Condition"]["ArnEquals"]
    name = bucket["Properties"]["BucketName"]["Fn::Sub"]
    assert source["aws:SourceArn"]["Fn::Sub"].endswith(f":::{name}")


@pytest.mark.parametrize("function", ["ApiFunction", "PublicFunction", "ConsoleFunction"])
def test_routes_of_template_and_app_are_the_same(function: str) -> None:
    app = importlib.import_module(f"functions.{name_of(function)}.handler").app
    of_app = {(method, path) for path, methods in app.routes.items() for method in methods}
    assert routes_of_template(function) == of_app
    assert len(of_app) * PERMISSION_BYTES < POLICY_BYTES


def test_signed_routes_are_one_cheap_api_that_is_throttled_and_that_no_browser_may_call() -> None:
    """None of this shows on the emulator: it throttles nothing, sends format 2.0 always, and asks for no permission."""
    (api,), (stage,) = (
        of_type(MAIN, "AWS::ApiGatewayV2::Api").values(),
        of_type(MAIN, "AWS::ApiGatewayV2::Stage").values(),
    )
    assert set(api["Properties"]) == {"Name", "ProtocolType"}, "CORS or a body of its own"
    assert set(stage["Properties"]["DefaultRouteSettings"]) == {"ThrottlingRateLimit", "ThrottlingBurstLimit"}
    assert stage["Properties"]["StageName"] == "$default", "any other stands before the path"
    assert stage["Properties"]["AutoDeploy"] is True
    assert "AccessLogSettings" not in stage["Properties"], "callers' addresses"
    (integration,) = of_type(MAIN, "AWS::ApiGatewayV2::Integration").values()
    assert integration["Properties"]["PayloadFormatVersion"] == "2.0"
    (permission,) = of_type(MAIN, "AWS::Lambda::Permission").values()
    assert target(permission["Properties"]["FunctionName"]) == target(integration["Properties"]["IntegrationUri"])
    source = permission["Properties"]["SourceArn"]["Fn::Sub"]
    for name, route in of_type(MAIN, "AWS::ApiGatewayV2::Route").items():
        assert set(route["Properties"]) == {"ApiId", "RouteKey", "Target"}, name
        assert source.endswith(":${SignedApi}/*/*/v1/*")
        assert route["Properties"]["RouteKey"].partition(" ")[2].startswith("/v1/"), f"{name}: may not invoke"
    assert number(FUNCTIONS["ApiFunction"]["Properties"]["Timeout"]) < 30


@pytest.mark.parametrize("function", FUNCTIONS)
def test_settings_are_the_template_s_variables(function: str) -> None:
    variables = set(FUNCTIONS[function]["Properties"]["Environment"]["Variables"])
    ours = {name for name in variables if not name.startswith("POWERTOOLS_")}
    assert ours == {field.upper() for field in SETTINGS[name_of(function)].model_fields}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_log_group_that_forgets(function: str) -> None:
    properties = FUNCTIONS[function]["Properties"]
    group = MAIN["Resources"][properties["LoggingConfig"]["LogGroup"]["Ref"]]["Properties"]
    assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    handler = properties["Handler"].rsplit(".", 1)
    assert (ROOT / f"{handler[0].replace('.', '/')}.py").is_file()
    assert properties["FunctionName"]["Fn::Sub"] == "${AWS::StackName}-" + name_of(function)


def test_tables_are_encrypted_restorable_and_forget() -> None:
    tables = of_type(MAIN, "AWS::DynamoDB::Table")
    for name, table in tables.items():
        properties = table["Properties"]
        assert table["DeletionPolicy"] == "Retain", name
        assert properties["BillingMode"] == "PAY_PER_REQUEST", name
        assert properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], name
        assert properties["SSESpecification"]["SSEEnabled"], name
    forgetting = {name for name, table in tables.items() if "TimeToLiveSpecification" in table["Properties"]}
    assert forgetting == {"PostsTable", "LinksTable", "CasesTable", "ReportsTable", "ReferralsTable"}
    for name in forgetting:
        assert tables[name]["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


def test_buckets_are_encrypted_private_and_forget() -> None:
    buckets = of_type(MAIN, "AWS::S3::Bucket")
    guarded = {target(p["Properties"]["Bucket"]) for p in of_type(MAIN, "AWS::S3::BucketPolicy").values()}
    assert guarded == set(buckets)
    for name, bucket in buckets.items():
        properties = bucket["Properties"]
        assert bucket["DeletionPolicy"] == "Retain", name
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}, name
        encryption = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
        algorithm = encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"]
        assert algorithm == ("AES256" if name == "RescoreBucket" else "aws:kms"), name
        rules = properties["LifecycleConfiguration"]["Rules"]
        assert any("ExpirationInDays" in rule for rule in rules), name
        assert any("AbortIncompleteMultipartUpload" in rule for rule in rules), name
    assert MAIN["Parameters"]["RequireHttps"]["Default"] == "true"


def statements() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for kind in ("AWS::Serverless::Function", "AWS::Serverless::StateMachine"):
        for name, resource in of_type(MAIN, kind).items():
            for policy in resource["Properties"]["Policies"]:
                found += [(name, statement) for statement in policy["Statement"]]
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_no_policy_allows_everything() -> None:
    for name, statement in statements():
        for action in listed(statement["Action"]):
            assert action != "*", f"{name}: {statement['Sid']}"
            assert not action.endswith(":*"), f"{name}: {statement['Sid']}"
        if "*" in listed(statement["Resource"]):
            assert statement["Sid"] == "DeliverLogs", f"{name}: {statement['Sid']}: any resource"


def test_nobody_may_translate_unless_a_region_is_named_and_then_there_alone() -> None:
    policy = MAIN["Resources"]["ConsoleMayTranslate"]
    assert MAIN["Parameters"]["TranslateRegion"]["Default"] == ""
    assert policy["Condition"] == "HasTranslator"
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Action"] == "translate:TranslateText"
    assert statement["Condition"] == {"StringEquals": {"aws:RequestedRegion": {"Ref": "TranslateRegion"}}}
    assert "translate" not in json.dumps([allowed["Action"] for _, allowed in statements()])


def test_alerts_go_to_topics_and_addresses_of_their_own_alone() -> None:
    own = {
        owner: json.dumps(allowed["Resource"])
        for owner, allowed in statements()
        if allowed["Action"] == "sns:Publish" or "/alerts/*" in json.dumps(allowed["Resource"])
    }
    assert set(own) == {"SweepFunction"}
    assert "${AWS::StackName}-alerts-*" in own["SweepFunction"]


@pytest.mark.parametrize("path", [TEMPLATE, PARTNER_TEMPLATE], ids=lambda path: path.name)
def test_a_star_says_why(path: Any) -> None:
    star = re.compile(r"""(Action|Resource|Principal|AWS):.*["'](\w+:)?\*["']""")
    lines = [line for line in path.read_text("utf-8").splitlines() if star.search(line)]
    assert lines
    for line in lines:
        assert "#" in line, f"{path.name}: no reason given: {line.strip()}"


# What the stores that a function is wired with call. A missing action shows only where that very call is made, and a sweep or a
# rerouting is seldom made in tests. BatchGetItem, Query and GetItem are told apart: none stands for another.
CALLS: dict[tuple[str, str], set[str]] = {
    ("ApiFunction", "CasesTable"): {"GetItem", "PutItem", "UpdateItem"},
    ("ApiFunction", "LedgerTable"): {"GetItem", "PutItem", "Query"},
    ("ApiFunction", "ReferralsTable"): {"DeleteItem", "GetItem", "PutItem"},
    ("ApiFunction", "ReportsTable"): {"GetItem", "PutItem"},  # an appeal that came before is read
    ("PublicFunction", "ReportsTable"): {"GetItem", "PutItem"},
    ("ConsoleFunction", "CasesTable"): {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "Query",
        "UpdateItem",
    },  # leases are read together
    ("ConsoleFunction", "LinksTable"): {"BatchGetItem", "Query"},
    ("ConsoleFunction", "PostsTable"): {"BatchGetItem", "GetItem"},
    ("ConsoleFunction", "ConfigTable"): {"GetItem", "PutItem", "Query"},
    ("ConsoleFunction", "LedgerTable"): {"GetItem", "PutItem", "Query"},
    ("ConsoleFunction", "ReferralsTable"): {"DeleteItem", "GetItem", "PutItem"},
    ("ConsoleFunction", "ReportsTable"): {"GetItem"},
    ("ReviewFunction", "CasesTable"): {"GetItem", "PutItem", "Query", "UpdateItem"},
    ("ReviewFunction", "ReportsTable"): {"GetItem", "PutItem"},
    ("ReferFunction", "CasesTable"): {"GetItem", "PutItem", "UpdateItem"},
    ("ReferFunction", "ReferralsTable"): {"DeleteItem", "GetItem", "PutItem"},
    ("ReferFunction", "ReportsTable"): {"GetItem", "PutItem"},
    ("SweepFunction", "CasesTable"): {
        "BatchGetItem",
        "BatchWriteItem",
        "GetItem",
        "PutItem",
        "Query",
        "UpdateItem",
    },  # fmt: skip - the index has keys alone; marks of what was told are written together
    ("SweepFunction", "ConfigTable"): {"GetItem", "Query"},
    ("SweepFunction", "ReferralsTable"): {"GetItem", "Query"},
    ("SweepFunction", "PostsTable"): {"BatchGetItem", "Query", "UpdateItem"},
    ("DailyFunction", "CasesTable"): {"GetItem", "PutItem", "Query", "UpdateItem"},
    ("DailyFunction", "LedgerTable"): {"GetItem", "PutItem", "Query", "UpdateItem"},
    ("DailyFunction", "ReferralsTable"): {"DeleteItem", "GetItem", "PutItem", "Query"},
}


@pytest.mark.parametrize(("function", "table"), CALLS)
def test_a_function_may_do_with_a_table_what_its_stores_do(function: str, table: str) -> None:
    allowed = {
        action.removeprefix("dynamodb:")
        for owner, statement in statements()
        if owner == function and {"Fn::GetAtt": [table, "Arn"]} in listed(statement["Resource"])
        for action in listed(statement["Action"])
    }
    assert CALLS[function, table] <= allowed


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_told_of_the_tables_it_may_reach_and_of_no_other(function: str) -> None:
    """Sweep alone names one it needn't reach: the store of cases takes the ledger's name as well."""
    variables = FUNCTIONS[function]["Properties"]["Environment"]["Variables"]
    told = {value["Ref"] for value in variables.values() if isinstance(value, dict) and "Ref" in value}
    tables = set(of_type(MAIN, "AWS::DynamoDB::Table"))
    reached = {
        resource["Fn::GetAtt"][0]
        for owner, statement in statements()
        if owner == function
        for resource in listed(statement["Resource"])
        if "Fn::GetAtt" in resource
    }
    extra = {"LedgerTable"} if function == "SweepFunction" else set()
    assert told & tables == (reached & tables) | extra


def test_who_reads_a_bucket_may_tell_gone_from_forbidden() -> None:
    """Without s3:ListBucket S3 answers 403 for a missing object, which would look like a fault for ever."""
    for name in FUNCTIONS:
        mine = [statement for owner, statement in statements() if owner == name]
        read = {bucket_of(r) for s in mine if "s3:GetObject" in listed(s["Action"]) for r in listed(s["Resource"])}
        told = {bucket_of(r) for s in mine if "s3:ListBucket" in listed(s["Action"]) for r in listed(s["Resource"])}
        assert read <= told, name


def bucket_of(resource: Any) -> str:
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    found = re.match(r"\$\{(\w+)\.Arn\}", resource["Fn::Sub"])
    assert found is not None
    return found[1]


def test_public_reaches_neither_cases_nor_archive() -> None:
    text = json.dumps(FUNCTIONS["PublicFunction"])
    for private in ("CasesTable", "LedgerTable", "ReferralsTable", "ArchiveBucket", "kms:Decrypt", "FingerprintSecret"):
        assert private not in text
    secrets = re.findall(r"secret:\$\{AWS::StackName\}/([\w-]+)", text)
    assert secrets == ["report-senders"], "it marks who sends reports, and knows no key of anything else"


def test_the_console_reaches_the_secrets_that_it_rotates_and_no_others() -> None:
    """It may neither delete a setting or a secret, nor read what other functions sign with."""
    mine = [statement for owner, statement in statements() if owner == "ConsoleFunction"]
    config = [s for s in mine if {"Fn::GetAtt": ["ConfigTable", "Arn"]} in listed(s["Resource"])]
    assert {action for s in config for action in listed(s["Action"])} == {
        "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem",
    }  # fmt: skip
    (rotating,) = [s for s in mine if "secretsmanager:PutSecretValue" in listed(s["Action"])]
    assert set(rotating["Action"]) == {
        "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:CreateSecret",
    }  # fmt: skip
    assert [one["Fn::Sub"].partition("${AWS::StackName}")[2] for one in rotating["Resource"]] == [
        "/platforms/*", "/partners/*",
    ]  # fmt: skip


def test_the_state_machine_retries_what_lambda_raises() -> None:
    """The emulator and Lambda name exceptions differently: only States.TaskFailed means the same on both."""
    definition = json.loads((ROOT / "infra" / "rescore.asl.json").read_text("utf-8"))
    chunk = definition["States"]["Chunks"]["ItemProcessor"]["States"]["Chunk"]
    for state in (definition["States"]["Plan"], chunk, definition["States"]["Conclude"]):
        assert "States.TaskFailed" in state["Retry"][0]["ErrorEquals"]
    assert definition["States"]["Chunks"]["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
    assert "ItemBatcher" not in json.dumps(definition)


def test_reviewers_can_not_widen_their_own_reach() -> None:
    client = MAIN["Resources"]["UserPoolClient"]["Properties"]
    assert client["WriteAttributes"] == ["name"]
    assert MAIN["Resources"]["UserPool"]["Properties"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True


def test_nobody_sends_a_password_to_the_console_or_the_pool_s_interface() -> None:
    """People sign in on the hosted page, by the code flow; without the console's address that is shut, not open."""
    client = MAIN["Resources"]["UserPoolClient"]["Properties"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert client["GenerateSecret"] is False
    assert client["AllowedOAuthFlows"]["Fn::If"][:2] == ["HasConsoleAddress", ["code"]]
    for name, page in (("CallbackURLs", "callback"), ("LogoutURLs", "sign-in")):
        assert client[name]["Fn::If"][1] == [{"Fn::Sub": "${ConsoleAddress}/" + page}]
    assert MAIN["Parameters"]["ConsoleAddress"]["Default"] == ""
    assert MAIN["Resources"]["UserPool"]["Properties"]["MfaConfiguration"] == {"Ref": "SecondFactor"}
    assert MAIN["Parameters"]["SecondFactor"]["Default"] == "ON"


def test_a_partner_s_queue_is_read_by_its_account_alone() -> None:
    policy = of_type(PARTNER, "AWS::SQS::QueuePolicy")["TicketsPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert [s["Principal"]["AWS"]["Fn::Sub"] for s in policy] == ["arn:${AWS::Partition}:iam::${PartnerAccount}:root"]
    assert "sqs:SendMessage" not in json.dumps(policy)
