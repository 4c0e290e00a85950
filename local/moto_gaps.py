"""What Amazon ECR knows and moto does not yet: the storage classes in lifecycle policies, their preview, pages of repositories,
and the limit of 50 tags.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html
"""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr import policy_validation as moto
from moto.ecr.models import ECRBackend
from moto.ecr.responses import ECRResponse

from . import lifecycle_preview

MOST_TAGS = 50


class TooManyTagsException(ServiceException):
    code = "TooManyTagsException"
    message = f"The list of tags on the repository is over the limit. A repository can have {MOST_TAGS} tags."


def close() -> None:
    moto.VALID_ACTION_TYPE_VALUES = moto.VALID_ACTION_TYPE_VALUES | {"transition"}
    moto.VALID_ACTION_PROPERTIES = moto.VALID_ACTION_PROPERTIES | {"targetStorageClass"}
    moto.VALID_SELECTION_PROPERTIES = moto.VALID_SELECTION_PROPERTIES | {"storageClass"}
    moto.VALID_SELECTION_COUNT_TYPE_VALUES = moto.VALID_SELECTION_COUNT_TYPE_VALUES | {
        "sinceImagePulled",
        "sinceImageTransitioned",
    }
    lifecycle_preview.close()
    ECRResponse.describe_repositories = _paging(ECRResponse.describe_repositories)
    ECRBackend.create_repository = _creation(ECRBackend.create_repository)
    ECRBackend.tag_resource = _tagging(ECRBackend.tag_resource)


def _paging(describe: Any) -> Any:
    """As ECR: 100 a page where nothing else is asked for; the token is the place of the next one."""
    if getattr(describe, "pages", False):
        return describe

    def describe_repositories(self: Any) -> Any:
        if self._get_param("repositoryNames"):
            return describe(self)
        every = self.ecr_backend.describe_repositories(registry_id=self._get_param("registryId"))
        start = int(self._get_param("nextToken") or 0)
        end = start + int(self._get_param("maxResults") or 100)
        page: dict[str, Any] = {"repositories": every[start:end]}
        if end < len(every):
            page["nextToken"] = str(end)
        return ActionResult(page)

    describe_repositories.pages = True
    return describe_repositories


def _creation(create: Any) -> Any:
    if getattr(create, "counts", False):
        return create

    def create_repository(self: Any, *args: Any, **named: Any) -> Any:
        if len(named.get("tags") or []) > MOST_TAGS:
            raise TooManyTagsException
        return create(self, *args, **named)

    create_repository.counts = True
    return create_repository


def _tagging(tag: Any) -> Any:
    if getattr(tag, "counts", False):
        return tag

    def tag_resource(self: Any, arn: str, tags: list[dict[str, str]]) -> None:
        there = self.list_tags_for_resource(arn)["tags"]
        if len({each["Key"] for each in (*there, *tags)}) > MOST_TAGS:
            raise TooManyTagsException
        tag(self, arn, tags)

    tag_resource.counts = True
    return tag_resource
