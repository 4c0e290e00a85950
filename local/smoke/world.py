"""The engine in which stories are played: its clients, the stacks and repositories made there, and their removal."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_CONFIG = "application/vnd.oci.image.config.v1+json"


class Wrong(Exception):
    """Something is not as a story or a claim says."""


def expect(holds: object, detail: str) -> None:
    if not holds:
        raise Wrong(detail)


def equal(found: object, wanted: object, what: str) -> None:
    expect(found == wanted, f"{what} is {found!r}, expected {wanted!r}")


@dataclass
class World:
    """`engine` is "MiniStack" or "AWS". Everything made here has a name that begins with `prefix`."""

    engine: str
    prefix: str
    region: str
    account: str
    function: str
    template: Path
    second_region: str = "eu-west-1"
    url: str | None = None
    pause: float = 5.0
    limit: float = 900.0
    # Seconds until a changed policy counts everywhere.
    settling: float = 0.0
    stacks: list[Stack] = field(default_factory=list)
    buckets: list[tuple[str, str]] = field(default_factory=list)

    def client(self, service: str, region: str | None = None) -> Any:
        region = region or self.region
        # Retries of CloudFormation's own throttle; a step that is slow is not wrong.
        # A report may take as long as the function may run.
        config = Config(retries={"mode": "standard", "max_attempts": 8}, read_timeout=910)
        if self.url is None:
            return boto3.client(service, region_name=region, config=config)
        return boto3.client(
            service, region_name=region, endpoint_url=self.url, config=config,
            aws_access_key_id=self.account, aws_secret_access_key="local",
        )  # fmt: skip

    @property
    def token(self) -> str:
        return f"arn:aws:lambda:{self.region}:{self.account}:function:{self.function}"

    @property
    def export(self) -> str:
        return f"{self.function}-ServiceToken"

    def stack(
        self, name: str, template: dict[str, Any] | Path, parameters: dict[str, str] | None = None, region: str | None = None
    ) -> Stack:
        """Creates a stack and waits until it has come to rest, whichever way."""
        stack = Stack(self, f"{self.prefix}-{name}", region or self.region)
        self.stacks.append(stack)
        stack.create(template, parameters or {})
        return stack

    def repository(self, name: str, region: str | None = None) -> dict[str, Any] | None:
        """As DescribeRepositories, with `tags`, `lifecyclePolicy` and `policy` as documents; None where there is none."""
        ecr = self.client("ecr", region)
        try:
            found: dict[str, Any] = ecr.describe_repositories(repositoryNames=[name])["repositories"][0]
        except ecr.exceptions.RepositoryNotFoundException:
            return None
        tags = ecr.list_tags_for_resource(resourceArn=found["repositoryArn"])["tags"]
        found["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
        found["lifecyclePolicy"] = _document(
            lambda: ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
        )
        found["policy"] = _document(lambda: ecr.get_repository_policy(repositoryName=name)["policyText"])
        return found

    def names(self, region: str | None = None) -> list[str]:
        """The repositories that are this run's."""
        pages = self.client("ecr", region).get_paginator("describe_repositories").paginate()
        every = [one["repositoryName"] for page in pages for one in page["repositories"]]
        return sorted(name for name in every if name.startswith((f"{self.prefix}/", f"{self.prefix}-")))

    def push(self, repository: str, tag: str = "v1") -> None:
        """An image of no layers: what a push writes, by the calls that it makes."""
        ecr = self.client("ecr")
        config = b"{}"
        if self.url is None:
            # ECR takes a manifest only once the blob that it names is there.
            digest = _upload(ecr, repository, config)
        else:
            digest = "sha256:" + "0" * 63 + "1"
        manifest = {
            "schemaVersion": 2, "mediaType": _MANIFEST,
            "config": {"mediaType": _CONFIG, "size": len(config), "digest": digest}, "layers": [],
        }  # fmt: skip
        ecr.put_image(repositoryName=repository, imageTag=tag, imageManifest=json.dumps(manifest), imageManifestMediaType=_MANIFEST)

    def images(self, repository: str) -> list[str]:
        found = self.client("ecr").list_images(repositoryName=repository)["imageIds"]
        return sorted(each.get("imageTag", "") for each in found)

    def clean(self, say: Callable[[str], None]) -> list[str]:
        """Removes everything that this run made; what could not be removed, in words."""
        left = []
        for stack in reversed(self.stacks):
            try:
                stack.remove()
            except (ClientError, BotoCoreError, Wrong) as error:
                left.append(f"stack {stack.name} in {stack.region}: {error}")
        for region in (self.region, self.second_region):
            try:
                for name in self.names(region):
                    say(f"removing the repository {name} in {region}")
                    self.client("ecr", region).delete_repository(repositoryName=name, force=True)
            except (ClientError, BotoCoreError) as error:
                left.append(f"repositories in {region}: {error}")
        for region, name in self.buckets:
            try:
                _remove_bucket(self.client("s3", region), name)
            except (ClientError, BotoCoreError) as error:
                left.append(f"bucket {name}: {error}")
        return left


@dataclass
class Stack:
    """One stack; `status` is what the API last said."""

    world: World
    name: str
    region: str
    id: str = ""
    status: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    def create(self, template: dict[str, Any] | Path, parameters: dict[str, str]) -> None:
        self.id = self._api.create_stack(**self._request(template, parameters))["StackId"]
        self.settle()

    def update(self, template: dict[str, Any] | Path, parameters: dict[str, str] | None = None) -> None:
        self._api.update_stack(**self._request(template, parameters or {}))
        self.settle()

    def delete(self, retain: list[str] | None = None) -> None:
        more = {"RetainResources": retain} if retain else {}
        self._api.delete_stack(StackName=self.id, **more)
        self.settle()

    def remove(self) -> None:
        """Deletes it, whatever is left of it; a resource that will not go is let go of."""
        if not self.exists():
            return
        self.delete()
        if self.status == "DELETE_FAILED":
            listed = self._api.describe_stack_resources(StackName=self.id)["StackResources"]
            self.delete([one["LogicalResourceId"] for one in listed if one["ResourceStatus"] == "DELETE_FAILED"])
        equal(self.status, "DELETE_COMPLETE", f"the status of {self.name}")

    def exists(self) -> bool:
        try:
            return bool(self.id) and self.look() != "DELETE_COMPLETE"
        except ClientError as error:
            if "does not exist" in str(error):
                return False
            raise

    def reasons(self, logical_id: str | None = None) -> str:
        """Why what failed has failed, in the stack's own words, oldest first."""
        pages = self._api.get_paginator("describe_stack_events").paginate(StackName=self.id)
        events = [event for page in pages for event in page["StackEvents"]]
        return "\n".join(
            str(event.get("ResourceStatusReason", ""))
            for event in reversed(events)
            if event["ResourceStatus"].endswith("_FAILED") and logical_id in (None, event["LogicalResourceId"])
        )

    def physical_id(self, logical_id: str) -> str:
        listed = self._api.describe_stack_resources(StackName=self.id)["StackResources"]
        return str(next(one for one in listed if one["LogicalResourceId"] == logical_id)["PhysicalResourceId"])

    def resources(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._api.describe_stack_resources(StackName=self.id)["StackResources"]
        return found

    def expect(self, status: str) -> None:
        expect(self.status == status, f"the stack is {self.status}, expected {status}: {self.reasons() or 'no reason given'}")

    @property
    def _api(self) -> Any:
        return self.world.client("cloudformation", self.region)

    def _request(self, template: dict[str, Any] | Path, parameters: dict[str, str]) -> dict[str, Any]:
        body = template.read_text() if isinstance(template, Path) else json.dumps(template)
        given = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
        return {"StackName": self.id or self.name, "TemplateBody": body, "Parameters": given, "Capabilities": CAPABILITIES}

    def look(self) -> str:
        found = self._api.describe_stacks(StackName=self.id)["Stacks"][0]
        self.status = found["StackStatus"]
        self.outputs = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}
        return self.status

    def settle(self) -> None:
        end = time.monotonic() + self.world.limit
        while self.look().endswith("_IN_PROGRESS"):
            expect(time.monotonic() < end, f"{self.name} is still {self.status} after {self.world.limit:.0f} s")
            time.sleep(self.world.pause)


def _document(read: Callable[[], str]) -> Any:
    try:
        return json.loads(read())
    except ClientError as error:
        if error.response["Error"]["Code"].endswith("PolicyNotFoundException"):
            return None
        raise


def _upload(ecr: Any, repository: str, blob: bytes) -> str:
    begun = ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
    ecr.upload_layer_part(
        repositoryName=repository, uploadId=begun, partFirstByte=0, partLastByte=len(blob) - 1, layerPartBlob=blob
    )
    digest = f"sha256:{hashlib.sha256(blob).hexdigest()}"
    ecr.complete_layer_upload(repositoryName=repository, uploadId=begun, layerDigests=[digest])
    return digest


def _remove_bucket(s3: Any, name: str) -> None:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
        for one in page.get("Contents", []):
            s3.delete_object(Bucket=name, Key=one["Key"])
    s3.delete_bucket(Bucket=name)
