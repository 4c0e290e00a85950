"""target/release, as `make release` makes it: it installs with the SAM CLI alone, and anybody can build the same bytes."""

import base64
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from document_commands import commands
from documents import ROOT, blocks, links
from local import find
from local.smoke.ministack import ACCOUNT, MiniStack
from local.smoke.world import CAPABILITIES, Stack, World
from release import notices, pages, template, version

FOLDER = ROOT / "target" / "release"
PACKAGE = ROOT / "target" / "custom-ecrrepo-function.jar"
CASES = ROOT / "src" / "test" / "resources" / "cfn-lint"


class WithoutFunctions(yaml.BaseLoader):
    """Reads templates; what a function gives is nothing here."""


WithoutFunctions.add_multi_constructor("!", lambda loader, suffix, node: None)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory):
    """On another machine: elsewhere, in a path with a space."""
    assert FOLDER.exists(), "run: make release"
    folder = tmp_path_factory.mktemp("down loads") / "custom ecrrepo"
    shutil.copytree(FOLDER, folder)
    return folder


@pytest.fixture(scope="module")
def world():
    """MiniStack, in which a release is installed."""
    with MiniStack() as server:
        yield World("MiniStack", "release", "us-east-1", ACCOUNT, "custom-ecrrepo", None, url=server.url, pause=0.05, limit=60)


@pytest.fixture(scope="module")
def machine(world, tmp_path_factory):
    """The environment of a machine that has the SAM CLI, and neither Java nor Maven nor make nor another Python."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "sam").symlink_to(Path(sys.executable).parent / "sam")
    return {
        "PATH": str(programs),
        "HOME": str(tmp_path_factory.mktemp("home")),
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.5",
        "AWS_ENDPOINT_URL": world.url,
        "AWS_DEFAULT_REGION": world.region,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def sam(machine, folder, *words, answers=""):
    return subprocess.run(
        ["sam", *words], cwd=folder, env=machine, input=answers, capture_output=True, text=True, timeout=120)


def templates():
    return sorted(path.name for path in FOLDER.glob("template*.yaml"))


def test_every_place_states_the_same_version():
    version.check()


def test_the_release_holds_what_its_instructions_name(unpacked):
    names = {path.name for path in unpacked.iterdir()}
    expected = {"INSTALL.md", "LICENSE", "README.md", "CHANGELOG.md", "SHA256SUMS", "samconfig.toml", "template.yaml",
                "custom-ecrrepo-java25.zip", "custom-ecrrepo.json", "custom-ecrrepo.cloudformation.json",
                "custom-ecrrepo-sbom.json"}
    assert expected <= names
    assert len([name for name in names if name.startswith("custom_ecrrepo_lint-") and name.endswith(".whl")]) == 1
    # One without the other could not be deployed.
    assert ("template-fast.yaml" in names) == ("custom-ecrrepo-fast-x86_64.zip" in names)


def test_the_checksums_are_those_of_the_files(unpacked):
    stated = dict(line.split("  ")[::-1] for line in (unpacked / "SHA256SUMS").read_text().splitlines())
    files = [path for path in unpacked.iterdir() if path.name != "SHA256SUMS"]
    assert stated == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_standard_zip_holds_the_tested_package(unpacked):
    with zipfile.ZipFile(unpacked / "custom-ecrrepo-java25.zip") as packed:
        assert packed.namelist() == ["lib/custom-ecrrepo-function.jar"]
        assert packed.read("lib/custom-ecrrepo-function.jar") == PACKAGE.read_bytes()


def test_the_bill_of_materials_names_the_sdk(unpacked):
    components = json.loads((unpacked / "custom-ecrrepo-sbom.json").read_text())["components"]
    assert {"ecr", "jackson-core", "slf4j-api"} <= {each["name"] for each in components}


def test_the_sam_cli_validates_each_template(machine, unpacked):
    for name in templates():
        done = sam(machine, unpacked, "validate", "--template-file", name)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_sam_cli_packages_each_template_without_a_build(world, machine, unpacked):
    storage = world.client("s3")
    storage.create_bucket(Bucket="releases")
    for name in templates():
        done = sam(machine, unpacked, "package", "--template-file", name, "--s3-bucket", "releases",
                   "--output-template-file", f"packaged-{name}")
        assert done.returncode == 0, done.stdout + done.stderr
        packaged = yaml.load((unpacked / f"packaged-{name}").read_text(), WithoutFunctions)
        bucket, key = packaged["Resources"]["EcrRepoFunction"]["Properties"]["CodeUri"].removeprefix("s3://").split("/", 1)
        stated = yaml.load((unpacked / name).read_text(), WithoutFunctions)
        package = stated["Resources"]["EcrRepoFunction"]["Properties"]["CodeUri"]
        assert storage.get_object(Bucket=bucket, Key=key)["Body"].read() == (unpacked / package).read_bytes()
        # As the Serverless Application Repository needs it.
        metadata = packaged["Metadata"]["AWS::ServerlessRepo::Application"]
        assert metadata["LicenseUrl"].startswith("s3://releases/") and metadata["ReadmeUrl"].startswith("s3://releases/")


def test_a_launch_stack_link_creates_the_stack_from_the_packaged_template(world, unpacked):
    """What the console does with such a link: it creates the stack from the address of the template."""
    page = (unpacked / "INSTALL.md").read_text()
    (link,) = re.findall(r"#/stacks/create/review\?stackName=custom-ecrrepo&templateURL=(https://\S+)`", page)
    assert link == "https://BUCKET.s3.REGION.amazonaws.com/packaged.yaml"
    storage = world.client("s3")
    storage.put_object(Bucket="releases", Key="packaged.yaml", Body=(unpacked / "packaged-template.yaml").read_bytes())
    api = world.client("cloudformation")
    made = api.create_stack(
        StackName="launched", TemplateURL=f"{world.url}/releases/packaged.yaml", Capabilities=CAPABILITIES,
        Parameters=[{"ParameterKey": "FunctionName", "ParameterValue": "launched"}])
    stack = Stack(world, "launched", world.region, made["StackId"])
    stack.settle()
    stack.expect("CREATE_COMPLETE")


def guided(machine, folder, template):
    """As INSTALL.md says it, with every proposed value accepted and the change set confirmed."""
    parameters = yaml.load((folder / template).read_text(), WithoutFunctions)["Parameters"]
    # Stack and Region before them, and six questions of the SAM CLI's own after them.
    answers = "\n" * (2 + len(parameters) + 6) + "y\n"
    done = sam(machine, folder, "deploy", "--guided", "--template-file", template, answers=answers)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def installed(world, folder, package):
    """The provider's stack and its function, whose code is the package of the release."""
    stack = world.client("cloudformation").describe_stacks(StackName="custom-ecrrepo")["Stacks"][0]
    function = world.client("lambda").get_function_configuration(FunctionName="custom-ecrrepo")
    digest = base64.b64encode(hashlib.sha256((folder / package).read_bytes()).digest()).decode()
    assert function["CodeSha256"] == digest
    return stack["StackStatus"], function["Runtime"]


def test_a_fresh_user_installs_the_folder_deploys_a_template_and_upgrades_with_the_sam_cli_alone(
    world, machine, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("down loads") / "custom ecrrepo"
    shutil.copytree(FOLDER, folder)
    shutil.copy(ROOT / "examples" / "minimal.yaml", folder)
    if "template-fast.yaml" in templates():
        # MiniStack starts this variant without Docker, so that the stacks of template authors work as well.
        guided(machine, folder, "template-fast.yaml")
        assert installed(world, folder, "custom-ecrrepo-fast-x86_64.zip") == ("CREATE_COMPLETE", "provided.al2023")
        done = sam(machine, folder, "deploy", "--template-file", "minimal.yaml", "--stack-name", "my-repository", "--no-confirm-changeset")
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        ecr = world.client("ecr")
        (repository,) = ecr.describe_repositories()["repositories"]
        assert repository["repositoryName"].startswith("my-repository-repository-")
        assert repository["imageTagMutability"] == "IMMUTABLE"
        # `sam delete` would look again only after half a minute.
        (mine,) = world.client("cloudformation").describe_stacks(StackName="my-repository")["Stacks"]
        Stack(world, "my-repository", world.region, mine["StackId"]).delete()
        assert ecr.describe_repositories()["repositories"] == []
    before = world.client("cloudformation").describe_stacks()["Stacks"]
    guided(machine, folder, "template.yaml")
    wanted = "UPDATE_COMPLETE" if "custom-ecrrepo" in [one["StackName"] for one in before] else "CREATE_COMPLETE"
    assert installed(world, folder, "custom-ecrrepo-java25.zip") == (wanted, "java25")


# What the pages' commands are to set.
SETTINGS = {
    ("operations.md", "DefaultTags"): {
        "AllowedGrantAccounts": "111122223333,444455556666", "DefaultTags": "CostCenter=12 34,Environment=prod"},
    # What a command does not name stays.
    ("operations.md", "FormerNamePrefix"): {
        "NamePrefix": "team-a/", "FormerNamePrefix": "shop/", "DefaultTags": "CostCenter=12 34,Environment=prod"},
    ("gameday.md", "TOPIC_ARN"): {
        "FunctionName": "ecrrepo-gameday", "AlarmTopicArn": "arn:aws:sns:us-east-1:123456789012:alarms", "Reports": "true",
        "DriftSchedule": "rate(15 minutes)"},
    ("recipes.md", "--config-env"): {"RequireImmutableTags": "true", "DefaultTags": "Environment=production"},
}  # fmt: skip


def test_what_the_pages_say_to_deploy_has_the_settings_that_are_meant(world, machine, tmp_path):
    for name in ("samconfig.toml", "template.yaml", "custom-ecrrepo-java25.zip", "LICENSE", "README.md"):
        shutil.copy(FOLDER / name, tmp_path)
    (section,) = [block for block in blocks(ROOT / "docs" / "recipes.md") if block.info == "toml"]
    with (tmp_path / "samconfig.toml").open("a") as settings:
        settings.write(f"\n{section.text}")
    for (page, part), wanted in SETTINGS.items():
        (command,) = [each for each in commands() if each.startswith("sam deploy") and part in each and commands()[each].name == page]
        words = shlex.split(command.replace("TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:alarms"))
        done = sam(machine, tmp_path, *words[1:], answers="y\n")
        assert done.returncode == 0, command + done.stdout[-3000:] + done.stderr[-3000:]
        name = wanted.get("FunctionName", "custom-ecrrepo")
        (stack,) = world.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
        has = {one["ParameterKey"]: one["ParameterValue"] for one in stack["Parameters"]}
        assert {key: has[key] for key in wanted} == wanted, command


def test_home_page_and_links_are_those_of_the_repository_that_publishes(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/provider")
    template.write_standard(tmp_path / "template.yaml", "package.zip")
    metadata = yaml.load((tmp_path / "template.yaml").read_text(), WithoutFunctions)
    about = metadata["Metadata"]["AWS::ServerlessRepo::Application"]
    assert about["HomePageUrl"] == "https://github.com/someone/provider"
    assert about["SourceCodeUrl"] == f"https://github.com/someone/provider/tree/v{about['SemanticVersion']}"
    tagged = f"https://github.com/someone/provider/blob/v{about['SemanticVersion']}"
    for page in ("README.md", "CHANGELOG.md", "release/INSTALL.md"):
        pages.write(tmp_path, ROOT / page)
    assert f"({tagged}/docs/operations.md#sam-local-invoke)" in (tmp_path / "README.md").read_text()
    assert f"({tagged}/.devcontainer/devcontainer.json)" in (tmp_path / "README.md").read_text()
    assert "--repo someone/provider`" in (tmp_path / "INSTALL.md").read_text()
    for page in tmp_path.glob("*.md"):
        assert [link for link in links(page) if not link.startswith(("https://", "#"))] == []


@pytest.mark.parametrize(("case", "status", "word"), [("good.yaml", 0, ""), ("bad.yaml", 6, "E9101")])
def test_the_rules_of_the_wheel_judge_as_those_of_the_sources(tmp_path, unpacked, case, status, word):
    """cfn-lint exits with 2 for errors, 4 for warnings, 6 for both."""
    (wheel,) = unpacked.glob("*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--target", tmp_path, wheel],
        check=True, timeout=120)
    done = subprocess.run(
        [sys.executable, tmp_path / "bin" / "cfn-lint-ecrrepo", CASES / case],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (status, ""), done.stdout
    assert word in done.stdout


def test_the_package_holds_the_licences_and_notices_of_all_that_it_contains():
    assert notices.TARGET.read_text() == notices.text(), "run: make sbom && .venv/bin/python -m release.notices"
    with zipfile.ZipFile(PACKAGE) as packed:
        assert packed.read("META-INF/THIRD-PARTY-NOTICES.txt").decode() == notices.text()


def test_a_clean_build_elsewhere_makes_the_same_package_and_a_build_after_a_change_another(tmp_path):
    sources = tmp_path / "else where"
    sources.mkdir()
    for name in ("pom.xml", ".mvn", "mvnw", "src/main", "schema"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, sources / name)
        elif source.exists():
            shutil.copy(source, sources / name)
    built = sources / "target" / "custom-ecrrepo-function.jar"

    def build():
        done = subprocess.run(
            ["./mvnw", "-B", "-q", "-o", "package", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true"],
            cwd=sources, env={**os.environ, "JAVA_HOME": str(find.java_home())}, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout

    build()
    assert built.read_bytes() == PACKAGE.read_bytes()
    changed = sources / "src/main/resources/META-INF/THIRD-PARTY-NOTICES.txt"
    changed.write_text("Changed.")
    build()
    with zipfile.ZipFile(built) as packed:
        assert packed.read("META-INF/THIRD-PARTY-NOTICES.txt") == b"Changed."
