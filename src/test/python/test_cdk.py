"""The CDK construct: what its apps synthesize is what the provider takes, and it runs."""

import json
import os
import subprocess
import sys

import pytest

from documents import ROOT, blocks
from stories import Stage, failures

CDK = ROOT / "cdk"


@pytest.fixture(scope="session")
def construct():
    """Compiled by jsii, which also holds it to what other languages can express."""
    done = subprocess.run(
        ["node", CDK / "node_modules" / "jsii" / "bin" / "jsii", "--silence-warnings=reserved-word"],
        cwd=CDK, capture_output=True, text=True, timeout=300,
        env={**os.environ, "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    return CDK


@pytest.fixture(scope="session")
def templates(construct, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cdk")
    subprocess.run(["node", ROOT / "src" / "test" / "cdk-construct" / "app.js", construct, folder], check=True, timeout=300)
    return folder


def resource(templates, name):
    resources = json.loads((templates / f"{name}.json").read_text())["Resources"]
    (found,) = [each for each in resources.values() if each["Type"] == "Custom::EcrRepo"]
    return found


def test_the_properties_are_those_of_the_schema():
    sys.path.insert(0, str(CDK))
    try:
        import make_properties
    finally:
        sys.path.remove(str(CDK))
    assert make_properties.TARGET.read_text() == make_properties.text(), "run: python3 cdk/make_properties.py"


def test_names_are_capitalized_at_every_depth_and_those_of_documents_stay(templates):
    found = resource(templates, "properties")
    properties = found["Properties"]
    assert properties["LifecycleRules"] == [
        {"Description": "few", "ForEachTagPattern": ["v*", "w*"], "MaxImageCount": 10, "StorageClass": "Standard"}]
    assert properties["Access"] == {
        "Pull": {"AccountIds": ["111122223333"]}, "Lambda": {"AccountIds": ["111122223333"]}}
    assert properties["RepositoryPolicyText"]["Statement"][0]["Sid"] == "Own"
    assert properties["Tags"] == [{"Key": "cost", "Value": "1"}, {"Key": "team", "Value": "payments"}]
    assert (properties["ServiceTimeout"], found["DeletionPolicy"]) == ("1200", "Delete")


def test_a_repository_is_kept_and_its_token_imported_unless_told_otherwise(templates):
    found = resource(templates, "minimal")
    assert found["Properties"] == {
        "ServiceToken": {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}, "ServiceTimeout": "1800"}
    assert found["DeletionPolicy"] == "RetainExceptOnCreate"


def test_grants_to_others_join_access_and_what_access_cannot_say_the_policy(templates):
    properties = resource(templates, "grants")["Properties"]
    account = properties["Access"]["Pull"]["AccountIds"]
    assert account == ["111122223333", "444455556666"]
    assert properties["Access"]["Push"] == {"PrincipalArns": ["arn:aws:iam::444455556666:role/ci"]}
    assert properties["Access"]["Read"] == {"OrganizationIds": ["o-a1b2c3d4e5"]}
    other, conditional = properties["RepositoryPolicyText"]["Statement"]
    assert other["Action"] == "ecr:ListImages"
    assert conditional["Condition"] == {"StringEquals": {"aws:PrincipalTag/a": "b"}}


def test_a_role_of_the_own_account_gets_an_iam_policy(templates):
    resources = json.loads((templates / "grants.json").read_text())["Resources"]
    (policy,) = [each for each in resources.values() if each["Type"] == "AWS::IAM::Policy"]
    assert "ecr:PutImage" in json.dumps(policy["Properties"]["PolicyDocument"])


@pytest.mark.parametrize("name", ["minimal", "properties", "grants"])
def test_the_apps_run(run, templates, name):
    stage = Stage(run)
    stack = stage.cloud.create("cdk", templates / f"{name}.json")
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    assert len(run.repositories()) == 1
    stack.delete()
    assert stack.status == "DELETE_COMPLETE", failures(stack)


def test_the_apps_lint(templates):
    linter = f"{sys.prefix}/bin/cfn-lint"
    done = subprocess.run(
        [linter, "--append-rules", ROOT / "schema" / "cfn-lint", "-t", *sorted(templates.glob("*.json"))],
        capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout


def test_the_snippet_in_typescript_compiles_and_synthesizes(construct, tmp_path):
    (snippet,) = [each for each in blocks(CDK / "README.md") if each.info == "ts app.ts"]
    folder = tmp_path / "node_modules"
    folder.mkdir()
    for each in (CDK / "node_modules").iterdir():
        (folder / each.name).symlink_to(each)
    (folder / "custom-ecrrepo").symlink_to(CDK)
    (tmp_path / "app.ts").write_text(snippet.text + "app.synth();\n")
    compiler = CDK / "node_modules" / "typescript" / "bin" / "tsc"
    subprocess.run(
        ["node", compiler, "--strict", "--skipLibCheck", "--module", "commonjs", "--target", "es2022", "--types", "node",
         "--preserveSymlinks", "app.ts"], cwd=tmp_path, check=True, timeout=300)
    subprocess.run(["node", "--preserve-symlinks", "app.js"], cwd=tmp_path, check=True, timeout=300,
                   env={**os.environ, "CDK_OUTDIR": str(tmp_path / "out")})
    assert "444455556666" in (tmp_path / "out" / "checkout.template.json").read_text()
