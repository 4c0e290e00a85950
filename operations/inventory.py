"""`make inventory`: every repository of the provider in this account and Region, and the stack that owns it.

It reads the tags of each repository, which are its owner's record, and asks CloudFormation about each stack once.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from . import command

_MANAGED = ("ecrrepo:managed-by", "Custom::EcrRepo")
GONE, ELSEWHERE = "GONE", "OTHER ACCOUNT"


@dataclass(frozen=True)
class Entry:
    """A repository and its owner. `stackStatus` is CloudFormation's, GONE, or OTHER ACCOUNT for a tenant's stack."""

    repository: str
    stackId: str
    logicalResourceId: str
    stackStatus: str
    adopted: bool

    @property
    def stack(self) -> str:
        """Its name, which is a part of its ID."""
        return self.stackId.split("/")[1] if self.stackId.count("/") == 2 else self.stackId


def collect(ecr: Any, cloudformation: Any) -> list[Entry]:
    statuses: dict[str, str] = {}
    entries = []
    for page in ecr.get_paginator("describe_repositories").paginate():
        for repository in page["repositories"]:
            listed = ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"]
            tags = {tag["Key"]: tag["Value"] for tag in listed}
            if tags.get(_MANAGED[0]) != _MANAGED[1]:
                continue
            stack_id = tags.get("ecrrepo:stack-id", "")
            if stack_id not in statuses:
                statuses[stack_id] = _status(cloudformation, stack_id, repository["registryId"])
            entries.append(Entry(
                repository["repositoryName"], stack_id, tags.get("ecrrepo:logical-id", ""), statuses[stack_id],
                tags.get("ecrrepo:adopted") == "true"))  # fmt: skip
    return sorted(entries, key=lambda entry: (entry.stack, entry.repository))


def _status(cloudformation: Any, stack_id: str, account: str) -> str:
    if f":{account}:" not in stack_id:
        return ELSEWHERE
    try:
        status: str = cloudformation.describe_stacks(StackName=stack_id)["Stacks"][0]["StackStatus"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return GONE
    # A deleted stack can still be described by its ID for 90 days.
    return GONE if status == "DELETE_COMPLETE" else status


def main() -> int:
    entries = collect(command.client("ecr"), command.client("cloudformation"))
    command.document({"repositories": [asdict(entry) for entry in entries]})
    if command.is_json():
        return 0
    if entries:
        rows = [("STACK", "STATUS", "RESOURCE", "REPOSITORY", "")]
        rows += [
            (entry.stack, entry.stackStatus, entry.logicalResourceId, entry.repository, "adopted" if entry.adopted else "")
            for entry in entries
        ]
        command.table(rows)
        command.say()
    stacks = {entry.stackId for entry in entries}
    gone = sum(entry.stackStatus == GONE for entry in entries)
    command.say(f"Repositories: {len(entries)}, of {len(stacks)} stacks. Repositories whose stack is gone: {gone}.")
    return 0


if __name__ == "__main__":
    sys.exit(command.run(main))
