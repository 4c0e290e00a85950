"""The events that are measured, as CloudFormation would send them."""

from __future__ import annotations

import uuid
from typing import Any

STACK = "arn:aws:cloudformation:us-east-1:123456789012:stack/bench/6f2a1b70-9d1e-11f0-8c3b-0affd5a7c1e5"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:custom-ecrrepo"
PULL = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]


def event(kind: str, url: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "RequestType": kind,
        "RequestId": str(uuid.uuid4()),
        "ResponseURL": url,
        "StackId": STACK,
        "ServiceToken": FUNCTION,
        "ResourceType": "Custom::EcrRepo",
        "LogicalResourceId": "Repository",
        "ResourceProperties": {"ServiceToken": FUNCTION, "ServiceTimeout": "1800"} | properties,
    } | more


def lifecycle(rules: int = 2) -> dict[str, Any]:
    return {
        "rules": [
            {
                "rulePriority": number,
                "description": f"rule {number}",
                "selection": {
                    "tagStatus": "tagged",
                    "tagPatternList": [f"branch-{number}-*"],
                    "countType": "imageCountMoreThan",
                    "countNumber": 10,
                },
                "action": {"type": "expire"},
            }
            for number in range(1, rules + 1)
        ]
    }


def policy(statements: int = 1) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": f"Pull{number}",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{210987654321 + number}:root"},
                "Action": PULL,
            }
            for number in range(statements)
        ],
    }


def repository(name: str, *, tags: int = 2, rules: int = 2, statements: int = 1) -> dict[str, Any]:
    """One Create's properties; a part whose number is 0 is left out."""
    return {
        "RepositoryName": name,
        "ImageTagMutability": "IMMUTABLE",
        "ImageScanningConfiguration": {"ScanOnPush": "true"},
        "Tags": [{"Key": f"tag{number}", "Value": f"value {number}"} for number in range(tags)],
        **({"LifecyclePolicy": {"LifecyclePolicyText": lifecycle(rules)}} if rules else {"Profile": "Native"}),
        **({"RepositoryPolicyText": policy(statements)} if statements else {}),
    }
