"""The packaged function that reports, over HTTP: plans and drift, the calls that they make, and that the provider has none of it."""

import json
import re

import pytest

from local.events import DEFAULT_ACCOUNT, DEFAULT_REGION
from local.run import LocalRun, ReportFailed
from stories import Stage

STACK_ID = f"arn:aws:cloudformation:{DEFAULT_REGION}:{DEFAULT_ACCOUNT}:stack/shop/11111111-1111-1111-1111-111111111111"
READS = re.compile(r"(Describe|Get|List|StartLifecyclePolicyPreview)")


def request(physical_id=None, old=None, **properties):
    asked = {"Report": "Plan", "StackId": STACK_ID, "LogicalResourceId": "Repository", "ResourceProperties": properties}
    if physical_id:
        asked |= {"PhysicalResourceId": physical_id, "OldResourceProperties": old}
    return asked


def template(**properties):
    token = {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}
    return {"Resources": {"Repository": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": token, **properties}}}}


@pytest.fixture
def stage(run):
    return Stage(run)


def calls(run):
    made = [each.operation for each in run.emulator.calls]
    run.emulator.calls.clear()
    return made


def test_a_plan_reads_previews_once_and_changes_nothing(stage, run):
    stack = stage.cloud.create("shop", template(RepositoryName="shop/a"))
    old = stack.resources["Repository"].properties
    for tag, days in (("v1", 40), ("v2", 20), ("v3", 1), ("", 21)):
        run.push("shop/a", tag, days)
    before = run.repositories()
    calls(run)
    plan = run.report(request("shop/a", old, **old, MaxImageCount="2") | {"StackId": stack.id})
    assert plan["images"] == {"expiring": 2, "archiving": 0}
    (change,) = plan["changes"]
    assert change["operation"] == "PutLifecyclePolicy"
    assert json.loads(change["after"])["rules"][-1]["selection"]["countNumber"] == 2
    made = calls(run)
    assert [each for each in made if not READS.match(each)] == []
    assert made.count("StartLifecyclePolicyPreview") == 1
    assert run.repositories() == before
    # And what was told is what then happens.
    stage.mark()
    stack.update(template(RepositoryName="shop/a", MaxImageCount=2))
    assert set(stage.writes) - {"TagResource"} == {"PutLifecyclePolicy"}


def test_faults_refusals_and_objections_are_told_without_a_change(stage, run):
    assert run.report(request(RepositoryNam="x", MaxImageCount="0"))["faults"] == [
        "RepositoryNam is not a property of Custom::EcrRepo. Write RepositoryName.",
        'MaxImageCount: "0" is too small; the minimum is 1. Write a number, 1 or more.']
    run.call("CreateRepository", repositoryName="shop/a")
    assert "it has none of this provider's tags" in run.report(request(RepositoryName="shop/a"))["refusal"]
    everybody = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]})
    (objection,) = run.report(request(RepositoryName="shop/b", RepositoryPolicyText=everybody))["objections"]
    assert "AllowPublicAccess" in objection


def test_what_is_no_request_is_an_error(run):
    with pytest.raises(ReportFailed, match="a ServiceToken names the provider's function"):
        run.report({"RequestType": "Create", "ResponseURL": "https://example.com"})
    with pytest.raises(ReportFailed, match="StackId must be the ARN of a stack"):
        run.report({"Report": "Plan"})


def test_drift_finds_what_was_changed_by_hand_and_publishes_how_many(stage, run):
    open_to = {"Access": {"Pull": {"AccountIds": ["111122223333"]}}}
    for name in ("fine", "changed", "closed"):
        stage.cloud.create(name, template(RepositoryName=f"shop/{name}", **open_to))
    run.call("CreateRepository", repositoryName="theirs")
    run.call("PutImageTagMutability", repositoryName="shop/changed", imageTagMutability="MUTABLE")
    run.call("DeleteRepositoryPolicy", repositoryName="shop/closed")
    calls(run)
    written = run.log.stat().st_size
    seen = run.report({"Report": "Drift"})
    assert {each["repository"]: each["differences"] for each in seen["drifted"]} == {
        "shop/changed": ["ImageTagMutability is MUTABLE, but IMMUTABLE was applied"],
        "shop/closed": ["the repository policy that was applied is gone"]}
    assert (seen["lookedAt"], seen["repositories"], seen["owned"], seen["problems"]) == (4, 4, 3, [])
    assert [each for each in calls(run) if not READS.match(each)] == []
    with run.log.open("rb") as log:
        log.seek(written)
        lines = [json.loads(line) for line in log if line.startswith(b"{")]
    (metric,) = [line for line in lines if "DriftedRepositories" in line]
    assert metric["DriftedRepositories"] == 2 and metric["FunctionName"] == "custom-ecrrepo-reports"
    assert metric["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "CustomEcrRepo"
    named = {line["repository"] for line in lines if line.get("message") == "The repository is not as it was last applied."}
    assert named == {"shop/changed", "shop/closed"}


def test_the_advice_of_the_page_repairs_drift(stage, run):
    """Any change of the properties, such as of ServiceTimeout, applies everything again."""
    stack = stage.cloud.create("shop", template(RepositoryName="shop/a", MaxImageCount=5, ServiceTimeout=1800))
    run.call("PutImageTagMutability", repositoryName="shop/a", imageTagMutability="MUTABLE")
    run.call("DeleteLifecyclePolicy", repositoryName="shop/a")
    assert len(run.report({"Report": "Drift"})["drifted"][0]["differences"]) == 2
    stack.update(template(RepositoryName="shop/a", MaxImageCount=5, ServiceTimeout=1801))
    assert stack.status == "UPDATE_COMPLETE"
    assert run.report({"Report": "Drift"})["drifted"] == []


def test_a_deployment_leaves_no_drift_whatever_it_changed(stage, run):
    stack = stage.cloud.create("shop", template(RepositoryName="shop/a", Profile="SharedRegistry"))
    stack.update(template(RepositoryName="shop/a", ImageTagMutability="MUTABLE", ProtectedTags=["v*"], MaxImageCount=7))
    assert stack.status == "UPDATE_COMPLETE"
    assert run.report({"Report": "Drift"})["drifted"] == []


def test_the_provider_loads_no_class_of_the_reports(package, tmp_path):
    if package.is_dir():
        pytest.skip("the fast variant's classes come from its cache, which the JVM lists otherwise")
    log = tmp_path / "classes.txt"
    with LocalRun(package=package, environment={"JAVA_TOOL_OPTIONS": f"-Xlog:class+load:file={log}"}) as run:
        stage = Stage(run)
        stack = stage.cloud.create("shop", template(RepositoryName="shop/a"))
        stack.update(template(RepositoryName="shop/a", MaxImageCount=5))
        stack.delete()
        assert stack.status == "DELETE_COMPLETE"
    loaded = re.findall(r"\bdev\.ecrrepo\.\S+", log.read_text())
    assert "dev.ecrrepo.EcrRepoProvider" in loaded
    assert [name for name in loaded if name.startswith(("dev.ecrrepo.report.", "dev.ecrrepo.Report"))] == []
