"""A change set of a simulated stack, in the shapes of DescribeChangeSet with property values.

What a value refers to and does not exist yet is known only after the deployment; the values of NoEcho parameters are hidden;
dynamic references stay as they are written. Like CloudFormation's own, it says nothing of whether the deployment would succeed.
"""

from __future__ import annotations

import json
from typing import Any

from .errors import ResourceError, TemplateError
from .intrinsics import NO_VALUE
from .model import Definition, Model
from .scalars import strings, text
from .stack import Stack
from .state import Live, is_custom_type
from .template import Template

KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}"
HIDDEN = "****"


class Foreseen:
    """What may be referred to before anything is deployed; see intrinsics.References."""

    def __init__(self, stack: Stack, model: Model) -> None:
        self._live, self._deployed = Live(stack, model.definitions), stack.resources

    def has(self, name: str) -> bool:
        return self._live.has(name)

    def ref(self, name: str) -> Any:
        return self._live.ref(name) if name in self._deployed else KNOWN_AFTER_APPLY

    def attribute(self, name: str, wanted: str) -> Any:
        return self._live.attribute(name, wanted) if name in self._deployed else KNOWN_AFTER_APPLY


def changes(stack: Stack, template: Any = None, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What updating the stack (a new one: creating it) to this template would change, as DescribeChangeSet's Changes."""
    template = stack.template if template is None else Template.of(template)
    given = {name: value for name, value in stack.parameters.items() if name in template.section("Parameters")}
    given.update(parameters or {})
    model = stack.model(template, given)
    _hide(model, template)
    found: list[dict[str, Any]] = []
    for name, definition in model.definitions.items():
        before = stack.resources.get(name)
        after = _properties(stack, model, definition)
        if before is None:
            found.append(_change("Add", name, definition.type, after=after))
        elif after != before.properties:
            found.append(_change("Modify", name, definition.type, before, after, definition.update_replace_policy))
    for name, before in stack.resources.items():
        if name not in model.definitions:
            found.append(_change("Remove", name, before.type, before, policy=before.deletion_policy))
    return found


def _properties(stack: Stack, model: Model, definition: Definition) -> Any:
    resolver = model.resolver(Foreseen(stack, model))
    properties: dict[str, Any] = {}
    for key, node in definition.properties.items():
        try:
            value = resolver.resolve(node)
        except (ResourceError, TemplateError):
            # An intrinsic function that needs what is not there yet, such as the second part of its ARN.
            if all(need in stack.resources for need in definition.needs):
                raise
            value = KNOWN_AFTER_APPLY
        if value is not NO_VALUE:
            properties[text(key)] = value
    return strings(properties) if is_custom_type(definition.type) else properties


def _hide(model: Model, template: Template) -> None:
    for name, declaration in template.section("Parameters").items():
        if text(declaration.get("NoEcho", False)) == "true":
            model.values[str(name)] = HIDDEN


def _change(
    action: str, name: str, kind: str, before: Any = None, after: Any = None, policy: str = "Delete"
) -> dict[str, Any]:
    change: dict[str, Any] = {"Action": action, "LogicalResourceId": name, "ResourceType": kind}
    if before is not None:
        change["PhysicalResourceId"] = before.physical_id
        change["BeforeContext"] = json.dumps({"Properties": before.properties})
    if after is not None:
        change["AfterContext"] = json.dumps({"Properties": after})
    if before is not None and policy != "Delete":
        change["PolicyAction"] = "Retain" if action == "Remove" else "ReplaceAndRetain"
    return {"Type": "Resource", "ResourceChange": change}
