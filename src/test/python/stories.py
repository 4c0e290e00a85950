"""Stacks with the packaged function as their provider: what tests that tell a stack's story share."""

import json
import re

from local.cloudformation import CloudFormation
from local.cloudformation.native import NativeRepositories
from local.provider import LocalProvider

MANIFEST = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "size": 7023,
        "digest": "sha256:b5b2b2c507a0944348e0303114d8d93aaaa081732b86451d9bce1f432a537bc7",
    },
    "layers": [],
}


RECORD = "ecrrepo:applied"


def without_record(repositories):
    """The record has the time of the last event and what was there before it, so a rollback leaves another one."""
    return [
        each | {"tags": [tag for tag in each["tags"] if tag["Key"] != RECORD]} for each in repositories
    ]


def without_time(repositories):
    """An update that changes nothing leaves its time in the record, and no more."""
    return json.loads(re.sub(r'("1/)\d{8}T\d{6}Z/', r"\1", json.dumps(repositories, default=str)))


def changes(calls):
    """What was written, but the record alone: an update that changes nothing leaves its time in it."""
    return [call.operation for call in calls if not call.read_only and not _writes_the_record_alone(call)]


def _writes_the_record_alone(call):
    return call.operation == "TagResource" and [tag["Key"] for tag in call.parameters["tags"]] == [RECORD]


class Stage:
    """One run's CloudFormation, and what it did to ECR."""

    def __init__(self, run):
        self.run, self.provider = run, LocalProvider(run)
        self.cloud = CloudFormation(
            self.provider, native={"AWS::ECR::Repository": NativeRepositories(run.call)}
        )
        self._marked = 0

    def mark(self):
        """`steps`, `calls` and `writes` begin here."""
        self._marked = len(self.provider.steps)

    @property
    def steps(self):
        return self.provider.steps[self._marked :]

    @property
    def calls(self):
        return [call for step in self.steps for call in step.calls]

    @property
    def writes(self):
        return [call.operation for call in self.calls if not call.read_only]

    @property
    def changes(self):
        return changes(self.calls)

    @property
    def names(self):
        return [repository["repositoryName"] for repository in self.run.repositories()]

    def repository(self, name):
        return next(one for one in self.run.repositories() if one["repositoryName"] == name)

    def push(self, name, tag="v1"):
        """An image, so that the repository is not empty."""
        self.run.call("PutImage", repositoryName=name, imageManifest=json.dumps(MANIFEST), imageTag=tag)

    def images(self, name):
        return [image["imageTag"] for image in self.run.call("ListImages", repositoryName=name)["imageIds"]]


def failures(stack):
    """The reasons of what failed: what an assertion shows when a stack is not where it should be."""
    return [str(row) for row in stack.events if "FAILED" in row.status]
