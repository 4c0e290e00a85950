"""A change set of a simulated stack, in the shapes of DescribeChangeSet with property values.

What a value refers to and does not exist yet is known only after the deployment. What changes is decided with the values
that a deployment would use; the change set shows no value of a NoEcho parameter, and dynamic references as they are written.
Like CloudFormation's own, it says nothing of whether the deployment would succeed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .errors import ResourceError, TemplateError
from .intrinsics import NO_VALUE, References
from .model import Definition, Model
from .resource import Resource, keeps
from .scalars import strings, text
from .stack import Stack
from .state import Live, is_custom_type
from .template import HIDDEN, Template

KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}"


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
    """What updating the stack (a new one: creating it) to this template would change, as DescribeChangeSet's Changes.

    Raises TemplateError, ValidationError and ResourceError where CloudFormation makes no change set.
    """
    template = stack.template if template is None else Template.of(template)
    given = {name: value for name, value in stack.parameters.items() if name in template.section("Parameters")}
    given.update(parameters or {})
    model = stack.model(template, given)
    deployed = None if stack.template is None else stack.model(stack.template, stack.parameters)
    found: list[dict[str, Any]] = []
    for name, definition in model.definitions.items():
        before = stack.resources.get(name)
        after = _properties(stack, model, definition)
        if before is None or after != before.properties:
            found.append(_change(
                "Add" if before is None else "Modify", definition, before, _context(stack, deployed, name),
                _context(stack, model, name), definition.update_replace_policy))  # fmt: skip
    for name, before in stack.resources.items():
        if name not in model.definitions:
            found.append(_change("Remove", before, before, _context(stack, deployed, name), None, before.deletion_policy))
    return found


def _properties(stack: Stack, model: Model, definition: Definition) -> Any:
    """As the deployment would have them, as far as that is known."""
    place = f"{definition.type}/Properties"
    return _resolved(stack, model, definition, lambda node, live: model.value(node, live, place))


def _context(stack: Stack, model: Model | None, name: str) -> Any:
    """The properties as a change set shows them."""
    if model is None or name not in model.definitions:
        return None
    hidden = dict.fromkeys(model.template.no_echo(), HIDDEN)

    def shown(node: Any, live: References) -> Any:
        try:
            return model.resolver(live, hidden).resolve(node)
        except (ResourceError, TemplateError):
            if not hidden:
                raise
            model.resolver(live).resolve(node)  # raises if it is not the hidden value that a function cannot take
            return HIDDEN

    return _resolved(stack, model, model.definitions[name], shown)


def _resolved(
    stack: Stack, model: Model, definition: Definition, resolve: Callable[[Any, References], Any]
) -> dict[str, Any]:
    live = Foreseen(stack, model)
    properties: dict[str, Any] = {}
    for key, node in definition.properties.items():
        try:
            value = resolve(node, live)
        except (ResourceError, TemplateError):
            # An intrinsic function that needs what is not there yet, such as the second part of its ARN.
            if not model.missing(node, stack.resources):
                raise
            value = KNOWN_AFTER_APPLY
        if value is not NO_VALUE:
            properties[text(key)] = value
    return strings(properties) if is_custom_type(definition.type) else properties


def _change(
    action: str, resource: Definition | Resource, before: Resource | None, shown_before: Any, shown_after: Any, policy: str
) -> dict[str, Any]:
    change: dict[str, Any] = {
        "Action": action, "LogicalResourceId": resource.logical_id, "ResourceType": resource.type}  # fmt: skip
    if before is not None:
        change["PhysicalResourceId"] = before.physical_id
        change["BeforeContext"] = json.dumps({"Properties": shown_before})
        if keeps(policy):
            change["PolicyAction"] = "Retain" if action == "Remove" else "ReplaceAndRetain"
    if shown_after is not None:
        change["AfterContext"] = json.dumps({"Properties": shown_after})
    return {"Type": "Resource", "ResourceChange": change}
