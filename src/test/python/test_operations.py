"""`make replay` and `make inventory`, against moto's SQS and Lambda, MiniStack's CloudFormation, and the packaged function."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from documents import ROOT
from local.run import LocalRun, Step
from local.smoke.ministack import MiniStack
from operations import command, inventory, replay

CREATE = json.loads((ROOT / "events" / "create.json").read_text())
FUNCTION = "custom-ecrrepo"
REGION = "us-east-1"


class Lambda:
    """moto's, in which the packaged function is what runs; asynchronous as far as its caller can tell."""

    def __init__(self, moto: Any, run: LocalRun):
        self._moto, self._run = moto, run
        self.steps: list[Step] = []
        self.refuses_after = 1000

    def get_function_event_invoke_config(self, **request: Any) -> Any:
        return self._moto.get_function_event_invoke_config(**request)

    def invoke(self, FunctionName: str, InvocationType: str, Payload: bytes) -> None:
        assert InvocationType == "Event"
        if len(self.steps) == self.refuses_after:
            raise command.Failed("Lambda is not there")
        _, _, qualifier = FunctionName.partition(f":function:{FUNCTION}")
        self.steps.append(self._run.invoke(Payload, qualifier=qualifier.removeprefix(":")))


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def _client(service: str, url: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service, endpoint_url=url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture
def deployed(moto: str, run: LocalRun) -> str:
    """The function and its queue, whose URL this is. After `run`, which empties all of moto."""
    url: str = _client("sqs", moto).create_queue(QueueName="failures")["QueueUrl"]
    role = _client("iam", moto).create_role(RoleName="role", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    empty = b"PK\x05\x06" + bytes(18)
    api = _client("lambda", moto)
    api.create_function(FunctionName=FUNCTION, Runtime="java25", Role=role, Handler="h", Code={"ZipFile": empty})
    queue = f"arn:aws:sqs:{REGION}:123456789012:failures"
    api.put_function_event_invoke_config(FunctionName=FUNCTION, DestinationConfig={"OnFailure": {"Destination": queue}})
    return url


@pytest.fixture
def queue(moto: str, deployed: str) -> tuple[Any, str]:
    return _client("sqs", moto), deployed


@pytest.fixture
def function(moto: str, run: LocalRun) -> Lambda:
    return Lambda(_client("lambda", moto), run)


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch, queue: tuple[Any, str], function: Lambda) -> None:
    monkeypatch.setattr(command, "client", {"lambda": function, "sqs": queue[0]}.__getitem__)
    monkeypatch.setenv("YES", "1")


def given_up(queue: tuple[Any, str], name: str, minutes: int, qualifier: str = "$LATEST", **properties: str) -> None:
    """Puts an event into the queue as Lambda does; CloudFormation sent it so many minutes ago."""
    sent = (datetime.now(timezone.utc) - timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")
    event = {
        **CREATE,
        "RequestId": f"request-{name}",
        "LogicalResourceId": name.title(),
        "ResponseURL": f"{CREATE['ResponseURL']}&X-Amz-Date={sent}",
        "ResourceProperties": {**CREATE["ResourceProperties"], "RepositoryName": name, **properties},
    }
    arn = f"arn:aws:lambda:{REGION}:123456789012:function:{FUNCTION}:{qualifier}"
    record = {
        "version": "1.0",
        "requestContext": {"functionArn": arn, "condition": "RetriesExhausted", "approximateInvokeCount": 3},
        "requestPayload": event,
        "responsePayload": {"errorMessage": "CloudFormation could not be told"},
    }
    queue[0].send_message(QueueUrl=queue[1], MessageBody=json.dumps(record))


def left(queue: tuple[Any, str]) -> list[str]:
    """The logical IDs of the events that somebody could receive now."""
    return [failure.event.get("LogicalResourceId", "?") for failure in replay.waiting(*queue)]


@pytest.mark.usefixtures("clients")
def test_events_are_replayed_oldest_first_and_answered(
    queue: tuple[Any, str], function: Lambda, capsys: pytest.CaptureFixture[str]
) -> None:
    given_up(queue, "second", minutes=5)
    given_up(queue, "first", minutes=10)
    assert replay.main() == 0
    answers = [step.response for step in function.steps]
    assert [(answer["Status"], answer["PhysicalResourceId"]) for answer in answers] == [
        ("SUCCESS", "first"), ("SUCCESS", "second")]
    assert left(queue) == []
    printed = capsys.readouterr().out
    assert "Replayed: 2. Kept in the queue: 0." in printed
    assert "X-Amz" not in printed and "https" not in printed, "a response URL is a credential"


@pytest.mark.usefixtures("clients")
def test_an_event_whose_stack_no_longer_waits_stays(queue: tuple[Any, str], function: Lambda) -> None:
    given_up(queue, "late", minutes=31, ServiceTimeout="1800")
    given_up(queue, "intime", minutes=20, ServiceTimeout="1800")
    queue[0].send_message(QueueUrl=queue[1], MessageBody="no record")
    assert replay.main() == 0
    assert [step.response["PhysicalResourceId"] for step in function.steps] == ["intime"]
    assert sorted(left(queue)) == ["?", "Late"]


@pytest.mark.usefixtures("clients")
def test_a_tenants_event_comes_by_the_tenants_alias(queue: tuple[Any, str], function: Lambda) -> None:
    given_up(queue, "tenant", minutes=1, qualifier="account-210987654321")
    assert replay.main() == 0
    (step,) = function.steps
    assert "this ServiceToken is for stacks of account 210987654321" in step.response["Reason"]


@pytest.mark.usefixtures("clients")
def test_what_lambda_did_not_accept_can_be_received_again(queue: tuple[Any, str], function: Lambda) -> None:
    given_up(queue, "first", minutes=10)
    given_up(queue, "second", minutes=5)
    function.refuses_after = 1
    assert command.run(replay.main) == 1
    assert left(queue) == ["Second"]


@pytest.mark.usefixtures("clients")
def test_without_a_yes_nothing_is_replayed(
    queue: tuple[Any, str], function: Lambda, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given_up(queue, "first", minutes=10)
    monkeypatch.delenv("YES")
    assert command.run(replay.main) == 1
    assert "nobody is here to answer" in capsys.readouterr().err
    assert (function.steps, left(queue)) == ([], ["First"])


@pytest.mark.usefixtures("clients")
def test_as_json_standard_output_is_one_document(
    queue: tuple[Any, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given_up(queue, "first", minutes=10)
    monkeypatch.setenv("FORMAT", "json")
    assert replay.main() == 0
    assert json.loads(capsys.readouterr().out) == {"replayed": 1, "kept": 0}


def test_a_function_without_a_queue_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def get_function_event_invoke_config(self, **_: Any) -> dict[str, Any]:
            return {}

    with pytest.raises(command.Failed, match="The function other has no queue"):
        replay.queue_url("other", Other(), None)


@pytest.fixture(scope="module")
def cloud() -> Iterator[str]:
    with MiniStack() as world:
        yield world.url


STACK = json.dumps({"Resources": {"Parameter": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "x"}}}})


def test_the_inventory_names_each_repository_its_stack_and_whether_it_lives(
    cloud: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "client", lambda service: _client(service, cloud))
    monkeypatch.setenv("FORMAT", "text")
    cloudformation, ecr = _client("cloudformation", cloud), _client("ecr", cloud)
    living = cloudformation.create_stack(StackName="living", TemplateBody=STACK)["StackId"]
    cloudformation.get_waiter("stack_create_complete").wait(StackName="living", WaiterConfig={"Delay": 1})
    account = living.split(":")[4]
    gone = f"arn:aws:cloudformation:{REGION}:{account}:stack/gone/6f2a1b70-9d1e-11f0-8c3b-0affd5a7c1e5"
    tenant = gone.replace(account, "210987654321").replace("/gone/", "/tenant/")

    def repository(name: str, **tags: str) -> None:
        listed = [{"Key": f"ecrrepo:{key.replace('_', '-')}", "Value": value} for key, value in tags.items()]
        ecr.create_repository(repositoryName=name, tags=listed)

    repository("nobodys")
    repository("app/a", managed_by="Custom::EcrRepo", stack_id=living, logical_id="A", adopted="true")
    repository("app/b", managed_by="Custom::EcrRepo", stack_id=living, logical_id="B")
    repository("old/c", managed_by="Custom::EcrRepo", stack_id=gone, logical_id="C")
    repository("their/d", managed_by="Custom::EcrRepo", stack_id=tenant, logical_id="D")

    assert inventory.main() == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1:5] == [
        ["gone", "GONE", "C", "old/c"],
        ["living", "CREATE_COMPLETE", "A", "app/a", "adopted"],
        ["living", "CREATE_COMPLETE", "B", "app/b"],
        ["tenant", "OTHER", "ACCOUNT", "D", "their/d"],
    ]
    assert " ".join(lines[-1]) == "Repositories: 4, of 3 stacks. Repositories whose stack is gone: 1."

    monkeypatch.setenv("FORMAT", "json")
    assert inventory.main() == 0
    entries = json.loads(capsys.readouterr().out)["repositories"]
    assert [(entry["repository"], entry["stackStatus"]) for entry in entries][0] == ("old/c", "GONE")
    assert entries[1] == {
        "repository": "app/a", "stackId": living, "logicalResourceId": "A", "stackStatus": "CREATE_COMPLETE", "adopted": True}
