"""template.yaml: what it deploys, for which parameters, and that the tools that people use accept it."""

import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import provider_stack
from fast.template import write
from provider_stack import ROOT, TEMPLATE, deploy

TOOLS = Path(sys.executable).parent
GUARDRAILS = {
    "NamePrefix": "ECRREPO_NAME_PREFIX",
    "AllowedGrantAccounts": "ECRREPO_ALLOWED_GRANT_ACCOUNTS",
    "AllowedOrganizations": "ECRREPO_ALLOWED_ORGANIZATIONS",
    "AllowPublicAccess": "ECRREPO_ALLOW_PUBLIC_ACCESS",
    "RequireImmutableTags": "ECRREPO_REQUIRE_IMMUTABLE_TAGS",
    "RequireScanOnPush": "ECRREPO_REQUIRE_SCAN_ON_PUSH",
    "RequireKmsEncryption": "ECRREPO_REQUIRE_KMS_ENCRYPTION",
    "AllowedKmsKeys": "ECRREPO_ALLOWED_KMS_KEYS",
    "AllowEmptyOnDelete": "ECRREPO_ALLOW_EMPTY_ON_DELETE",
    "AllowAdoption": "ECRREPO_ALLOW_ADOPTION",
    "FormerNamePrefix": "ECRREPO_FORMER_NAME_PREFIX",
    "AllowAdministrativeGrants": "ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS",
    "MinExpiryDays": "ECRREPO_MIN_EXPIRY_DAYS",
    "MinImageCount": "ECRREPO_MIN_IMAGE_COUNT",
    "RequiredTags": "ECRREPO_REQUIRED_TAGS",
    "DefaultTags": "ECRREPO_DEFAULT_TAGS",
}
KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def run(*command, cwd=ROOT):
    """Runs a tool as on a machine that has neither credentials nor a Region set, and reaches no AWS."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    environment.update(
        SAM_CLI_TELEMETRY="0", AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=900)


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def source():
    return provider_stack.source()


@pytest.fixture(scope="module")
def stack(transformed):
    return deploy(transformed)


@pytest.fixture(scope="module")
def fast(tmp_path_factory):
    """The template of the fast variant, as `make fast` writes it."""
    folder = tmp_path_factory.mktemp("fast")
    write(folder / "fast-template.yaml", folder / "custom-ecrrepo-fast.zip")
    return folder / "fast-template.yaml"


@pytest.fixture(params=["template.yaml", "fast-template.yaml"])
def file(request, fast):
    return fast if request.param == fast.name else TEMPLATE


def test_sam_validates_and_lints_the_template(file):
    # SAM looks for samconfig.toml, which names the Region, beside the template.
    result = run(TOOLS / "sam", "validate", "--lint", "--template-file", file, "--config-file", ROOT / "samconfig.toml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_cfn_lint_has_nothing_to_say(file):
    result = run(TOOLS / "cfn-lint", file)
    assert (result.returncode, result.stdout) == (0, ""), result.stdout + result.stderr


def test_the_fast_variants_template_differs_in_runtime_processor_and_package_only(fast):
    _, _, *lines = difflib.unified_diff(TEMPLATE.read_text().splitlines(), fast.read_text().splitlines(), n=0)
    assert [f"{line[0]} {line[1:].strip()}" for line in lines if line[0] != "@"] == [
        "+ # Made from template.yaml by `make fast`.",
        "- LicenseUrl: LICENSE",
        "- ReadmeUrl: README.md",
        f"+ LicenseUrl: {os.path.relpath(TEMPLATE.parent, fast.parent)}/LICENSE",
        f"+ ReadmeUrl: {os.path.relpath(TEMPLATE.parent, fast.parent)}/README.md",
        "- Default: arm64",
        "- AllowedValues: [arm64, x86_64]",
        "- Description: Processor architecture of the function. arm64 costs less; the package runs on both.",
        "- ConstraintDescription: must be arm64 or x86_64.",
        "+ Default: x86_64",
        "+ AllowedValues: [x86_64]",
        "+ Description: Processor architecture of the function. The Java runtime in the package is for this one.",
        "+ ConstraintDescription: must be x86_64.",
        "- Metadata:",
        "- BuildMethod: makefile",
        "- CodeUri: .",
        "+ CodeUri: custom-ecrrepo-fast.zip",
        "- Runtime: java25",
        "+ Runtime: provided.al2023",
        "- Metadata:",
        "- BuildMethod: makefile",
        "- CodeUri: .",
        "+ CodeUri: custom-ecrrepo-fast.zip",
        "- Runtime: java25",
        "+ Runtime: provided.al2023",
    ]


def test_the_runtime_is_the_one_that_cfn_lint_recommends(tmp_path):
    old = tmp_path / "template.yaml"
    old.write_text(TEMPLATE.read_text().replace("Runtime: java25", "Runtime: java8"))
    result = run(TOOLS / "cfn-lint", old)
    assert result.returncode != 0 and "updating to 'java25'" in result.stdout


def test_the_function_is_what_stacks_rely_on(stack):
    function = stack.resources["EcrRepoFunction"]["Properties"]
    assert function["FunctionName"] == "custom-ecrrepo"
    assert function["Runtime"] == "java25"
    assert function["Architectures"] == ["arm64"]
    assert function["Handler"] == "dev.ecrrepo.EcrRepoHandler::handleRequest"
    assert function["Timeout"] == 900
    assert function["MemorySize"] == "1769"
    assert function["LoggingConfig"] == {
        "LogFormat": "JSON", "LogGroup": "/aws/lambda/custom-ecrrepo", "ApplicationLogLevel": "INFO"}


def test_stacks_refer_to_the_function_itself_never_to_a_version(stack):
    assert not stack.of_type("AWS::Lambda::Alias")
    assert not stack.of_type("AWS::Lambda::Version")
    assert "SnapStart" not in stack.resources["EcrRepoFunction"]["Properties"]
    assert stack.outputs["ServiceToken"]["Value"].endswith(":function:custom-ecrrepo")
    (invoke,) = stack.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert invoke["Properties"]["Qualifier"] == "$LATEST"


def test_an_event_is_tried_again_and_kept_when_given_up(stack):
    (invoke,) = stack.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert invoke["Properties"]["MaximumRetryAttempts"] == 2
    assert invoke["Properties"]["MaximumEventAgeInSeconds"] == 3600
    destination = invoke["Properties"]["DestinationConfig"]["OnFailure"]["Destination"]
    assert destination == f"arn:aws:sqs:{provider_stack.REGION}:{provider_stack.ACCOUNT}:FailureQueue"
    queue = stack.resources["FailureQueue"]["Properties"]
    assert queue == {"SqsManagedSseEnabled": True, "MessageRetentionPeriod": 86400}


def test_every_export_carries_the_functions_name(transformed):
    outputs = deploy(transformed, FunctionName="second").outputs
    exports = {body["Export"]["Name"] for body in outputs.values() if "Export" in body}
    assert exports == {
        "second-ServiceToken", "second-RoleArn", "second-RegistryTokenPolicyArn", "second-PublicGalleryTokenPolicyArn",
        "second-PullPolicyArn", "second-PushPolicyArn", "second-FailureQueueArn"}


def test_what_the_function_needs_outlives_the_stack(transformed):
    stack = deploy(transformed)
    needed = (
        "AWS::Lambda::Function", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission", "AWS::IAM::Role",
        "AWS::Logs::LogGroup", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy")
    # Plain Retain would leave the remains of a failed first deployment in the way of the second.
    deleted = [
        name for name, body in stack.resources.items()
        if body["Type"] in needed and body.get("DeletionPolicy") != "RetainExceptOnCreate"]
    assert deleted == []
    # Another function name means another function: living stacks still invoke the first.
    assert stack.resources["EcrRepoFunction"]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("guardrail", sorted(GUARDRAILS))
def test_a_guardrail_reaches_the_function(transformed, guardrail):
    samples = {
        "NamePrefix": "team-a/", "AllowedKmsKeys": f"{KEY},{KEY}", "DefaultTags": "Team=a b,Cost=1",
        "AllowedOrganizations": "o-a1b2c3d4e5,o-f1b2c3d4e5",
        "AllowedGrantAccounts": "111111111111,222222222222", "FormerNamePrefix": "team-b/", "RequiredTags": "Team,Cost",
        "MinExpiryDays": "30", "MinImageCount": "5"}
    default = deploy(transformed).environment()[GUARDRAILS[guardrail]]
    value = samples.get(guardrail) or ("false" if default == "true" else "true")
    changed = deploy(transformed, **{guardrail: value}).environment()
    assert changed[GUARDRAILS[guardrail]] == value != default


def test_the_defaults_are_safe(stack):
    environment = stack.environment()
    assert {k: v for k, v in environment.items() if k.startswith("ECRREPO_") and v != ""} == {
        "ECRREPO_ALLOW_PUBLIC_ACCESS": "false", "ECRREPO_REQUIRE_IMMUTABLE_TAGS": "false",
        "ECRREPO_REQUIRE_SCAN_ON_PUSH": "false", "ECRREPO_REQUIRE_KMS_ENCRYPTION": "false",
        "ECRREPO_ALLOW_EMPTY_ON_DELETE": "true", "ECRREPO_ALLOW_ADOPTION": "false",
        "ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS": "false"}


def test_the_template_sets_the_guardrails_and_nothing_else(stack):
    # Above all not ECRREPO_RESPONSE_HOSTS: only local runs answer to other hosts than AWS's.
    assert {k for k in stack.environment() if k.startswith("ECRREPO_")} == set(GUARDRAILS.values())


def test_every_parameter_has_its_place_in_the_console(source):
    interface = source["Metadata"]["AWS::CloudFormation::Interface"]
    placed = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
    assert sorted(placed) == sorted(source["Parameters"])
    assert sorted(interface["ParameterLabels"]) == sorted(source["Parameters"])


def test_every_parameter_is_described_and_constrained(source):
    for name, parameter in source["Parameters"].items():
        assert parameter.get("Description"), name
        assert parameter.get("ConstraintDescription"), name
        assert {"AllowedValues", "AllowedPattern", "MinValue"} & parameter.keys(), name


@pytest.mark.parametrize("name, accepted, refused", [
    ("NamePrefix", ["", "team-a/", "a", "prod-", "a.b_c__d"], ["Team", "/a", "-a", "a//b", "a b", "a*"]),
    ("FormerNamePrefix", ["", "*", "team-a/"], ["a*", "**", "Team"]),
    ("AllowedGrantAccounts", ["", "123456789012"], ["12345678901", "1234567890123", "*", "1.2E11"]),
    ("RequiredTags", ["", "Team", "Cost Center"], ["k" * 129]),
    ("MinExpiryDays", ["", "1", "365"], ["0", "-1", "1.5", "many"]),
    ("MinImageCount", ["", "1", "100"], ["0", "-1", "1.5", "many"]),
    ("AllowedOrganizations", ["", "o-a1b2c3d4e5"], ["o-a1", "r-ab12", "O-A1B2C3D4E5", "*"]),
    ("AllowedKmsKeys", ["", KEY, KEY.replace("1234abcd", "mrk-1234abcd"), KEY.replace("arn:aws", "arn:aws-us-gov")],
     ["alias/a", KEY.replace("key/", "alias/"), "*", KEY + "*"]),
    ("DefaultTags", ["", "A=b", "Cost Center=1,Env=", "url=https://a/b:c"], ["A", "=b", "A=b,", ",A=b"]),
    ("FunctionName", ["custom-ecrrepo", "A1"], ["", "a_b", "a" * 65, "a:b"]),
    ("AlarmTopicArn", ["", "arn:aws:sns:us-east-1:123456789012:ops"], ["ops", "arn:aws:sqs:us-east-1:123456789012:ops"]),
    ("DriftSchedule", ["", "rate(1 day)", "cron(0 6 * * ? *)"], ["daily", "rate()", "rate(1 day", "at(2026-01-01T00:00:00)"]),
    ("IamPath", ["/", "/platform/", "/a/b/"], ["", "platform/", "/platform", "//"]),
    ("PermissionsBoundaryArn", ["", "arn:aws:iam::123456789012:policy/p/b"], ["b", "arn:aws:iam::123456789012:role/b"]),
])
def test_a_parameter_takes_what_it_should(source, name, accepted, refused):
    # CloudFormation matches each element of a list by itself, and demands that the whole of it matches.
    pattern = re.compile(source["Parameters"][name]["AllowedPattern"])
    assert [value for value in accepted if not pattern.fullmatch(value)] == []
    assert [value for value in refused if pattern.fullmatch(value)] == []
    default = source["Parameters"][name].get("Default")
    assert pattern.fullmatch(default), f"the default {default!r}"


def test_every_alarm_watches_this_provider_and_tells_the_topic(transformed):
    topic = "arn:aws:sns:eu-central-1:123456789012:ops"
    alarms = deploy(transformed, AlarmTopicArn=topic).of_type("AWS::CloudWatch::Alarm")
    watched = set()
    for alarm in (body["Properties"] for body in alarms.values()):
        (dimension,) = alarm["Dimensions"]
        watched.add((alarm["Namespace"], alarm["MetricName"], dimension["Name"], dimension["Value"]))
        assert alarm["AlarmActions"] == alarm["OKActions"] == [topic]
        assert alarm["TreatMissingData"] == "notBreaching"
    assert watched == {
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "FailureQueue"),
        ("AWS/Lambda", "Errors", "FunctionName", "custom-ecrrepo"),
        ("AWS/Lambda", "Throttles", "FunctionName", "custom-ecrrepo"),
        ("AWS/Lambda", "Duration", "FunctionName", "custom-ecrrepo"),
        ("AWS/Lambda", "AsyncEventsDropped", "FunctionName", "custom-ecrrepo"),
        ("AWS/Lambda", "DestinationDeliveryFailures", "FunctionName", "custom-ecrrepo")}


REPORTS = {
    "ReportFunction", "ReportLogGroup", "ReportRole", "DriftRule", "DriftPermission", "DriftAlarm"}


def test_reports_are_made_only_where_they_are_asked_for(transformed):
    def made(**parameters):
        return REPORTS & deploy(transformed, **parameters).resources.keys()
    assert made() == made(DriftSchedule="rate(1 day)") == set()
    assert made(Reports="true") == {"ReportFunction", "ReportLogGroup", "ReportRole"}
    assert made(Reports="true", DriftSchedule="rate(1 day)") == REPORTS


def test_all_else_is_the_same_with_and_without_reports(transformed):
    with_reports = deploy(transformed, Reports="true", DriftSchedule="rate(1 day)").resources
    assert {name: body for name, body in with_reports.items() if name not in REPORTS} == deploy(transformed).resources


def test_reports_judge_by_the_guardrails_of_the_provider(transformed):
    changed = {"NamePrefix": "team/", "AllowAdoption": "true", "MinImageCount": "5", "RequiredTags": "Team"}
    stack = deploy(transformed, Reports="true", **changed)
    own = {"POWERTOOLS_SERVICE_NAME": "custom-ecrrepo-reports"}
    assert stack.environment("ReportFunction") == stack.environment() | own
    report, provider = (stack.resources[name]["Properties"] for name in ("ReportFunction", "EcrRepoFunction"))
    for member in ("Runtime", "Architectures", "MemorySize", "Code"):
        assert report[member] == provider[member]
    assert report["Handler"] == "dev.ecrrepo.ReportHandler::handleRequest"
    assert report["FunctionName"] == "custom-ecrrepo-reports"


def test_the_schedule_asks_for_drift_and_its_alarm_watches_what_that_publishes(transformed):
    stack = deploy(transformed, Reports="true", DriftSchedule="rate(1 day)")
    rule = stack.resources["DriftRule"]["Properties"]
    (target,) = rule["Targets"]
    assert (rule["ScheduleExpression"], json.loads(target["Input"])) == ("rate(1 day)", {"Report": "Drift"})
    permission = stack.resources["DriftPermission"]["Properties"]
    assert permission["FunctionName"] == "custom-ecrrepo-reports"
    assert (permission["Principal"], permission["SourceArn"]) == (
        "events.amazonaws.com", f"arn:aws:events:{provider_stack.REGION}:{provider_stack.ACCOUNT}:rule/DriftRule")
    alarm = stack.resources["DriftAlarm"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("CustomEcrRepo", "DriftedRepositories")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": "custom-ecrrepo-reports"}]


def test_sam_local_invoke_means_the_provider():
    """With two functions in the template, SAM asks which one unless its configuration says so."""
    configured = (ROOT / "samconfig.toml").read_text()
    assert re.search(r'^\[default\.local_invoke\.parameters]\n(#.*\n)*function_logical_id = "EcrRepoFunction"$', configured, re.M)


def test_without_a_topic_the_alarms_have_no_action(stack):
    for alarm in stack.of_type("AWS::CloudWatch::Alarm").values():
        assert "AlarmActions" not in alarm["Properties"] and "OKActions" not in alarm["Properties"]


def test_the_duration_alarm_leaves_time_before_the_functions_limit(stack):
    limit = stack.resources["EcrRepoFunction"]["Properties"]["Timeout"] * 1000
    assert stack.resources["DurationAlarm"]["Properties"]["Threshold"] < limit - 60_000


def test_tracing_needs_a_parameter_and_then_the_role_may_write_traces(transformed):
    def traced(stack):
        actions = [action for policy in stack.role_policies() for statement in policy["Statement"]
                   for action in statement["Action"] if action.startswith("xray:")]
        return stack.resources["EcrRepoFunction"]["Properties"]["TracingConfig"]["Mode"], actions

    assert traced(deploy(transformed)) == ("PassThrough", [])
    assert traced(deploy(transformed, Tracing="Active")) == (
        "Active", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"])


def test_the_role_takes_the_organizations_path_and_boundary(transformed):
    boundary = "arn:aws:iam::123456789012:policy/boundary"
    bounded = deploy(transformed, IamPath="/platform/", PermissionsBoundaryArn=boundary)
    assert bounded.resources["Role"]["Properties"]["PermissionsBoundary"] == boundary
    for kind in ("AWS::IAM::Role", "AWS::IAM::ManagedPolicy"):
        assert {body["Properties"]["Path"] for body in bounded.of_type(kind).values()} == {"/platform/"}
    assert "PermissionsBoundary" not in deploy(transformed).resources["Role"]["Properties"]


def test_sam_build_makes_the_package_that_the_local_run_executes(tmp_path):
    """In a copy that is no clone and has nothing built or installed, with the machine's own default Java."""
    assert run("make", "package").returncode == 0
    left_out = shutil.ignore_patterns(".git", ".venv", "target", ".aws-sam", "node_modules", "__pycache__")
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=left_out)
    result = run(TOOLS / "sam", "build", cwd=copy)
    assert result.returncode == 0, result.stdout + result.stderr
    (built,) = [file for file in (copy / ".aws-sam/build/EcrRepoFunction").rglob("*") if file.is_file()]
    assert built.name == "custom-ecrrepo-function.jar" and built.parent.name == "lib"
    assert digest(built) == digest(ROOT / "target/custom-ecrrepo-function.jar")
    assert not (copy / ".venv").exists()


def test_the_alarms_of_an_invocation_look_back_to_the_start_of_the_longest(stack):
    """Lambda gives these metrics the time at which the invocation began, but publishes them when it has ended."""
    limit = stack.resources["EcrRepoFunction"]["Properties"]["Timeout"]
    for name in ("ErrorsAlarm", "DurationAlarm"):
        alarm = stack.resources[name]["Properties"]
        assert alarm["Period"] * alarm["EvaluationPeriods"] >= limit + 180, name


def test_the_operations_page_explains_every_alarm_and_guardrail_by_its_name(source):
    page = (ROOT / "docs/operations.md").read_text()
    alarms = {name for name, body in source["Resources"].items() if body["Type"] == "AWS::CloudWatch::Alarm"}
    assert set(re.findall(r"^\| `(\w+Alarm)` \|", page, re.MULTILINE)) == alarms
    mentioned = set(re.findall(r"`(\w+)=?[^`]*`", page))
    known = source["Parameters"].keys() | source["Outputs"].keys() | source["Resources"].keys()
    assert {"NamePrefix", "FormerNamePrefix", "AlarmTopicArn", "FailureQueueUrl"} <= known
    assert {word for word in mentioned if re.fullmatch(r"(Allow|Allowed|Require|Former)[A-Z]\w+", word)} <= known
