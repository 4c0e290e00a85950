"""Resources of other types: named, passed over, and given the physical IDs and attributes that they would have.

Enough for a template around a custom resource to resolve: nothing is created. What is not in the tables gets a name in
CloudFormation's pattern (stack, logical ID, suffix), and an ARN where an attribute is called one.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from .resource import Resource
from .state import Outcome, StackState

# What a type calls the name that an author may choose.
_NAMES = {
    "AWS::CodeBuild::Project": "Name", "AWS::ECR::Repository": "RepositoryName", "AWS::ECS::Cluster": "ClusterName",
    "AWS::Events::Rule": "Name", "AWS::IAM::ManagedPolicy": "ManagedPolicyName", "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName", "AWS::KMS::Alias": "AliasName", "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName", "AWS::S3::Bucket": "BucketName", "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName", "AWS::SSM::Parameter": "Name",
}  # fmt: skip
# The resource part of a type's ARN, where it is not simply the name.
_ARNS = {
    "AWS::CodeBuild::Project": "project/", "AWS::ECR::Repository": "repository/", "AWS::ECS::Cluster": "cluster/",
    "AWS::ECS::TaskDefinition": "task-definition/", "AWS::Events::Rule": "rule/", "AWS::IAM::ManagedPolicy": "policy/",
    "AWS::IAM::Role": "role/", "AWS::IAM::User": "user/", "AWS::KMS::Key": "key/", "AWS::Lambda::Function": "function:",
    "AWS::Logs::LogGroup": "log-group:", "AWS::SSM::Parameter": "parameter/",
}  # fmt: skip
_REF_IS_ARN = {"AWS::ECS::TaskDefinition", "AWS::IAM::ManagedPolicy", "AWS::SNS::Topic"}
_LOWER_CASE = {"AWS::ECR::Repository", "AWS::S3::Bucket"}


def suffix(*parts: str, length: int = 13) -> str:
    """The letters and digits at the end of a generated physical ID; the same parts make the same suffix."""
    number = int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest(), "big")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(letters[(number >> (6 * at)) % len(letters)] for at in range(length))


class OtherResources:
    """Passes over every type that nothing else handles."""

    def create(self, stack: StackState, resource: Resource) -> Outcome:
        name = self._name(stack, resource)
        return Outcome(self._reference(stack, resource, name), {"": name})

    def update(self, stack: StackState, resource: Resource, current: Resource) -> Outcome:
        return self.create(stack, resource)

    def delete(self, stack: StackState, resource: Resource, attempts: int = 1) -> str:
        return ""

    def attribute(self, stack: StackState, resource: Resource, wanted: str) -> Any:
        """Fn::GetAtt's value."""
        name = resource.attributes[""]
        if wanted.endswith("Arn"):
            return _arn(stack, resource.type, name)
        if wanted == "RepositoryUri":
            return f"{stack.account}.dkr.ecr.{stack.region}.amazonaws.com/{name}"
        if wanted in ("Name", _NAMES.get(resource.type), "KeyId") or wanted.endswith(("Name", "Id")):
            return name
        if wanted.endswith(("Url", "Uri", "DomainName", "Endpoint")):
            return (
                f"https://{name.lower()}.example.com"
                if wanted.endswith(("Url", "Uri"))
                else f"{name.lower()}.example.com"
            )
        return f"{name}-{wanted}"

    def _name(self, stack: StackState, resource: Resource) -> str:
        chosen = resource.properties.get(_NAMES.get(resource.type, ""))
        if isinstance(chosen, str):
            return chosen
        if resource.type == "AWS::KMS::Key":
            return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{stack.id}/{resource.logical_id}"))
        name = f"{stack.name}-{resource.logical_id}-{suffix(stack.id, resource.logical_id)}"
        return name.lower() if resource.type in _LOWER_CASE else name

    def _reference(self, stack: StackState, resource: Resource, name: str) -> str:
        if resource.type in _REF_IS_ARN:
            return _arn(stack, resource.type, name)
        if resource.type == "AWS::SQS::Queue":
            return f"https://sqs.{stack.region}.amazonaws.com/{stack.account}/{name}"
        return name


def _arn(stack: StackState, kind: str, name: str) -> str:
    service = kind.split("::")[1].lower() if kind.count("::") == 2 else "custom"
    region = "" if service in ("iam", "s3") else stack.region
    account = "" if service == "s3" else stack.account
    return f"arn:aws:{service}:{region}:{account}:{_ARNS.get(kind, '')}{name}"
