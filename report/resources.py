"""The resources of a change set, from DescribeChangeSet's own shapes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

TYPE = "Custom::EcrRepo"
_NESTED = "AWS::CloudFormation::Stack"
_FUNCTION_TYPES = ("Custom::", "AWS::CloudFormation::CustomResource")

# What stands in place of a value that a change set does not tell.
KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}"
_MASKS = (
    (KNOWN_AFTER_APPLY, "known only after the deployment"),
    ("{{resolve:", "a dynamic reference, which CloudFormation resolves during the deployment"),
    ("****", "hidden, because its parameter has NoEcho"),
)


class MissingValues(Exception):
    """The change set names a resource but not its properties: nothing can be planned."""


@dataclass(frozen=True)
class Resource:
    """One change. `before` and `after` are properties; None where the resource is new, or goes."""

    logical_id: str
    action: str
    physical_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    retained: bool = False


@dataclass(frozen=True)
class Found:
    """What a change set changes: our resources, and in words what is not looked at."""

    resources: list[Resource]
    notes: list[str]


def read(plain: list[dict[str, Any]], valued: list[dict[str, Any]], function: str) -> Found:
    """`plain` are the changes described without property values, `valued` those with.

    CloudFormation leaves a resource out of the second answer if it cannot validate JSON in it, and tells so in a warning only
    (aws-cdk-cli #1780). So the first one says which resources there are. `function` is the provider's name: other custom types
    that have it as their ServiceToken count as well.
    """
    values = {each["LogicalResourceId"]: each for each in _changes(valued)}
    found = Found([], [])
    for change in _changes(plain):
        name, kind = change["LogicalResourceId"], change["ResourceType"]
        told = values.get(name, {})
        before, after = _properties(told, "BeforeContext"), _properties(told, "AfterContext")
        if kind == _NESTED:
            found.notes.append(f"{name} is a nested stack, which is not looked into.")
            continue
        if kind != TYPE and not (kind.startswith(_FUNCTION_TYPES) and _is_of(function, before, after)):
            continue
        action = change["Action"]
        _check(name, action, before, after)
        found.resources.append(
            Resource(
                name, action, change.get("PhysicalResourceId"), before, after, "Retain" in change.get("PolicyAction", "")
            )
        )
    return found


def known(after: dict[str, Any], before: dict[str, Any] | None) -> tuple[dict[str, Any], dict[str, str]]:
    """The properties without what the change set does not tell, and why not, by property.

    A property of which any part is unknown is taken as it was before, or left out where there was none: so nothing is planned
    for it.
    """
    properties, unknown = {}, {}
    for name, value in after.items():
        why = _mask(value)
        if why is None:
            properties[name] = value
            continue
        unknown[name] = why
        if before is not None and name in before and _mask(before[name]) is None:
            properties[name] = before[name]
    return properties, unknown


def _changes(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each["ResourceChange"] for each in listed if each.get("Type") == "Resource"]


def _properties(change: dict[str, Any], context: str) -> dict[str, Any] | None:
    """A context is a JSON text: `{"Properties": {…}, "Metadata": {…}}`."""
    if not change.get(context):
        return None
    read = json.loads(change[context])
    properties = read.get("Properties", {})
    return properties if isinstance(properties, dict) else None


def _is_of(function: str, *contexts: dict[str, Any] | None) -> bool:
    tokens = [str(each.get("ServiceToken", "")).split(":") for each in contexts if each]
    return any(len(token) > 6 and token[6] == function for token in tokens)


def _check(name: str, action: str, before: Any, after: Any) -> None:
    needed = {"Add": [after], "Modify": [before, after], "Remove": [before]}.get(action)
    if needed is None:
        raise MissingValues(f"{name}: a change set that would {action} a custom resource is not understood.")
    if None in needed:
        raise MissingValues(
            f"{name}: CloudFormation tells that it would {action} this resource, but not its properties. It leaves a resource out "
            "where it cannot validate JSON in it. Nothing is planned, since the plan would not be the whole."
        )


def _mask(value: Any) -> str | None:
    if isinstance(value, dict):
        return next(filter(None, map(_mask, value.values())), None)
    if isinstance(value, list):
        return next(filter(None, map(_mask, value)), None)
    if isinstance(value, str):
        return next((why for mask, why in _MASKS if mask in value), None)
    return None
