"""AWS::ECR::Repository, made for real: the calls that it makes."""

import pytest
from fake_provider import rows, template

from local.cloudformation.native import NativeRepositories


@pytest.fixture
def calls(cloud):
    calls = []

    def call(operation, **request):
        calls.append((operation, request))
        if request.get("repositoryName") == "taken":
            raise RuntimeError("RepositoryAlreadyExistsException: taken")

    cloud.native["AWS::ECR::Repository"] = NativeRepositories(call)
    return calls


def native(**properties):
    return template({"Repo": {"Type": "AWS::ECR::Repository", "Properties": properties}})


def test_it_is_created_with_the_defaults_of_the_type(cloud, calls):
    stack = cloud.create("web", native())
    (operation, request), *rest = calls
    assert (operation, rest) == ("CreateRepository", [])
    assert request["repositoryName"].startswith("web-repo-")
    assert (request["imageTagMutability"], request["imageScanningConfiguration"]) == (
        "MUTABLE",
        {"scanOnPush": False},
    )
    assert stack.resources["Repo"].physical_id == request["repositoryName"]


def test_its_policies_and_tags_follow_the_template(cloud, calls):
    stack = cloud.create(
        "web",
        native(
            RepositoryName="a",
            LifecyclePolicy={"LifecyclePolicyText": "{}"},
            Tags=[{"Key": "x", "Value": "1"}],
        ),
    )
    del calls[:]
    stack.update(
        native(RepositoryName="a", RepositoryPolicyText={"Statement": []}, Tags=[{"Key": "y", "Value": "2"}])
    )
    assert [operation for operation, _ in calls] == [
        "PutImageTagMutability",
        "PutImageScanningConfiguration",
        "DeleteLifecyclePolicy",
        "SetRepositoryPolicy",
        "TagResource",
        "UntagResource",
    ]
    assert calls[-1][1] == {
        "resourceArn": "arn:aws:ecr:us-east-1:123456789012:repository/a",
        "tagKeys": ["x"],
    }


def test_another_name_replaces_it(cloud, calls):
    stack = cloud.create("web", native(RepositoryName="a"))
    stack.update(native(RepositoryName="b"))
    assert [(operation, request["repositoryName"]) for operation, request in calls] == [
        ("CreateRepository", "a"),
        ("CreateRepository", "b"),
        ("DeleteRepository", "a"),
    ]
    assert stack.resources["Repo"].physical_id == "b"


def test_a_refusal_is_its_failure(cloud, calls):
    stack = cloud.create("web", native(RepositoryName="taken"))
    assert "RepositoryAlreadyExistsException" in rows(stack, "Repo")[1]
    assert (stack.status, [operation for operation, _ in calls]) == (
        "ROLLBACK_COMPLETE",
        ["CreateRepository"],
    )


@pytest.mark.parametrize(
    "properties", [{"LifecyclePolicy": "x"}, {"Tags": ["a"]}, {"EncryptionConfiguration": []}]
)
def test_a_property_of_the_wrong_shape_makes_no_call(cloud, calls, properties):
    assert (cloud.create("web", native(**properties)).status, calls) == ("ROLLBACK_COMPLETE", [])
