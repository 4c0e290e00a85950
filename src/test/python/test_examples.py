"""Every example: it lints, deploys, changes nothing the second time, and goes without a trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from moto.events.models import EventPattern

from stories import Stage, failures, without_time

from local.cloudformation import Template

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
STEP_1, STEP_2, STEP_3 = (ROOT / "examples" / f"adopt-{step}.yaml" for step in ("1-native", "2-custom", "3-changed"))
CONSUMER = ROOT / "examples" / "shared-registry-consumer.yaml"
# Those of one step, with what they make.
REPOSITORIES = {
    "clean-up": ["previews/website"],
    "codebuild": ["builds/worker"],
    "codebuild-image": ["builds/images"],
    "ecs-fargate": ["fargate/api"],
    "eks-pod-identity": ["cluster/deployments"],
    "eks-pod-role": ["cluster/app"],
    "fleet": ["shop/cart", "shop/checkout", "shop/search-index"],
    "github-actions": ["github/website"],
    "gitlab-ci": ["gitlab/website"],
    "helm-charts": ["charts/checkout"],
    "image-signing": ["signed/api"],
    "kms-key": ["ledger/api"],
    "lambda-cross-account": ["functions/resize"],
    "lambda-function": ["lambda-function-repository-"],
    "minimal": ["minimal-repository-"],
    "moving-latest": ["shop/frontend"],
    "native-properties": ["team/app"],
    "organization-pull": ["golden/java"],
    "private-subnets": ["private/worker"],
    "production": ["shop/checkout"],
    "promotion": ["builds/checkout", "releases/checkout"],
    "pull-dashboard": ["watched/api"],
    "pull-through-cache": ["ecr-public/docker/library/nginx"],
    "push-to-pipeline": ["shop/orders"],
    "replication": ["replicated/api"],
    "scan-alerts": ["shop/payment"],
    "shared-registry": ["shared/base"],
}


@pytest.fixture
def stage(adopting_run):
    adopting_run.emulator.reset()
    return Stage(adopting_run)


def again(template):
    """The same template with another ServiceTimeout: CloudFormation sends an Update that means nothing."""
    text = Path(template.file).read_text()
    changed = text.replace("ServiceTimeout: 1800", "ServiceTimeout: 1801")
    assert changed != text
    return Template.parse(changed, template.file)


def test_every_example_of_one_step_is_listed():
    assert {path.stem for path in EXAMPLES} - {STEP_1.stem, STEP_2.stem, STEP_3.stem, CONSUMER.stem} == set(REPOSITORIES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_which_job_it_does_and_waits_no_longer_than_it_must(path):
    text = path.read_text()
    assert text.startswith("# ")
    assert text.count("Type: Custom::EcrRepo") == text.count("ServiceTimeout: 1800")


def test_examples_lint():
    linter = Path(sys.executable).parent / "cfn-lint"
    done = subprocess.run([linter, *EXAMPLES], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("stem", REPOSITORIES)
def test_an_example_deploys_then_changes_nothing_then_goes(stage, stem):
    template = Template.read(ROOT / "examples" / f"{stem}.yaml")
    stack = stage.cloud.create(stem, template)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    for name, expected in zip(stage.names, REPOSITORIES[stem], strict=True):
        assert name == expected or (expected.endswith("-") and name.startswith(expected))

    stage.mark()
    before = without_time(stage.run.repositories())
    stack.update(again(template))
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert stage.calls, "the function was not asked at all"
    assert stage.changes == []
    assert without_time(stage.run.repositories()) == before

    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", []), failures(stack)


@pytest.mark.parametrize("stem", REPOSITORIES)
def test_an_example_that_is_rolled_back_leaves_nothing(stage, stem):
    template = Template.read(ROOT / "examples" / f"{stem}.yaml")
    last = {"fleet": "Repositorysearchindex", "promotion": "ReleaseRepository"}.get(stem, "Repository")
    late = {"Type": "AWS::CloudWatch::Alarm", "DependsOn": last}
    stack = stage.cloud.create(stem, template.changed({"Resources/Late": late}), fail={"Late"})
    assert len(failures(stack)) == 1, failures(stack)
    assert (stack.status, stage.names) == ("ROLLBACK_COMPLETE", [])


def test_a_native_repository_is_adopted_in_two_steps_and_released_unharmed(stage):
    stack = stage.cloud.create("billing", STEP_1)
    stage.push("legacy/billing")
    native = stage.repository("legacy/billing")

    stack.update(STEP_2)
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert "DELETE_SKIPPED Repository" in [str(row) for row in stack.events]
    adopted = stage.repository("legacy/billing")
    kept = (
        "imageScanningConfiguration",
        "imageTagMutability",
        "lifecyclePolicy",
        "repositoryPolicy",
        "encryptionConfiguration",
        "createdAt",
    )
    assert [adopted[key] for key in kept] == [native[key] for key in kept], "it stays as it was"
    assert stack.outputs["RepositoryUri"] == native["repositoryUri"]

    stage.mark()
    stack.update(again(Template.read(STEP_2)))
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert stage.changes == []

    stack.update(STEP_3)
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    changed = stage.repository("legacy/billing")
    assert changed["imageScanningConfiguration"] == {"scanOnPush": True}
    assert changed["lifecyclePolicy"] != native["lifecyclePolicy"]

    stack.delete()
    assert stack.status == "DELETE_COMPLETE", failures(stack)
    released = stage.repository("legacy/billing")
    assert (released["tags"], stage.images("legacy/billing")) == ([], ["v1"])


def test_an_adoption_that_is_rolled_back_leaves_the_native_repository_as_it_was(stage):
    stack = stage.cloud.create("billing", STEP_1)
    stage.push("legacy/billing")
    before = stage.repository("legacy/billing")
    late = {"Type": "AWS::CloudWatch::Alarm", "DependsOn": "AdoptedRepository"}
    stack.update(Template.read(STEP_2).changed({"Resources/Late": late}), fail={"Late"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    after = stage.repository("legacy/billing")
    assert (after["tags"], after["lifecyclePolicy"]) == (before["tags"], before["lifecyclePolicy"])
    assert stage.images("legacy/billing") == ["v1"]
    stack.update(STEP_2)
    assert stack.status == "UPDATE_COMPLETE", failures(stack)


def test_the_function_of_the_example_is_made_once_an_image_is_there(stage):
    stack = stage.cloud.create("thumbs", ROOT / "examples" / "lambda-function.yaml")
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    assert "Function" not in stack.resources
    stage.mark()
    stack.update(parameters={"ImageTag": "v1"})
    assert stack.resources["Function"].properties["Code"] == {
        "ImageUri": f"{stack.outputs['RepositoryUri']}:v1"
    }
    assert stage.steps == [], "nothing changed for the repository"
    stack.delete()


def test_a_fleet_grows_and_shrinks_with_its_list(stage):
    stack = stage.cloud.create("fleet", ROOT / "examples" / "fleet.yaml")
    stack.update(parameters={"Services": "cart,payment"})
    assert (stack.status, stage.names) == ("UPDATE_COMPLETE", ["shop/cart", "shop/payment"]), failures(stack)
    assert set(stack.outputs) == {"Uricart", "Uripayment"}
    stack.delete()
    assert stage.names == []


def test_only_the_source_region_replicates_and_only_this_repository(stage):
    template = Template.read(ROOT / "examples" / "replication.yaml")
    source = stage.cloud.create("source", template)
    (rule,) = source.resources["Replication"].properties["ReplicationConfiguration"]["Rules"]
    assert rule["Destinations"] == [{"Region": "us-west-2", "RegistryId": source.account}]
    assert rule["RepositoryFilters"] == [{"FilterType": "PREFIX_MATCH", "Filter": "replicated/api"}]
    source.delete()
    destination = stage.cloud.create("destination", template, {"SourceRegion": "us-west-2", "DestinationRegion": "us-east-1"})
    assert "Replication" not in destination.resources
    assert stage.names == ["replicated/api"]


@pytest.mark.parametrize(
    ("repository", "tag", "starts"),
    [("shop/orders", "release-7", True), ("shop/orders", "build-7", False), ("shop/other", "release-7", False)],
)
def test_a_pushed_release_starts_the_pipeline_and_nothing_else_does(stage, repository, tag, starts):
    stack = stage.cloud.create("push", ROOT / "examples" / "push-to-pipeline.yaml")
    pattern = EventPattern.load(json.dumps(stack.resources["ReleasePushed"].properties["EventPattern"]))
    event = {
        "source": "aws.ecr", "detail-type": "ECR Image Action", "account": stack.account, "resources": [],
        "detail": {"result": "SUCCESS", "repository-name": repository, "action-type": "PUSH", "image-tag": tag},
    }  # fmt: skip
    assert pattern.matches_event(event) == starts
    assert not pattern.matches_event({**event, "detail": {**event["detail"], "action-type": "DELETE"}})


def test_latest_and_branches_may_move_and_no_other_tag(stage):
    stage.cloud.create("latest", ROOT / "examples" / "moving-latest.yaml")
    made = stage.run.call("DescribeRepositories", repositoryNames=["shop/frontend"])["repositories"][0]
    assert made["imageTagMutability"] == "IMMUTABLE_WITH_EXCLUSION"
    movable = {each["filter"] for each in made["imageTagMutabilityExclusionFilters"]}
    assert movable == {"latest", "branch-*"}


def play(folder, commands, environment, **programs):
    """Runs a buildspec's commands as CodeBuild does, one after the other until one fails. Each program notes its calls."""
    for name, body in programs.items():
        (folder / name).write_text(f'#!/bin/sh\necho "$*" >> {folder}/calls\n{body}\n')
        (folder / name).chmod(0o755)
    given = {"PATH": f"{folder}:{os.environ['PATH']}", **environment}
    done = subprocess.run(["sh", "-euc", "\n".join(commands)], cwd=folder, env=given, timeout=60, capture_output=True, text=True)
    return done.returncode, (folder / "calls").read_text().splitlines()


def environment(project):
    return {each["Name"]: each["Value"] for each in project["Environment"]["EnvironmentVariables"]}


@pytest.mark.parametrize("exists", [False, True])
def test_codebuild_builds_what_does_not_exist_and_skips_what_does(stage, tmp_path, exists):
    stack = stage.cloud.create("codebuild", ROOT / "examples" / "codebuild.yaml")
    project = stack.resources["Build"].properties
    uri = environment(project)["REPOSITORY_URI"]
    phases = yaml.safe_load(project["Source"]["BuildSpec"])["phases"]
    status, calls = play(
        tmp_path, phases["pre_build"]["commands"] + phases["build"]["commands"],
        environment(project) | {"CODEBUILD_RESOLVED_SOURCE_VERSION": "0123456789abcdef0123"},
        aws="echo password",
        docker=f"case $1 in manifest) exit {0 if exists else 1};; login) cat > /dev/null;; esac")  # fmt: skip
    assert status == 0
    image = f"{uri}:0123456789ab"
    # The two ends of a pipe begin in any order.
    login = ["ecr get-login-password", f"login --username AWS --password-stdin {uri.split('/')[0]}"]
    assert sorted(calls[:2]) == sorted(login)
    built = [f"build -t {image} .", f"push {image}"]
    assert calls[2:] == [f"manifest inspect {image}"] + ([] if exists else built)


@pytest.mark.parametrize(
    ("heads", "deleted"),
    [
        ("echo '0123 refs/heads/main'; echo '4567 refs/heads/new/menu'", ["branch-old", "branch-old-menu"]),
        # The server cannot be reached, or has no branch: nothing is known, and nothing deleted.
        ("exit 128", []),
        ("exit 2", []),
    ],
)
def test_a_clean_up_deletes_the_images_of_branches_that_are_gone_and_no_others(stage, tmp_path, heads, deleted):
    stack = stage.cloud.create("clean-up", ROOT / "examples" / "clean-up.yaml")
    project = stack.resources["CleanUp"].properties
    commands = yaml.safe_load(project["Source"]["BuildSpec"])["phases"]["build"]["commands"]
    tags = r"branch-main\tbranch-old\tbranch-new-menu\tbranch-old-menu\tv1"
    status, calls = play(
        tmp_path, commands, environment(project), git=heads, aws=f"case $2 in list-images) printf '{tags}\\n';; esac")
    assert (status == 0) == bool(deleted)
    removed = [call for call in calls if "batch-delete-image" in call]
    assert removed == [
        f"ecr batch-delete-image --repository-name previews/website --image-ids imageTag={tag}" for tag in deleted]
