"""Every example: it lints, deploys, changes nothing the second time, and goes without a trace."""

import subprocess
import sys
from pathlib import Path

import pytest

from local.cloudformation import CloudFormation, Template
from local.cloudformation.native import NativeRepositories
from local.provider import LocalProvider
from local.run import LocalRun

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
STEP_1, STEP_2 = ROOT / "examples" / "adopt-1-native.yaml", ROOT / "examples" / "adopt-2-custom.yaml"
# Those of one step, with what they make.
REPOSITORIES = {
    "fleet": ["shop/cart", "shop/checkout", "shop/search-index"],
    "lambda-function": ["lambda-function-repository-"],
    "minimal": ["minimal-repository-"],
    "native-properties": ["team/app"],
    "production": ["shop/checkout"],
}


@pytest.fixture(scope="module")
def run():
    with LocalRun(environment={"ECRREPO_ALLOW_ADOPTION": "true"}) as run:
        yield run


@pytest.fixture
def provider(run):
    return LocalProvider(run)


@pytest.fixture
def cloud(run, provider):
    return CloudFormation(provider, native={"AWS::ECR::Repository": NativeRepositories(run.call)})


def again(template):
    """The same template with another ServiceTimeout: CloudFormation sends an Update that means nothing."""
    text = Path(template.file).read_text()
    changed = text.replace("ServiceTimeout: 1800", "ServiceTimeout: 1801")
    assert changed != text
    return Template.parse(changed, template.file)


def names(run):
    return [repository["repositoryName"] for repository in run.repositories()]


def calls(provider, since=0):
    return [call for step in provider.steps[since:] for call in step.calls]


def writes(provider, since):
    return [call.operation for call in calls(provider, since) if not call.read_only]


def test_every_example_of_one_step_is_listed():
    assert {path.stem for path in EXAMPLES} - {STEP_1.stem, STEP_2.stem} == set(REPOSITORIES)


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
def test_an_example_deploys_then_changes_nothing_then_goes(run, provider, cloud, stem):
    template = Template.read(ROOT / "examples" / f"{stem}.yaml")
    stack = cloud.create(stem, template)
    assert stack.status == "CREATE_COMPLETE", [str(row) for row in stack.events if row.reason]
    for name, expected in zip(names(run), REPOSITORIES[stem], strict=True):
        assert name == expected or (expected.endswith("-") and name.startswith(expected))

    told = len(provider.steps)
    before = run.repositories()
    stack.update(again(template))
    assert stack.status == "UPDATE_COMPLETE"
    assert calls(provider, told), "the function was not asked at all"
    assert writes(provider, told) == []
    assert run.repositories() == before

    stack.delete()
    assert stack.status == "DELETE_COMPLETE"
    assert names(run) == []


@pytest.mark.parametrize("stem", REPOSITORIES)
def test_an_example_that_is_rolled_back_leaves_nothing(run, cloud, stem):
    template = Template.read(ROOT / "examples" / f"{stem}.yaml")
    last = "Repositorysearchindex" if stem == "fleet" else "Repository"
    late = {"Type": "AWS::CloudWatch::Alarm", "DependsOn": last}
    stack = cloud.create(stem, template.changed({"Resources/Late": late}), fail={"Late"})
    assert stack.status == "ROLLBACK_COMPLETE"
    assert names(run) == []


def test_a_native_repository_is_adopted_in_two_steps_and_released_unharmed(run, provider, cloud):
    stack = cloud.create("billing", STEP_1)
    run.call("PutImage", repositoryName="legacy/billing", imageManifest="{}", imageTag="v1")
    native = run.repositories()

    stack.update(STEP_2)
    assert stack.status == "UPDATE_COMPLETE", [str(row) for row in stack.events if row.reason]
    assert "DELETE_SKIPPED Repository" in [str(row) for row in stack.events]
    (adopted,) = run.repositories()
    assert adopted["imageScanningConfiguration"] == {"scanOnPush": True}, "what the template states is applied"
    kept = ("imageTagMutability", "lifecyclePolicy", "repositoryPolicy", "encryptionConfiguration", "createdAt")
    assert [adopted[key] for key in kept] == [native[0][key] for key in kept], "the rest stays as it was"
    assert stack.outputs["RepositoryUri"] == native[0]["repositoryUri"]

    told = len(provider.steps)
    stack.update(again(Template.read(STEP_2)))
    assert (stack.status, writes(provider, told)) == ("UPDATE_COMPLETE", [])

    stack.delete()
    assert stack.status == "DELETE_COMPLETE"
    (released,) = run.repositories()
    assert released["tags"] == []
    assert len(run.call("ListImages", repositoryName="legacy/billing")["imageIds"]) == 1
    run.call("DeleteRepository", repositoryName="legacy/billing", force=True)


def test_the_function_of_the_example_is_made_once_an_image_is_there(run, provider, cloud):
    stack = cloud.create("thumbs", ROOT / "examples" / "lambda-function.yaml")
    assert "Function" not in stack.resources
    told = len(provider.steps)
    stack.update(parameters={"ImageTag": "v1"})
    assert stack.resources["Function"].properties["Code"] == {"ImageUri": f"{stack.outputs['RepositoryUri']}:v1"}
    assert provider.steps[told:] == [], "nothing changed for the repository"
    stack.delete()


def test_a_fleet_grows_and_shrinks_with_its_list(run, cloud):
    stack = cloud.create("fleet", ROOT / "examples" / "fleet.yaml")
    stack.update(parameters={"Services": "cart,payment"})
    assert (stack.status, names(run)) == ("UPDATE_COMPLETE", ["shop/cart", "shop/payment"])
    assert set(stack.outputs) == {"Uricart", "Uripayment"}
    stack.delete()
    assert names(run) == []
