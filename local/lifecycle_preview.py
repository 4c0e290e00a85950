"""ECR's preview of a lifecycle policy, which moto does not have, for images in the standard storage class.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicyPreview.html
https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr.exceptions import LifecyclePolicyNotFoundException
from moto.ecr.policy_validation import EcrLifecyclePolicyValidator
from moto.ecr.responses import ECRResponse

_DAY = 86_400


class LifecyclePolicyPreviewNotFoundException(ServiceException):
    code = "LifecyclePolicyPreviewNotFoundException"
    message = "There is no preview of a lifecycle policy for this repository."


@dataclass(frozen=True)
class Image:
    """An image as the rules see it; `pushed` in seconds since 1970."""

    digest: str
    tags: tuple[str, ...]
    pushed: float


@dataclass(frozen=True)
class Taken:
    """What a policy does to an image, by the rule of this priority."""

    image: Image
    action: str
    priority: int


def close() -> None:
    """Adds the two operations to moto."""
    ECRResponse.start_lifecycle_policy_preview = _start
    ECRResponse.get_lifecycle_policy_preview = _get


def taken(policy: dict[str, Any], images: list[Image], now: float) -> list[Taken]:
    """All rules look at all images; then, by priority, each takes what no rule before it has identified."""
    before: set[str] = set()
    result = []
    for rule in sorted(policy["rules"], key=lambda each: each["rulePriority"]):
        selection = rule["selection"]
        identified = [image for image in images if _identifies(selection, image)]
        for image in _beyond_the_limit(selection, identified, now):
            if image.digest not in before:
                result.append(Taken(image, rule["action"]["type"], rule["rulePriority"]))
        before |= {image.digest for image in identified}
    return result


def _identifies(selection: dict[str, Any], image: Image) -> bool:
    if selection.get("storageClass", "standard") != "standard":
        return False
    match selection["tagStatus"]:
        case "untagged":
            return not image.tags
        case "tagged":
            patterns = [re.escape(each).replace(r"\*", ".*") for each in selection.get("tagPatternList", [])]
            patterns += [re.escape(each) + ".*" for each in selection.get("tagPrefixList", [])]
            # An image must match every pattern of the list, each by any of its tags.
            return bool(image.tags) and all(any(re.fullmatch(p, tag) for tag in image.tags) for p in patterns)
        case _:
            return True


def _beyond_the_limit(selection: dict[str, Any], identified: list[Image], now: float) -> list[Image]:
    number = selection["countNumber"]
    match selection["countType"]:
        case "imageCountMoreThan":
            return sorted(identified, key=lambda image: image.pushed, reverse=True)[number:]
        case "sinceImagePushed" | "sinceImagePulled":
            # Nothing here records a pull; an image that was never pulled counts from its push.
            return [image for image in identified if image.pushed < now - number * _DAY]
        case _:
            return []


def _start(self: Any) -> ActionResult:
    backend, name = self.ecr_backend, self._get_param("repositoryName")
    repository = backend._get_repository(name, self._get_param("registryId"))
    text = self._get_param("lifecyclePolicyText") or repository.lifecycle_policy
    if not text:
        raise LifecyclePolicyNotFoundException(name, repository.registry_id)
    EcrLifecyclePolicyValidator(text).validate()
    images = [Image(each.get_image_digest(), tuple(each.image_tags), each.image_pushed_at) for each in repository.images]
    repository.lifecycle_preview = {"text": text, "taken": taken(json.loads(text), images, time.time()), "looked": False}
    return ActionResult(_head(repository, text) | {"status": "IN_PROGRESS"})


def _get(self: Any) -> ActionResult:
    repository = self.ecr_backend._get_repository(self._get_param("repositoryName"), self._get_param("registryId"))
    preview = getattr(repository, "lifecycle_preview", None)
    if preview is None:
        raise LifecyclePolicyPreviewNotFoundException
    head = _head(repository, preview["text"])
    if not preview["looked"]:
        # The first look finds it at work, as with ECR.
        preview["looked"] = True
        return ActionResult(head | {"status": "IN_PROGRESS"})
    expiring = [each for each in preview["taken"] if each.action == "expire"]
    archiving = len(preview["taken"]) - len(expiring)
    results = [
        {
            "imageDigest": each.image.digest,
            "imageTags": list(each.image.tags),
            "imagePushedAt": each.image.pushed,
            "action": {"type": each.action.upper()},
            "appliedRulePriority": each.priority,
        }
        for each in preview["taken"][: self._get_param("maxResults") or 100]
    ]
    summary: dict[str, Any] = {"expiringImageTotalCount": len(expiring)}
    if archiving:
        summary["transitioningImageTotalCounts"] = [{"targetStorageClass": "ARCHIVE", "imageTotalCount": archiving}]
    return ActionResult(head | {"status": "COMPLETE", "previewResults": results, "summary": summary})


def _head(repository: Any, text: str) -> dict[str, Any]:
    return {"registryId": repository.registry_id, "repositoryName": repository.name, "lifecyclePolicyText": text}
