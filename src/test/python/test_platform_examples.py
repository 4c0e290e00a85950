"""What a platform team puts around repositories: a StackSet of the provider, a Guard rule and its Hook, a workflow that lints."""

import json
import re
import subprocess
import sys

import pytest
import yaml

import provider_stack
from documents import ROOT
from stories import failures

STACK_SET = ROOT / "examples" / "stack-set" / "provider.yaml"
HOOK = ROOT / "examples" / "guard" / "hook.yaml"
RULE = ROOT / "examples" / "guard" / "no-native-ecr-repository.guard"
WORKFLOW = ROOT / "examples" / "workflows" / "lint-templates.yml"


@pytest.mark.parametrize("path", [STACK_SET, HOOK], ids=lambda path: path.parent.name)
def test_a_template_lints_and_deploys_and_goes(stage, path):
    linter = f"{sys.prefix}/bin/cfn-lint"
    done = subprocess.run([linter, "-t", path], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "")
    stack = stage.cloud.create("platform", path)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    stack.delete()
    assert stack.status == "DELETE_COMPLETE", failures(stack)


def test_the_stack_set_gives_the_provider_parameters_that_it_takes():
    provider = provider_stack.source()["Parameters"]
    properties = provider_stack.source(STACK_SET)["Resources"]["Provider"]["Properties"]
    for parameter in properties["Parameters"]:
        stated = provider[parameter["ParameterKey"]]
        value = parameter["ParameterValue"]
        if isinstance(value, dict):
            value = provider_stack.source(STACK_SET)["Parameters"][value["Ref"]]["Default"]
        assert value in stated.get("AllowedValues", [value])
        assert re.fullmatch(stated.get("AllowedPattern", ".*"), value), parameter


def types(*names):
    return {f"R{number}": {"Type": name} for number, name in enumerate(names)}


@pytest.mark.parametrize(
    ("resources", "status"),
    [
        (types("AWS::ECR::Repository"), "FAIL"),
        (types("Custom::EcrRepo", "AWS::ECR::Repository"), "FAIL"),
        (types("Custom::EcrRepo", "AWS::ECR::ReplicationConfiguration"), "PASS"),
        (types("AWS::S3::Bucket"), "PASS"),
        ({"R": {"ResourceType": "AWS::ECR::Repository", "ResourceProperties": {}}}, "FAIL"),
        ({"R": {"ResourceType": "AWS::S3::Bucket", "ResourceProperties": {}}}, "PASS"),
    ],
)
def test_the_rule_refuses_native_repositories_and_nothing_else(resources, status):
    guard = pytest.importorskip("cfn_guard_rs", reason="cfn-guard-rs has no wheels for this Python")
    report = guard.run_checks({"Resources": resources}, RULE.read_text())
    assert report.status == status
    assert ("Use Custom::EcrRepo" in str(report)) == (status == "FAIL")


def test_the_hook_reads_the_rule_by_its_role_and_judges_creations_only():
    resources = provider_stack.source(HOOK)["Resources"]
    hook = resources["Hook"]["Properties"]
    assert hook["TargetFilters"] == {"TargetNames": ["AWS::ECR::Repository"], "Actions": ["CREATE"]}
    assert provider_stack.source(HOOK)["Parameters"]["RuleKey"]["Default"] == RULE.name
    (policy,) = resources["Role"]["Properties"]["Policies"]
    allowed = {json.dumps(each["Resource"]): each["Action"] for each in policy["PolicyDocument"]["Statement"]}
    rule = hook["RuleLocation"]["Uri"]["Fn::Sub"].removeprefix("s3://")
    assert "s3:GetObject" in allowed[json.dumps({"Fn::Sub": "arn:${AWS::Partition}:s3:::" + rule})]


def test_the_workflow_runs_the_command_of_the_wheel():
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["lint"]["steps"]
    install, lint = [step["run"] for step in steps if "run" in step]
    project = (ROOT / "schema" / "pyproject.toml").read_text()
    name = re.search(r'^name = "([^"]+)"', project, re.MULTILINE)[1].replace("-", "_")
    assert f"/{name}-*.whl" in install
    command = lint.split()[0]
    assert re.search(rf"^{command} = ", project, re.MULTILINE)


@pytest.mark.parametrize(("property_", "status"), [("MaxImageCount", 0), ("MaxImageCnt", 2)])
def test_the_workflows_lint_finds_a_misspelled_property(tmp_path, property_, status):
    """Its last step, with the rules from the sources as the command of the wheel takes them."""
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["lint"]["steps"]
    (tmp_path / "templates" / "team").mkdir(parents=True)
    text = (ROOT / "examples" / "minimal.yaml").read_text()
    changed = text.replace("ServiceTimeout: 1800", f"ServiceTimeout: 1800\n      {property_}: 5")
    (tmp_path / "templates" / "team" / "repository.yaml").write_text(changed)
    command = steps[-1]["run"].replace("cfn-lint-ecrrepo", f"{sys.prefix}/bin/cfn-lint --append-rules {ROOT}/schema/cfn-lint")
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == status, done.stdout
    assert ("MaxImageCnt" in done.stdout) == (status != 0)
