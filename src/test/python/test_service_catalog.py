"""The Service Catalog examples: a form that reads well, and a launch role with exactly what a launch needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import provider_stack
from provider_stack import ACCOUNT, REGION, ROOT
from stories import failures

PORTFOLIO = ROOT / "examples" / "service-catalog" / "portfolio.yaml"
LAUNCH_ROLE = ROOT / "examples" / "service-catalog" / "launch-role.yaml"
PRODUCT = ROOT / "examples" / "service-catalog" / "product.yaml"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/ecr-repository-launch"
TOKEN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:custom-ecrrepo"
STACK = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/SC-{ACCOUNT}-pp-abc/1234"
REPOSITORY = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/shop/checkout"
OURS = {"s3:ExistingObjectTag/servicecatalog:provisioning": "true"}


@pytest.fixture(scope="module")
def may(evaluator):
    stack = provider_stack.deploy(provider_stack.source(LAUNCH_ROLE))
    policies = [p["PolicyDocument"] for p in stack.resources["LaunchRole"]["Properties"]["Policies"]]
    return lambda action, resource, context=None: evaluator.allowed(policies, ROLE, action, resource, context)


@pytest.mark.parametrize("operation", ["CreateStack", "UpdateStack", "DeleteStack", "DescribeStacks", "DescribeStackEvents", "SetStackPolicy"])
def test_a_launch_deploys_stacks_of_products_and_no_others(may, operation):
    assert may(f"cloudformation:{operation}", STACK)
    assert not may(f"cloudformation:{operation}", STACK.replace("SC-", "production-"))


def test_a_launch_fetches_templates_of_products_and_no_other_object(may):
    assert may("s3:GetObject", "arn:aws:s3:::cf-templates/product.yaml", OURS)
    assert not may("s3:GetObject", "arn:aws:s3:::secrets/file")
    assert not may("s3:PutObject", "arn:aws:s3:::cf-templates/product.yaml")


def test_a_launch_invokes_the_provider_of_each_region_by_the_token_of_the_product_and_no_other_function(may):
    for token in (TOKEN, TOKEN.replace(REGION, "us-west-2")):
        assert may("lambda:InvokeFunction", token)
    for other in (TOKEN + "-next", TOKEN + ":1", TOKEN.replace(ACCOUNT, "999999999999")):
        assert not may("lambda:InvokeFunction", other)
    assert not may("lambda:UpdateFunctionConfiguration", TOKEN)
    tokens = [one["Properties"]["ServiceToken"] for one in provider_stack.source(PRODUCT)["Resources"].values()]
    assert tokens == [{"Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:custom-ecrrepo"}]


@pytest.mark.parametrize("operation", ["CreateRepository", "DeleteRepository", "SetRepositoryPolicy", "PutImage", "DescribeRepositories", "TagResource"])
def test_a_launch_has_no_right_on_repositories(may, operation):
    assert not may(f"ecr:{operation}", REPOSITORY)


def test_a_launch_cannot_pass_or_make_roles(may):
    assert not may("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin")
    assert not may("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/admin")


def test_the_form_has_every_parameter_in_a_group_with_label_and_help():
    template = provider_stack.source(PRODUCT)
    interface = template["Metadata"]["AWS::CloudFormation::Interface"]
    grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
    assert grouped == list(template["Parameters"])
    assert set(interface["ParameterLabels"]) == set(grouped)
    for name, parameter in template["Parameters"].items():
        assert parameter["Description"].endswith("."), name
        assert "ConstraintDescription" in parameter, name


def test_the_constraint_names_the_role_that_is_made_once_for_all_regions():
    role = provider_stack.source(LAUNCH_ROLE)
    portfolio = provider_stack.source(PORTFOLIO)
    assert role["Resources"]["LaunchRole"]["Properties"]["RoleName"] == {"Ref": "LaunchRoleName"}
    constraint = portfolio["Resources"]["LaunchConstraint"]["Properties"]
    assert constraint["LocalRoleName"] == {"Ref": "LaunchRoleName"}
    assert portfolio["Parameters"]["LaunchRoleName"]["Default"] == role["Parameters"]["LaunchRoleName"]["Default"]
    # In a second Region, where the role is there already, the portfolio makes nothing of IAM.
    assert [name for name, one in portfolio["Resources"].items() if one["Type"].startswith("AWS::IAM::")] == []


def test_a_stack_set_is_followed_by_its_instances():
    page = (ROOT / "docs" / "service-catalog.md").read_text()
    for name in re.findall(r"create-stack-set --stack-set-name (\S+)", page):
        assert f"create-stack-instances --stack-set-name {name} " in page, name
    role = page[page.index("create-stack-set --stack-set-name image-repositories-launch") :]
    assert "CAPABILITY_NAMED_IAM" in role[: role.index("create-stack-instances")]


def test_all_templates_lint():
    linter = Path(sys.executable).parent / "cfn-lint"
    done = subprocess.run(
        [linter, "--append-rules", ROOT / "schema" / "cfn-lint", "-t", PORTFOLIO, LAUNCH_ROLE, PRODUCT],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def test_the_product_is_ordered_changed_and_terminated(stage):
    stack = stage.cloud.create("SC-123456789012-pp-abc", PRODUCT, {"RepositoryName": "shop/checkout"})
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    assert stage.names == ["shop/checkout"]
    stack.update(parameters={"PullAccountIds": "111122223333,444455556666", "Profile": "Development"})
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    repository = stage.repository("shop/checkout")
    assert repository["imageTagMutability"] == "MUTABLE"
    assert "444455556666" in str(repository["repositoryPolicy"])
    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", []), failures(stack)


def test_terminating_a_product_takes_no_images(stage):
    stack = stage.cloud.create("SC-1", PRODUCT, {"RepositoryName": "shop/checkout"})
    stage.push("shop/checkout")
    stack.delete()
    assert (stack.status, stage.images("shop/checkout")) == ("DELETE_FAILED", ["v1"])
    assert "still contains images" in failures(stack)[0]
