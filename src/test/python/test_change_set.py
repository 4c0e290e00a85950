"""`make plan` and CloudFormation: the calls, in AWS's own shapes as botocore knows them, and what is made of the answers."""

import io
import json
import os
import subprocess
import sys

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber

from local import find
from local.smoke.ministack import MiniStack
from report import __main__ as command
from report import resources, verdict
from report.changeset import ChangeSet, ChangeSetFailed

STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/11111111-1111-1111-1111-111111111111"
SET_ID = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/plan/22222222-2222-2222-2222-222222222222"
TOKEN = "arn:aws:lambda:eu-west-1:123456789012:function:custom-ecrrepo"
OLD = {"ServiceToken": TOKEN, "RepositoryName": "shop/a"}


def change(action="Modify", name="Repository", kind="Custom::EcrRepo", before=None, after=None, **more):
    """As DescribeChangeSet lists it; the contexts hold more than properties."""
    listed = {"Action": action, "LogicalResourceId": name, "ResourceType": kind, "Scope": ["Properties"], "Details": [], **more}
    if action != "Add":
        listed["PhysicalResourceId"] = "shop/a"
    for context, properties in (("BeforeContext", before), ("AfterContext", after)):
        if properties is not None:
            listed[context] = json.dumps({"Properties": properties, "Metadata": {}})
    return {"Type": "Resource", "ResourceChange": listed}


def plain(*changes):
    """The same changes as the answer without property values has them."""
    hidden = ("BeforeContext", "AfterContext")
    return [one | {"ResourceChange": {k: v for k, v in one["ResourceChange"].items() if k not in hidden}} for one in changes]


class CloudFormation:
    """A client whose every call and answer is written down beforehand; botocore checks the shape of both."""

    def __init__(self):
        self.api = boto3.client("cloudformation", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
        self.stub = Stubber(self.api)
        self.slept = []

    def absent(self):
        self.stub.add_client_error(
            "describe_stacks", "ValidationError", "Stack with id shop does not exist", expected_params={"StackName": "shop"})

    def exists(self, status="UPDATE_COMPLETE", parameters=()):
        given = [{"ParameterKey": name, "ParameterValue": "x"} for name in parameters]
        stack = {"StackName": "shop", "StackId": STACK_ID, "StackStatus": status, "CreationTime": "2026-01-01T00:00:00Z", "Parameters": given}
        self.stub.add_response("describe_stacks", {"Stacks": [stack]}, {"StackName": "shop"})

    def summary(self, *parameters):
        self.stub.add_response(
            "get_template_summary", {"Parameters": [{"ParameterKey": name} for name in parameters]}, {"TemplateBody": "T"})

    def created(self, kind, parameters=()):
        wanted = {
            "StackName": "shop", "ChangeSetName": ANY, "ChangeSetType": kind, "TemplateBody": "T", "Parameters": list(parameters),
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"], "Description": ANY}
        self.stub.add_response("create_change_set", {"Id": SET_ID, "StackId": STACK_ID}, wanted)

    def described(self, changes=(), status="CREATE_COMPLETE", reason="", token=None, **asked):
        answer = {"ChangeSetId": SET_ID, "Status": status, "StatusReason": reason, "Changes": list(changes)}
        if token:
            answer["NextToken"] = token
        self.stub.add_response("describe_change_set", answer, {"ChangeSetName": SET_ID, **asked})

    def deleted(self):
        self.stub.add_response("delete_change_set", {}, {"ChangeSetName": SET_ID})

    def others(self, *ids):
        listed = [{"ChangeSetId": each, "Status": "CREATE_COMPLETE"} for each in ids]
        self.stub.add_response("list_change_sets", {"Summaries": listed}, {"StackName": STACK_ID})

    def stack_deleted(self):
        self.stub.add_response("delete_stack", {}, {"StackName": STACK_ID})

    def describe(self, **parameters):
        with self.stub, ChangeSet(self.api, "shop", "T", parameters, self.slept.append) as made:
            described = made.describe()
        self.stub.assert_no_pending_responses()
        return described


@pytest.fixture
def cloud():
    return CloudFormation()


def test_it_is_described_twice_in_all_pages_and_deleted(cloud):
    changes = [change(name=name, before=OLD, after=OLD | {"MaxImageCount": "5"}) for name in "ABC"]
    cloud.exists()
    cloud.summary()
    cloud.created("UPDATE")
    cloud.described(status="CREATE_IN_PROGRESS")
    cloud.described(plain(*changes))
    cloud.described(plain(*changes[:2]), token="more")
    cloud.described(plain(*changes[2:]), NextToken="more")
    cloud.described(changes[:1], token="next", IncludePropertyValues=True)
    cloud.described(changes[1:], NextToken="next", IncludePropertyValues=True)
    cloud.deleted()
    described = cloud.describe()
    assert (described.plain, described.valued) == (plain(*changes), changes)
    assert len(cloud.slept) == 1


def test_the_empty_stack_that_it_made_is_deleted_too(cloud):
    cloud.absent()
    cloud.summary()
    cloud.created("CREATE")
    cloud.described()
    cloud.described()
    cloud.described(IncludePropertyValues=True)
    cloud.deleted()
    cloud.exists("REVIEW_IN_PROGRESS")
    cloud.others(SET_ID)
    cloud.stack_deleted()
    cloud.describe()


@pytest.mark.parametrize("status, others", [("REVIEW_IN_PROGRESS", ["arn:aws:another"]), ("CREATE_IN_PROGRESS", None)])
def test_a_stack_that_somebody_else_began_to_use_stays(cloud, status, others):
    cloud.absent()
    cloud.summary()
    cloud.created("CREATE")
    cloud.described()
    cloud.described()
    cloud.described(IncludePropertyValues=True)
    cloud.deleted()
    cloud.exists(status)
    if others:
        cloud.others(*others)
    cloud.describe()


def test_an_empty_stack_that_was_there_before_stays(cloud):
    cloud.exists("REVIEW_IN_PROGRESS")
    cloud.summary()
    cloud.created("CREATE")
    cloud.described()
    cloud.described()
    cloud.described(IncludePropertyValues=True)
    cloud.deleted()
    cloud.describe()


@pytest.mark.parametrize("reason", [
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    "No updates are to be performed."])
def test_without_changes_there_is_nothing_to_do(cloud, reason):
    cloud.exists()
    cloud.summary()
    cloud.created("UPDATE")
    cloud.described(status="FAILED", reason=reason)
    cloud.deleted()
    assert cloud.describe().plain == []


def test_a_change_set_that_fails_gives_its_reason_and_is_deleted(cloud):
    cloud.exists()
    cloud.summary()
    cloud.created("UPDATE")
    cloud.described(status="FAILED", reason="Transform AWS::Serverless-2016-10-31 failed")
    cloud.deleted()
    with pytest.raises(ChangeSetFailed, match="Transform"):
        cloud.describe()
    cloud.stub.assert_no_pending_responses()


def test_what_is_not_given_keeps_its_value_if_the_template_still_has_it(cloud):
    cloud.exists(parameters=["Kept", "Given", "Gone"])
    cloud.summary("Kept", "Given", "New")
    cloud.created("UPDATE", [
        {"ParameterKey": "Given", "ParameterValue": "1"}, {"ParameterKey": "Kept", "UsePreviousValue": True}])
    cloud.described(status="FAILED", reason="No updates are to be performed.")
    cloud.deleted()
    cloud.describe(Given="1")


def test_other_refusals_of_cloudformation_are_errors(cloud):
    cloud.stub.add_client_error("describe_stacks", "AccessDenied", "You may not")
    with cloud.stub, pytest.raises(ClientError, match="You may not"):
        with ChangeSet(cloud.api, "shop", "T", {}):
            pass


def read(*changes, hidden=()):
    """`hidden` are the logical IDs that the second answer leaves out."""
    valued = [one for one in changes if one["ResourceChange"]["LogicalResourceId"] not in hidden]
    return resources.read(plain(*changes), valued, "custom-ecrrepo")


def test_a_resource_that_the_second_answer_leaves_out_is_an_error_and_not_no_change():
    """aws-cdk-cli #1780, #1785."""
    seen = change(name="Seen", before=OLD, after=OLD)
    dropped = change(name="Dropped", before=OLD, after=OLD)
    with pytest.raises(resources.MissingValues, match="Dropped: CloudFormation tells that it would Modify"):
        read(seen, dropped, hidden={"Dropped"})


@pytest.mark.parametrize("one", [
    change("Add"), change("Modify", after=OLD), change("Modify", before=OLD), change("Remove"), change("Import", after=OLD)],
    ids=["no values", "no old ones", "no new ones", "removed without values", "import"])
def test_a_change_without_its_values_is_an_error(one):
    with pytest.raises(resources.MissingValues):
        read(one)


def test_values_of_other_types_may_be_missing():
    other = change(name="Data", kind="AWS::QBusiness::DataSource")
    ours = change("Add", after=OLD)
    assert [one.logical_id for one in read(other, ours, hidden={"Data"}).resources] == ["Repository"]


def test_other_custom_types_with_the_providers_token_count_and_nested_stacks_are_told():
    found = read(
        change("Add", name="Named", kind="Custom::ECRRepo", after=OLD),
        change("Add", name="Others", kind="Custom::Other", after={"ServiceToken": TOKEN + "-other"}),
        change("Add", name="Nested", kind="AWS::CloudFormation::Stack"))
    assert [one.logical_id for one in found.resources] == ["Named"]
    assert found.notes == ["Nested is a nested stack, which is not looked into."]


def planned(*changes, answer=None, new_stack=False):
    """The verdicts, and what the function was asked."""
    asked = []

    def ask(request):
        asked.append(json.loads(json.dumps(request)))
        return dict(answer or {"repository": "shop/a", "exists": True, "changes": []})
    return verdict.plan(read(*changes).resources, STACK_ID, new_stack, ask), asked


def test_the_function_is_asked_in_the_terms_of_an_event_with_strings():
    (one,), (asked,) = planned(change(before=OLD, after=OLD | {"MaxImageCount": 5, "EmptyOnDelete": True}))
    assert asked == {
        "Report": "Plan", "StackId": STACK_ID, "LogicalResourceId": "Repository", "PhysicalResourceId": "shop/a",
        "OldResourceProperties": OLD, "ResourceProperties": OLD | {"MaxImageCount": "5", "EmptyOnDelete": "true"}}
    assert one.status == verdict.NOTHING


@pytest.mark.parametrize("value, why", [
    ({"Pull": {"PrincipalArns": ["{{changeSet:KNOWN_AFTER_APPLY}}"]}}, "known only after the deployment"),
    ({"Pull": {"AccountIds": ["{{resolve:ssm:/accounts}}"]}}, "a dynamic reference"),
    ({"Pull": {"AccountIds": ["****"]}}, "NoEcho")])
def test_what_cannot_be_known_is_said_and_planned_as_it_was(value, why):
    before = OLD | {"Access": {"Pull": {"AccountIds": ["111111111111"]}}}
    (one,), (asked,) = planned(change(before=before, after=OLD | {"Access": value, "MaxImageCount": "5"}))
    assert asked["ResourceProperties"]["Access"] == before["Access"]
    assert why in one.unknown["Access"]
    assert one.status == verdict.CHANGES
    (_,), (new,) = planned(change(before=OLD, after=OLD | {"Access": value, "MaxImageCount": "5"}))
    assert "Access" not in new["ResourceProperties"]


def test_without_the_name_nothing_is_planned():
    (one,), asked = planned(change("Add", after=OLD | {"RepositoryName": "{{changeSet:KNOWN_AFTER_APPLY}}"}))
    assert (asked, one.status) == ([], verdict.CHANGES)
    assert one.notes == ["Without the name of the repository nothing can be planned."]


def test_a_change_of_nothing_but_metadata_asks_nothing():
    (one,), asked = planned(change(before=OLD, after=OLD))
    assert (asked, one.status) == ([], verdict.NOTHING)


@pytest.mark.parametrize("answer, status", [
    ({"changes": []}, verdict.NOTHING),
    ({"changes": [], "writesRecord": True}, verdict.NOTHING),
    ({"changes": [{"operation": "TagResource", "description": "set the tags Team"}]}, verdict.CHANGES),
    ({"faults": ["a: b. c"]}, verdict.REFUSED),
    ({"refusal": "It exists already."}, verdict.REFUSED),
    ({"changes": [{}], "objections": ["Tags: the provider's guardrail …"]}, verdict.REFUSED)])
def test_the_status_is_the_worst_of_all(answer, status):
    (one,), _ = planned(change(before=OLD, after=OLD | {"MaxImageCount": "5"}), answer=answer)
    assert one.status == status
    assert verdict.overall([one]) == status


def test_a_retained_resource_loses_nothing():
    (one,), asked = planned(change("Remove", before=OLD, PolicyAction="Retain"))
    assert asked == [] and "kept" in one.notes[0]


def test_a_repository_that_a_sibling_takes_over_does_not_go():
    answers = {
        "New": {"repository": "shop/a", "exists": True, "takesOver": True, "changes": [{}]},
        "Old": {"removal": {"repository": "shop/a", "deletes": True, "description": "The repository is deleted."}}}
    found = read(change("Add", name="New", after=OLD), change("Remove", name="Old", before=OLD))
    _, old = verdict.plan(found.resources, STACK_ID, False, lambda request: answers[request["LogicalResourceId"]])
    assert old.report["removal"]["deletes"] is False and "resource New" in old.report["removal"]["description"]


def plan_in(world, folder, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MAKE"))}
    clean |= {
        "AWS_ENDPOINT_URL": world.url, "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "local",
        "REGION": "us-east-1", "PYTHONPATH": str(find.ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "report", "plan"], cwd=folder, env=clean, capture_output=True, text=True, timeout=120)


def test_in_an_emulator_of_cloudformation_nothing_is_left_and_missing_values_are_an_error(tmp_path):
    """MiniStack makes change sets and tells no property values: just what must not pass for "no changes"."""
    topic = "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: %s}}}"
    (tmp_path / "ours.yaml").write_text(
        "Resources: {Repository: {Type: Custom::EcrRepo, Properties: {ServiceToken: '%s'}}}" % TOKEN.replace("eu-west-1", "us-east-1"))
    (tmp_path / "same.yaml").write_text(topic % "a")
    (tmp_path / "other.yaml").write_text(topic % "b")
    with MiniStack() as world:
        api = boto3.client(
            "cloudformation", region_name="us-east-1", endpoint_url=world.url, aws_access_key_id="123456789012",
            aws_secret_access_key="local")
        refused = plan_in(world, tmp_path, STACK="new", TEMPLATE="ours.yaml")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "Repository: CloudFormation tells that it would Add this resource, but not its properties" in refused.stderr
        assert api.describe_stacks()["Stacks"] == []
        api.create_stack(StackName="there", TemplateBody=topic % "a")
        api.get_waiter("stack_create_complete").wait(StackName="there", WaiterConfig={"Delay": 1})
        for template in ("same.yaml", "other.yaml"):
            done = plan_in(world, tmp_path, STACK="there", TEMPLATE=template)
            assert (done.returncode, done.stderr) == (0, ""), done.stdout
            assert done.stdout.endswith("Nothing to do.\n")
        assert api.list_change_sets(StackName="there")["Summaries"] == []
        assert [one["StackName"] for one in api.describe_stacks()["Stacks"]] == ["there"]


@pytest.mark.parametrize("arguments, said", [
    ({}, "Write make plan STACK=name TEMPLATE=my.yaml"),
    ({"STACK": "a", "TEMPLATE": "nope.yaml"}, "nope.yaml cannot be read"),
    ({"STACK": "a", "TEMPLATE": "long.yaml"}, "longer than 51200 bytes")])
def test_what_is_wrong_with_a_wish_is_status_1(tmp_path, arguments, said):
    (tmp_path / "long.yaml").write_text("#" * 51_201)
    environment = {name: value for name, value in os.environ.items() if name not in ("STACK", "TEMPLATE")}
    environment |= {"PYTHONPATH": str(find.ROOT), "REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
                    "AWS_ENDPOINT_URL": "http://127.0.0.1:9", **arguments}
    done = subprocess.run(
        [sys.executable, "-m", "report", "plan"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.fixture
def function(monkeypatch):
    """Lambda's client, with the one answer that it gives, and the request that it expects."""
    api = boto3.client("lambda", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    monkeypatch.setattr(command, "_client", lambda service: api)
    monkeypatch.setenv("FUNCTION", "mine-reports")
    for name in ("FORMAT", "STACK", "TEMPLATE"):
        monkeypatch.delenv(name, raising=False)
    with Stubber(api) as stub:
        def answers(body, **more):
            response = {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(json.dumps(body).encode()), len(json.dumps(body))), **more}
            stub.add_response("invoke", response, {"FunctionName": "mine-reports", "Payload": b'{"Report": "Drift"}'})
        yield answers


SEEN = {"repositories": 3, "lookedAt": 3, "owned": 2, "drifted": [], "withoutRecord": [], "problems": []}


def test_drift_prints_what_the_function_says(function, capsys):
    function(SEEN | {"drifted": [{"repository": "shop/a", "stackId": STACK_ID, "logicalId": "R", "differences": ["it differs"]}]})
    assert command.main(["drift"]) == 2
    assert capsys.readouterr().out == (
        f"shop/a (R of {STACK_ID})\n    it differs\n"
        "Repositories: 3 of 3 looked at, 2 owned by the provider, 1 different from what was last applied.\n")
    function(SEEN)
    assert command.main(["drift"]) == 0


def test_a_function_that_fails_is_an_error_with_its_words(function, capsys):
    function({"errorMessage": "StackId must be the ARN of a stack.", "errorType": "x"}, FunctionError="Unhandled")
    assert command.main(["drift"]) == 1
    assert capsys.readouterr().err == "The function mine-reports failed: StackId must be the ARN of a stack.\n"
