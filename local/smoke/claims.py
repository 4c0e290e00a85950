"""What this project takes AWS to do and no document settles: each claim is one step that asks AWS itself.

A step looks at one fact, by calls of its own and without the provider, and raises Wrong where AWS does otherwise.
MiniStack differs in many of them, as `deviations` says: it is no evidence for AWS there.
"""

from __future__ import annotations

import json
import time
from typing import Any

from botocore.exceptions import ClientError

from .verdicts import Deviation, Story
from .world import World, Wrong, equal, expect

ACCOUNT_ID = "210987654321"
PULL = {"Sid": "Pull", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}, "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}


def refused(call: Any, *codes: str, **request: Any) -> str:
    """The message with which AWS refuses a call. Raises Wrong if it takes it, or refuses it for another reason."""
    try:
        call(**request)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        expect(code in codes, f"refused with {code}, expected {' or '.join(codes)}: {error}")
        return str(error.response["Error"]["Message"])
    raise Wrong(f"it is taken, expected {' or '.join(codes)}")


def made(world: World, name: str, **settings: Any) -> str:
    """A repository of this run, made by ECR's own call."""
    name = f"{world.prefix}/claim-{name}"
    world.client("ecr").create_repository(repositoryName=name, **settings)
    return name


def tagged_creation_needs_tag_resource(world: World) -> None:
    """A role that may create repositories but tag none: simulated by IAM, then really tried."""
    role = f"{world.prefix}-untagging"
    iam = world.client("iam")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{world.account}:root"}, "Action": "sts:AssumeRole"}]}))  # fmt: skip
    try:
        iam.put_role_policy(RoleName=role, PolicyName="create", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "ecr:CreateRepository", "Resource": "*"}]}))  # fmt: skip
        ecr = _as(world, role)
        untagged = f"{world.prefix}/claim-untagged"
        _once_allowed(world, lambda: ecr.create_repository(repositoryName=untagged))
        said = refused(
            ecr.create_repository, "AccessDeniedException", repositoryName=f"{world.prefix}/claim-tagged", tags=[{"Key": "a", "Value": "b"}]
        )
        expect("ecr:TagResource" in said, f"the refusal does not name ecr:TagResource: {said}")
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="create")
        iam.delete_role(RoleName=role)


def invented_physical_id(world: World) -> str:
    """A custom resource whose function is not there never answers: what does CloudFormation call it?"""
    template = {"Resources": {"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": world.token + "-that-is-not-there", "ServiceTimeout": 60}}}}
    stack = world.stack("invented", template)
    stack.expect("ROLLBACK_COMPLETE")
    pages = world.client("cloudformation").get_paginator("describe_stack_events").paginate(StackName=stack.id)
    found = {event.get("PhysicalResourceId", "") for page in pages for event in page["StackEvents"] if event["LogicalResourceId"] == "Repo"}
    found.discard("")
    beginning = f"{stack.name}-Repo-"
    expect(found and all(each.startswith(beginning) for each in found), f"the physical IDs are {sorted(found)}, expected {beginning}…")
    return ", ".join(sorted(found))


def describe_right_after_create(world: World) -> None:
    """Twenty in a row: one that is not found at once is one too many."""
    ecr = world.client("ecr")
    for number in range(20):
        name = made(world, f"read-{number}")
        try:
            ecr.describe_repositories(repositoryNames=[name])
        except ecr.exceptions.RepositoryNotFoundException:
            raise Wrong(f"repository {number + 1} of 20 is not found right after its creation") from None


def reprinted_policy(world: World) -> str:
    """Which changes of print there are: all of these are equal to the provider."""
    name = made(world, "reprint")
    ecr = world.client("ecr")
    stated = {"Version": "2012-10-17", "Statement": [{**PULL, "Principal": {"AWS": ACCOUNT_ID}, "Action": "ecr:BatchGetImage"}]}
    said = json.loads(ecr.set_repository_policy(repositoryName=name, policyText=json.dumps(stated))["policyText"])
    read = json.loads(ecr.get_repository_policy(repositoryName=name)["policyText"])
    equal(read, said, "what GetRepositoryPolicy prints")
    statement = read["Statement"][0]
    expect(statement["Principal"] in ({"AWS": ACCOUNT_ID}, {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}), f"the principal is printed as {statement['Principal']}")
    expect(statement["Action"] in ("ecr:BatchGetImage", ["ecr:BatchGetImage"]), f"the action is printed as {statement['Action']}")
    return f"principal {json.dumps(statement['Principal'])}, action {json.dumps(statement['Action'])}"


def reprinted_lifecycle(world: World) -> str:
    name = made(world, "reprint-lifecycle")
    ecr = world.client("ecr")
    rule = {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}, "action": {"type": "expire"}}
    stated = {"rules": [rule]}
    said = json.loads(ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps(stated))["lifecyclePolicyText"])
    equal(said, stated, "what PutLifecyclePolicy answers")
    equal(json.loads(ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]), stated, "what GetLifecyclePolicy prints")
    return ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]


def archive_rules(world: World) -> None:
    name = made(world, "archive")
    rules = [
        {"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 30}, "action": {"type": "transition", "targetStorageClass": "archive"}},
        {"rulePriority": 2, "selection": {"tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 90}, "action": {"type": "expire"}},
    ]  # fmt: skip
    world.client("ecr").put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": rules}))


def event_pattern_as_text(world: World) -> None:
    """AWS::Events::Rule takes its EventPattern from a custom resource's attribute, which is text."""
    pattern = json.dumps({"source": ["aws.ecr"], "detail": {"repository-name": ["x"]}})
    rule = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"Ref": "Pattern"}}}
    stack = world.stack("pattern", {"Parameters": {"Pattern": {"Type": "String"}}, "Resources": {"Rule": rule}}, {"Pattern": pattern})
    stack.expect("CREATE_COMPLETE")
    name = stack.physical_id("Rule").rpartition("|")[2]
    found = world.client("events").describe_rule(Name=name)["EventPattern"]
    equal(json.loads(found), json.loads(pattern), "the pattern")


def empty_list(world: World) -> None:
    """An empty CommaDelimitedList has one member, the empty string: seen by its length."""
    template = {
        "Transform": "AWS::LanguageExtensions",
        "Parameters": {"List": {"Type": "CommaDelimitedList", "Default": ""}},
        "Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Name": f"/{world.prefix}/empty-list", "Value": {"Fn::Join": ["", ["<", {"Fn::Select": [0, {"Ref": "List"}]}, ">"]]}}}},
        "Outputs": {"Length": {"Value": {"Fn::Length": {"Ref": "List"}}}},
    }  # fmt: skip
    stack = world.stack("empty-list", template)
    stack.expect("CREATE_COMPLETE")
    equal(stack.outputs.get("Length"), "1", "the length of an empty list")
    value = world.client("ssm").get_parameter(Name=f"/{world.prefix}/empty-list")["Parameter"]["Value"]
    equal(value, "<>", "its first member, in brackets,")


def ampersand_in_values(world: World) -> None:
    """&{} of Fn::ForEach is put into keys only."""
    inner = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Name": f"/{world.prefix}/ampersand", "Value": "x&{N}"}}
    template = {"Transform": "AWS::LanguageExtensions", "Resources": {"Fn::ForEach::Loop": ["N", ["a-b"], {"P&{N}": inner}]}}
    stack = world.stack("ampersand", template)
    stack.expect("CREATE_COMPLETE")
    equal([one["LogicalResourceId"] for one in stack.resources()], ["Pab"], "the logical IDs")
    equal(world.client("ssm").get_parameter(Name=f"/{world.prefix}/ampersand")["Parameter"]["Value"], "x&{N}", "the value")


def deny_on_deletion_of_images(world: World) -> str:
    """A Deny of BatchDeleteImage in the repository's policy holds for the account's own administrators."""
    name = made(world, "deny")
    world.push(name)
    ecr = world.client("ecr")
    deny = {"Version": "2012-10-17", "Statement": [{"Sid": "KeepImages", "Effect": "Deny", "Principal": "*", "Action": "ecr:BatchDeleteImage"}]}
    ecr.set_repository_policy(repositoryName=name, policyText=json.dumps(deny))
    time.sleep(world.settling)
    try:
        return refused(ecr.batch_delete_image, "AccessDeniedException", repositoryName=name, imageIds=[{"imageTag": "v1"}])
    finally:
        ecr.delete_repository_policy(repositoryName=name)


def exclusion_filters(world: World, value: str) -> None:
    made(
        world,
        "filter-" + str(value.count("*")),
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": value}],
    )


def two_wildcards(world: World) -> None:
    exclusion_filters(world, "a*b*")


def three_wildcards(world: World) -> str:
    return refused(lambda: exclusion_filters(world, "a*b*c*"), "InvalidParameterException", "ValidationException")


def resource_in_a_policy(world: World) -> None:
    """`Resource: "*"` is taken."""
    name = made(world, "resource")
    text = json.dumps({"Version": "2012-10-17", "Statement": [{**PULL, "Resource": "*"}]})
    world.client("ecr").set_repository_policy(repositoryName=name, policyText=text)


def token_in_a_policy(world: World) -> None:
    """It has no effect there; the provider lets it pass."""
    name = made(world, "token")
    text = json.dumps({"Version": "2012-10-17", "Statement": [{**PULL, "Action": ["ecr:GetAuthorizationToken"]}]})
    world.client("ecr").set_repository_policy(repositoryName=name, policyText=text)


def double_hyphen(world: World) -> None:
    made(world, "a--b")


def preview(world: World) -> str:
    """How long a preview takes, and that it counts the image that the rule expires."""
    name = made(world, "preview")
    world.push(name)
    ecr = world.client("ecr")
    rule = {"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}
    world.push(name, "v2")
    began = time.monotonic()
    ecr.start_lifecycle_policy_preview(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": [rule]}))
    while (found := ecr.get_lifecycle_policy_preview(repositoryName=name))["status"] == "IN_PROGRESS":
        expect(time.monotonic() - began < world.limit, f"the preview is still in progress after {world.limit:.0f} s")
        time.sleep(min(world.pause, 1))
    equal(found["status"], "COMPLETE", "the status of the preview")
    # Both tags may be of one image: the manifest is the same.
    total = found["summary"]["expiringImageTotalCount"]
    expect(total in (0, 1), f"{total} images would expire")
    return f"{time.monotonic() - began:.1f} s"


def update_of_delete_failed(world: World) -> str:
    """A stack in DELETE_FAILED takes no update."""
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "x", "Name": f"/{world.prefix}/stuck"}}
    native = {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": f"{world.prefix}/claim-stuck"}}
    stack = world.stack("stuck", {"Resources": {"Images": native, "P": parameter}})
    stack.expect("CREATE_COMPLETE")
    world.push(f"{world.prefix}/claim-stuck")
    stack.delete()
    stack.expect("DELETE_FAILED")
    return refused(lambda: stack.update({"Resources": {"Images": native}}), "ValidationError")


def alias_at_latest(world: World) -> None:
    """An alias may point at $LATEST and have an event-invoke configuration of its own."""
    function, name = world.function, "account-000000000000"
    api = world.client("lambda")
    api.create_alias(FunctionName=function, Name=name, FunctionVersion="$LATEST")
    try:
        api.put_function_event_invoke_config(FunctionName=function, Qualifier=name, MaximumRetryAttempts=1)
        found = api.get_function_event_invoke_config(FunctionName=function, Qualifier=name)
        expect(found["FunctionArn"].endswith(f":{name}"), f"the configuration is of {found['FunctionArn']}")
        equal(found["MaximumRetryAttempts"], 1, "its number of retries")
    finally:
        api.delete_alias(FunctionName=function, Name=name)


CLAIMS = [
    Story("a creation with tags needs ecr:TagResource", tagged_creation_needs_tag_resource, {"MiniStack": Deviation("it is taken, expected AccessDeniedException", "no permission is checked")}),
    Story("form of an invented PhysicalResourceId", invented_physical_id, {"MiniStack": Deviation("the physical IDs are []", "a resource without an answer has no physical ID")}),
    Story("Describe right after Create finds the repository", describe_right_after_create),
    Story("ECR reprints a repository policy only in ways that count as equal", reprinted_policy),
    Story("ECR reprints a lifecycle policy with the same meaning", reprinted_lifecycle),
    Story("archive rules are taken", archive_rules),
    Story("EventPattern is taken as text", event_pattern_as_text),
    Story("an empty CommaDelimitedList has one empty member", empty_list),
    Story("&{} stays as it is in values", ampersand_in_values),
    Story("a Deny of BatchDeleteImage holds for administrators", deny_on_deletion_of_images, {"MiniStack": Deviation("it is taken, expected AccessDeniedException", "no repository policy is applied")}),
    Story("two wildcards in an exclusion filter are taken", two_wildcards),
    Story("three wildcards in an exclusion filter are refused", three_wildcards, {"MiniStack": Deviation("it is taken, expected", "filters are not checked")}),
    Story("Resource in a repository policy is taken", resource_in_a_policy),
    Story("ecr:GetAuthorizationToken in a repository policy is taken", token_in_a_policy),
    Story("-- in a repository's name is taken", double_hyphen),
    Story("a lifecycle preview completes", preview, {"MiniStack": Deviation("Unknown action: StartLifecyclePolicyPreview", "there is no preview")}),
    Story("a stack in DELETE_FAILED takes no update", update_of_delete_failed),
    Story("an alias may point at $LATEST and have its own event-invoke configuration", alias_at_latest),
]


def _as(world: World, role: str) -> Any:
    import boto3

    def assume() -> Any:
        return world.client("sts").assume_role(RoleArn=f"arn:aws:iam::{world.account}:role/{role}", RoleSessionName="smoke")

    credentials = _once_allowed(world, assume)["Credentials"]
    return boto3.client(
        "ecr", region_name=world.region, endpoint_url=world.url, aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"],
    )  # fmt: skip


def _once_allowed(world: World, call: Any) -> Any:
    """IAM needs its time until a new role is known everywhere."""
    end = time.monotonic() + world.limit
    while True:
        try:
            return call()
        except ClientError as error:
            if not error.response["Error"]["Code"].startswith("AccessDenied") or time.monotonic() > end:
                raise
            time.sleep(world.pause)
