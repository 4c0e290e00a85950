"""The CDK construct: what its apps synthesize is what the provider takes, and it runs."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from documents import ROOT, blocks
from environments import clean
from stories import Stage, failures

CDK = ROOT / "cdk"


@pytest.fixture(scope="session")
def construct():
    """Compiled by jsii, which also holds it to what other languages can express."""
    npm("run", "build")
    return CDK


@pytest.fixture(scope="session")
def packages(construct):
    """What the page says to build: the packages for npm and PyPI."""
    shutil.rmtree(CDK / "dist", ignore_errors=True)
    npm("run", "package", "--", "--target", "js", "--target", "python")
    return CDK / "dist"


def npm(*words):
    # jsii makes its Python package with the first python3 that it finds.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["npm", *words], cwd=CDK, capture_output=True, text=True, timeout=300, env=quiet(PATH=path))
    assert done.returncode == 0, done.stdout + done.stderr


def quiet(**more):
    return clean(JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="1", **more)


def fenced(info):
    (found,) = [each for each in blocks(CDK / "README.md") if each.info == info]
    return found.text


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


def test_the_python_environment_has_the_versions_of_the_construct():
    development = json.loads((CDK / "package.json").read_text())["devDependencies"]
    wanted = (ROOT / "local" / "requirements-test.in").read_text().splitlines()
    assert f"aws-cdk-lib=={development['aws-cdk-lib']}" in wanted
    assert f"jsii=={development['jsii-pacmak']}" in wanted


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


def test_the_page_says_how_the_packages_are_made(packages):
    stated = "\n".join(each.text for each in blocks(CDK / "README.md") if each.info == "sh")
    assert "npm ci\nnpm run build\nnpm run package -- --target js --target python\n" in stated
    made = [str(path.relative_to(ROOT)) for path in packages.rglob("*") if path.suffix in (".tgz", ".whl")]
    page = (CDK / "README.md").read_text()
    assert len(made) == 2 and [name for name in made if name not in page] == []


def test_the_snippet_in_typescript_compiles_and_synthesizes(packages, tmp_path):
    folder = tmp_path / "node_modules"
    folder.mkdir()
    for each in (CDK / "node_modules").iterdir():
        (folder / each.name).symlink_to(each)
    (package,) = packages.glob("js/*.tgz")
    with tarfile.open(package) as packed:
        packed.extractall(folder, filter="data")
    (folder / "package").rename(folder / "custom-ecrrepo")
    (tmp_path / "app.ts").write_text(fenced("ts app.ts") + "app.synth();\n")
    compiler = CDK / "node_modules" / "typescript" / "bin" / "tsc"
    subprocess.run(
        ["node", compiler, "--strict", "--skipLibCheck", "--module", "commonjs", "--target", "es2022", "--types", "node",
         "--preserveSymlinks", "app.ts"], cwd=tmp_path, check=True, timeout=300)
    subprocess.run(["node", "--preserve-symlinks", "app.js"], cwd=tmp_path, check=True, timeout=300,
                   env=clean(CDK_OUTDIR=str(tmp_path / "out")))
    assert "444455556666" in (tmp_path / "out" / "checkout.template.json").read_text()


def test_the_snippet_in_python_synthesizes_from_the_wheel_and_runs_in_make_local(packages, tmp_path):
    (wheel,) = packages.glob("python/*.whl")
    app = tmp_path / "app"
    app.mkdir()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
         "--target", tmp_path / "installed", wheel], check=True, timeout=300)
    (app / "app.py").write_text(fenced("python app.py"))
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=app, capture_output=True, text=True, timeout=300,
        env=quiet(PYTHONPATH=str(tmp_path / "installed"), CDK_OUTDIR="cdk.out"))
    assert done.returncode == 0, done.stderr
    (command,) = [line for line in (CDK / "README.md").read_text().splitlines() if line.startswith("make -C ")]
    done = subprocess.run(
        command.replace("../custom-ecrrepo", f"'{ROOT}'"), shell=True, cwd=app, capture_output=True, text=True, timeout=300,
        env=clean())
    assert done.returncode == 0, done.stdout + done.stderr
    for sentence in ("images tagged release-*: keep", "444455556666:root may", "2 operations, all as expected"):
        assert sentence in done.stdout
