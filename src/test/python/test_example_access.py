"""Who may do what by the examples' policies, asked of a policy evaluator that is not ours."""

from pathlib import Path

import pytest

from stories import Stage, failures

from local.cloudformation import Template
from local.run import LocalRun

EXAMPLES = Path(__file__).parents[3] / "examples"
TOKEN = "ecr:GetAuthorizationToken"
PULL = {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
PUSH = PULL | {"ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"}
HARM = {
    "ecr:BatchDeleteImage", "ecr:DeleteLifecyclePolicy", "ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy",
    "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:SetRepositoryPolicy", "ecr:UntagResource",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(package):
    with LocalRun(package=package) as run:
        yield run


@pytest.fixture
def stage(run):
    run.emulator.reset()
    return Stage(run)


@pytest.fixture
def may(stage, evaluator):
    """`may(principal, policies, name)`: which of the actions above, on the repository that ECR now has."""
    asked = PUSH | HARM | {"ecr:ListImages"}

    def ask(principal, policies, name):
        repository = stage.repository(name)
        arn, policy = repository["repositoryArn"], repository["repositoryPolicy"]
        return {action for action in asked if evaluator.allowed(policies, principal, action, arn, None, policy)}

    return ask


def deployed(stage, stem, **parameters):
    stack = stage.cloud.create(stem, Template.read(EXAMPLES / f"{stem}.yaml"), parameters)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    return stack


def role(stack, logical_id):
    """Its ARN and its policies."""
    resource = stack.resources[logical_id]
    policies = [policy["PolicyDocument"] for policy in resource.properties["Policies"]]
    return f"arn:aws:iam::{stack.account}:role/{resource.physical_id}", policies


def other(account):
    """A role elsewhere whose own account lets it do everything."""
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    return f"arn:aws:iam::{account}:role/any", [{"Version": "2012-10-17", "Statement": [everything]}]


@pytest.mark.parametrize(
    ("stem", "name"),
    [("github-actions", "github/website"), ("gitlab-ci", "gitlab/website"), ("codebuild", "builds/worker"),
     ("eks-pod-role", "cluster/app"), ("image-signing", "signed/api")],
)
def test_the_role_of_a_build_pushes_and_harms_nothing(stage, evaluator, may, stem, name):
    stack = deployed(stage, stem)
    logical_id = next(each for each, one in stack.resources.items() if one.type == "AWS::IAM::Role")
    principal, policies = role(stack, logical_id)
    assert may(principal, policies, name) == PUSH
    assert evaluator.allowed(policies, principal, TOKEN, "*")


def test_a_promoter_takes_builds_and_makes_releases_and_a_build_makes_none(stage, may):
    stack = deployed(stage, "promotion")
    builder, promoter = role(stack, "BuildRole"), role(stack, "PromotionRole")
    assert may(*promoter, "builds/checkout") == PULL
    assert may(*promoter, "releases/checkout") == PUSH
    assert may(*builder, "builds/checkout") == PUSH
    assert may(*builder, "releases/checkout") == set()
    assert may(*other("111122223333"), "releases/checkout") == PULL
    assert may(*other("111122223333"), "builds/checkout") == set()
    assert may(*other("777788889999"), "releases/checkout") == set()


def test_a_shared_repository_is_pulled_by_its_consumers_role_and_by_no_third_account(stage, may):
    registry = deployed(stage, "shared-registry")
    consumer = deployed(stage, "shared-registry-consumer", RepositoryArn=registry.outputs["Arn"])
    principal, policies = role(consumer, "PullRole")
    arn = principal.replace(consumer.account, "111122223333")
    assert may(arn, policies, "shared/base") == PULL
    assert may(*other("777788889999"), "shared/base") == set()


def test_a_pods_identity_pulls_and_pushes_nothing(stage, evaluator, may):
    stack = deployed(stage, "eks-pod-identity")
    principal, policies = role(stack, "PodRole")
    assert may(principal, policies, "cluster/deployments") == PULL
    assert evaluator.allowed(policies, principal, TOKEN, "*")


def test_a_clean_up_lists_and_deletes_images_and_does_nothing_else(stage, may):
    stack = deployed(stage, "clean-up")
    assert may(*role(stack, "CleanUpRole"), "previews/website") == {"ecr:BatchDeleteImage", "ecr:ListImages"}


def test_codebuild_pulls_its_build_image_for_the_own_account_only(stage, evaluator):
    stack = deployed(stage, "codebuild-image")
    repository = stage.repository("builds/images")
    for account, pulls in ((stack.account, True), ("777788889999", False)):
        for action in PULL | {"ecr:PutImage"}:
            allowed = evaluator.allowed(
                [], "codebuild.amazonaws.com", action, repository["repositoryArn"], {"aws:SourceAccount": account},
                repository["repositoryPolicy"])
            assert allowed == (pulls and action in PULL), (account, action)
    image = stack.resources["Build"].properties["Environment"]["Image"]
    assert image == f"{repository['repositoryUri']}:java-25"


def test_an_execution_role_pulls_its_own_repository_only(stage, may):
    stack = deployed(stage, "ecs-fargate")
    deployed(stage, "minimal")
    principal, policies = role(stack, "ExecutionRole")
    strange = next(name for name in stage.names if name.startswith("minimal-"))
    assert may(principal, policies, "fargate/api") == PULL
    assert may(principal, policies, strange) == set()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_role_is_allowed_nothing_everywhere_but_the_token(path):
    for resource in Template.read(path).section("Resources").values():
        if not isinstance(resource, dict) or resource.get("Type") != "AWS::IAM::Role":
            continue
        for policy in resource["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                everywhere = "*" in str(statement["Resource"])
                assert (statement["Action"] == TOKEN) == everywhere, statement
