"""Metrics, dashboard and saved queries fit what the packaged function prints."""

import json
import re

import pytest

from documents import ROOT, blocks
from local.run import LocalRun
from provider_stack import REGION, deploy, transformed

CREATE = json.loads((ROOT / "events" / "create.json").read_text())
# What AWS measures by itself.
AWS_METRICS = {
    "AWS/Lambda": {"Duration", "Errors", "Throttles"},
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible"},
}


def event(kind="Create", **properties):
    return {**CREATE, "RequestType": kind, "ResourceProperties": {**CREATE["ResourceProperties"], **properties}}


@pytest.fixture(scope="module")
def lines(package):
    """Everything that the function prints while it succeeds, refuses, and is throttled to the end."""
    logs = []
    with LocalRun(package=package, environment={"ECRREPO_REQUIRE_SCAN_ON_PUSH": "true"}) as run:
        refused = event(ImageScanningConfiguration={"ScanOnPush": "false"})
        logs.append(run.invoke(event()).log)
        logs.append(run.invoke(refused).log)
        run.emulator.admits = lambda operation: operation != "CreateRepository"
        # Of this time the answer and the undoing of a Create get a minute each.
        logs.append(run.invoke(event(RepositoryName="team/throttled", ServiceTimeout="125")).log)
    return [json.loads(line) for log in logs for line in log.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def metrics(lines):
    """Name and dimensions of each metric that CloudWatch would read from the lines, with its values."""
    found = {}
    for line in lines:
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
            assert directive["Namespace"] == "CustomEcrRepo"
            for dimensions in directive["Dimensions"]:
                assert all(line[dimension] for dimension in dimensions)
                for metric in directive["Metrics"]:
                    found.setdefault((metric["Name"], *dimensions), []).append(line[metric["Name"]])
    return found


@pytest.fixture(scope="module")
def stack():
    return deploy(transformed(), CreateDashboard="true")


@pytest.fixture(scope="module")
def widgets(stack):
    (dashboard,) = stack.of_type("AWS::CloudWatch::Dashboard").values()
    return json.loads(dashboard["Properties"]["DashboardBody"])["widgets"]


def test_the_function_counts_outcomes_refusals_and_throttled_calls(metrics):
    assert metrics[("ResponseDelivered", "FunctionName")] == [1, 1, 1]
    assert metrics[("RequestSucceeded", "FunctionName")] == [1, 0, 0]
    assert metrics[("RequestFailed", "FunctionName")] == [0, 1, 1]
    assert metrics[("GuardrailRefusals", "FunctionName", "Guardrail")] == [1]
    assert set(metrics[("ThrottledCalls", "FunctionName")]) == {1}


def test_metrics_are_published_at_each_log_level(package):
    """Lambda treats a line without a level as INFO: docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html"""
    stack = deploy(transformed(), LogLevel="ERROR")
    function = stack.resources["EcrRepoFunction"]["Properties"]
    assert function["LoggingConfig"]["ApplicationLogLevel"] == "INFO"
    level = {"POWERTOOLS_LOG_LEVEL": stack.environment()["POWERTOOLS_LOG_LEVEL"]}
    with LocalRun(package=package, environment=level) as run:
        printed = [json.loads(line) for line in run.invoke(event()).log.splitlines() if line.startswith("{")]
    assert sum(line.get("RequestSucceeded", 0) for line in printed) == 1
    assert not [line for line in printed if line.get("level") in ("INFO", "WARN")]


def test_each_metric_line_names_the_function_that_runs(lines):
    assert {line["FunctionName"] for line in lines if "_aws" in line} == {"custom-ecrrepo"}


def test_the_dashboard_is_created_only_on_request():
    assert not deploy(transformed()).of_type("AWS::CloudWatch::Dashboard")


def test_each_metric_of_the_dashboard_exists(widgets, metrics):
    own = {name for name, *_ in metrics}
    for widget in widgets:
        assert widget["properties"]["region"] == REGION
        for metric in widget["properties"].get("metrics", []):
            if isinstance(metric[0], dict):
                search = metric[0]["expression"]
                schema, named = re.search(r"\{([^}]+)}", search)[1].split(","), re.search(r'MetricName="(\w+)"', search)[1]
                assert schema[0] == "CustomEcrRepo" and (named, *schema[1:]) in metrics
                continue
            namespace, name, dimension, value = metric[:4]
            assert name in (own if namespace == "CustomEcrRepo" else AWS_METRICS[namespace])
            assert (dimension, value) in {("FunctionName", "custom-ecrrepo"), ("QueueName", "FailureQueue")}


def queries(stack, widgets):
    saved = [body["Properties"]["QueryString"] for body in stack.of_type("AWS::Logs::QueryDefinition").values()]
    return saved + [widget["properties"]["query"] for widget in widgets if widget["type"] == "log"]


def test_each_field_of_a_query_is_one_that_the_function_prints(stack, widgets, lines):
    printed = {field for line in lines for field in line}
    for query in queries(stack, widgets):
        text = re.sub(r"\"[^\"]*\"|'[^']*'", "", query)
        made = set(re.findall(r" as (\w+)", text))
        words = set(re.findall(r"(?<![@\w])[A-Za-z]\w*(?!\w*\()", text))
        keywords = {"SOURCE", "fields", "filter", "sort", "stats", "limit", "desc", "like", "and", "or", "in", "by", "as"}
        assert words - made - keywords <= printed, query


def test_each_message_and_value_of_a_query_is_one_that_the_function_prints(stack, widgets, lines):
    printed = {str(value) for line in lines for value in line.values()} | {"not delivered"}
    for query in queries(stack, widgets):
        for value in re.findall(r"(?:=|in \[|, )\s*[\"']([^\"']*)[\"']", query):
            assert value in printed | {"team-a/checkout"}, query


def test_each_saved_query_belongs_to_this_functions_log(stack):
    for body in stack.of_type("AWS::Logs::QueryDefinition").values():
        assert body["Properties"]["LogGroupNames"] == ["/aws/lambda/custom-ecrrepo"]
        assert body["Properties"]["Name"].startswith("custom-ecrrepo/")


def test_the_operations_page_shows_each_saved_query(stack):
    shown = {block.text.strip() for block in blocks(ROOT / "docs" / "operations.md")}
    for name, body in stack.of_type("AWS::Logs::QueryDefinition").items():
        lines = body["Properties"]["QueryString"].splitlines()
        assert "\n".join(line.strip() for line in lines) in shown, name


def test_the_history_of_a_repository_has_its_calls_changes_and_outcome(lines):
    """Its query selects these lines, and each of its columns has a value in one of them."""
    name = CREATE["ResourceProperties"]["RepositoryName"]
    history = [line for line in lines if name in (line.get("repository"), line.get("physicalResourceId"))]
    for column in ("stackId", "requestType", "message", "operation", "outcome", "changes", "ms"):
        assert any(column in line for line in history), column
    assert {"plan", "call", "answered"} <= {line["message"] for line in history}
