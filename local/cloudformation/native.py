"""AWS::ECR::Repository, really made: what a custom resource adopts, or collides with, has to exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .resource import Resource
from .resources import OtherResources
from .scalars import text
from .state import Outcome, StackState


# Operations and their parameters.
Calls = list[tuple[str, dict[str, Any]]]


class NativeRepositories(OtherResources):
    """`call(operation, **parameters)` calls ECR and raises what it refuses with; names and attributes are as ever."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def create(self, stack: StackState, resource: Resource) -> Outcome:
        name, given = self._name(stack, resource), resource.properties
        if _misshapen(given):
            return Outcome(None, {"": name}, _misshapen(given))
        encryption = given.get("EncryptionConfiguration", {})
        request = {
            "repositoryName": name,
            "imageTagMutability": given.get("ImageTagMutability", "MUTABLE"),
            "imageScanningConfiguration": {
                "scanOnPush": _true(given.get("ImageScanningConfiguration", {}).get("ScanOnPush"))
            },
            "encryptionConfiguration": {"encryptionType": encryption.get("EncryptionType", "AES256")},
            "tags": given.get("Tags", []),
        }
        if "KmsKey" in encryption:
            request["encryptionConfiguration"]["kmsKey"] = encryption["KmsKey"]
        if "ImageTagMutabilityExclusionFilters" in given:
            request["imageTagMutabilityExclusionFilters"] = [
                {"filterType": one["ImageTagMutabilityExclusionFilterType"],
                 "filter": one["ImageTagMutabilityExclusionFilterValue"]}
                for one in given["ImageTagMutabilityExclusionFilters"]
            ]  # fmt: skip
        return self._attempt(name, [("CreateRepository", request), *self._policies(name, given, {})])

    def update(self, stack: StackState, resource: Resource, current: Resource) -> Outcome:
        name, given, old = self._name(stack, resource), resource.properties, current.properties
        if name != current.physical_id or _misshapen(given):
            return self.create(stack, resource)
        if given.get("EncryptionConfiguration") != old.get("EncryptionConfiguration"):
            return Outcome(
                name, current.attributes, "Updating EncryptionConfiguration is not supported here."
            )
        scan = {"scanOnPush": _true(given.get("ImageScanningConfiguration", {}).get("ScanOnPush"))}
        mutability = given.get("ImageTagMutability", "MUTABLE")
        calls = [
            ("PutImageTagMutability", {"repositoryName": name, "imageTagMutability": mutability}),
            ("PutImageScanningConfiguration", {"repositoryName": name, "imageScanningConfiguration": scan}),
        ]
        return self._attempt(name, calls + self._policies(name, given, old) + _tags(stack, name, given, old))

    def delete(self, stack: StackState, resource: Resource, attempts: int = 1) -> str:
        try:
            self._call(
                "DeleteRepository",
                repositoryName=resource.physical_id,
                force=_true(resource.properties.get("EmptyOnDelete")),
            )
        except Exception as error:  # whatever the caller's ECR raises is this resource's failure
            return "" if "RepositoryNotFound" in str(error) else _said(error)
        return ""

    def _policies(self, name: str, given: dict[str, Any], old: dict[str, Any]) -> Calls:
        calls = []
        lifecycle = given.get("LifecyclePolicy", {}).get("LifecyclePolicyText")
        if lifecycle is not None:
            calls.append(
                ("PutLifecyclePolicy", {"repositoryName": name, "lifecyclePolicyText": _document(lifecycle)})
            )
        elif "LifecyclePolicy" in old:
            calls.append(("DeleteLifecyclePolicy", {"repositoryName": name}))
        policy = given.get("RepositoryPolicyText")
        if policy is not None:
            calls.append(("SetRepositoryPolicy", {"repositoryName": name, "policyText": _document(policy)}))
        elif "RepositoryPolicyText" in old:
            calls.append(("DeleteRepositoryPolicy", {"repositoryName": name}))
        return calls

    def _attempt(self, name: str, calls: Calls) -> Outcome:
        for operation, request in calls:
            try:
                self._call(operation, **request)
            except Exception as error:  # as above
                return Outcome(None if operation == "CreateRepository" else name, {"": name}, _said(error))
        return Outcome(name, {"": name})


def _misshapen(given: dict[str, Any]) -> str:
    """What is wrong with the shape of the properties, "" if nothing is."""
    for name in ("EncryptionConfiguration", "ImageScanningConfiguration", "LifecyclePolicy"):
        if not isinstance(given.get(name, {}), dict):
            return (
                f"Properties validation failed for resource with message: #/{name}: expected type: JSONObject"
            )
    tags = given.get("Tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, dict) and "Key" in tag for tag in tags):
        return "Properties validation failed for resource with message: #/Tags: expected type: JSONArray"
    return ""


def _tags(stack: StackState, name: str, given: dict[str, Any], old: dict[str, Any]) -> Calls:
    arn = f"arn:aws:ecr:{stack.region}:{stack.account}:repository/{name}"
    tags, gone = given.get("Tags", []), [tag["Key"] for tag in old.get("Tags", [])]
    gone = [key for key in gone if key not in [tag["Key"] for tag in tags]]
    calls = (
        [("TagResource", {"resourceArn": arn, "tags": tags})] if tags != old.get("Tags", []) and tags else []
    )
    return calls + ([("UntagResource", {"resourceArn": arn, "tagKeys": gone})] if gone else [])


def _true(value: Any) -> bool:
    return value is not None and text(value) == "true"


def _document(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _said(error: Exception) -> str:
    return f'Resource handler returned message: "{error}"'
