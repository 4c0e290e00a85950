"""A template read for one stack: loops written out, conditions decided, resources with what they depend on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from . import dynamic, foreach, graph, parameters, service_token
from .conditions import Conditions
from .errors import ResourceError, TemplateError, ValidationError
from .intrinsics import NO_VALUE, References, Resolver
from .scalars import text
from .template import Template

_RESOURCE_KEYS = {
    "Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdatePolicy",
    "UpdateReplacePolicy",
}  # fmt: skip
_POLICIES = ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot")


@dataclass(frozen=True)
class Definition:
    """A resource as the template states it; `needs` are the logical IDs of the resources that must exist before it."""

    logical_id: str
    type: str
    node: dict[str, Any]
    needs: tuple[str, ...]
    deletion_policy: str
    update_replace_policy: str

    @property
    def properties(self) -> Any:
        return self.node.get("Properties", {})


class Model:
    """`pseudo` are the pseudo parameters by name. Raises TemplateError, and ValidationError for parameters."""

    def __init__(self, template: Template, pseudo: dict[str, Any], given: dict[str, Any], exports: dict[str, str], function_arn: str, stored: dict[str, str]) -> None:
        given, stored = service_token.fill_in(template, given, stored, function_arn)
        self.template, self.exports, self._stored = template, exports, stored
        self.values = {**pseudo, **parameters.resolve(template, given, stored)}
        bare = Resolver(template, self.values, exports=exports)
        self.conditions = Conditions(
            template, foreach.expand(template, template.section("Conditions"), bare), bare.resolve
        )
        plain = self.resolver(None)
        resources = foreach.expand(template, template.section("Resources"), plain)
        self._names = set(resources)
        self.definitions = {
            str(key): self._define(str(key), node, plain)
            for key, node in resources.items()
            if self._stands(key, node)
        }
        outputs = foreach.expand(template, template.section("Outputs"), plain)
        self.outputs = {str(key): node for key, node in outputs.items() if self._output_stands(key, node)}
        self._check_references()
        for definition in self.definitions.values():
            if not definition.needs:
                self._resolvable(definition)
        self.waves = self._order()

    def properties(self, definition: Definition, live: References | None) -> Any:
        """What a resource's properties are once everything is put in. Raises TemplateError and ResourceError."""
        return self.value(definition.properties, live, f"{definition.type}/Properties")

    def value(self, node: Any, live: References | None, place: str) -> Any:
        """A value of the template once everything is put in; `place` says where it stands."""
        return dynamic.resolve(self.resolver(live).resolve(node), self._stored, place)

    def means(self, definition: Definition, function_arn: str) -> bool:
        """Whether a resource is a custom one whose ServiceToken is this function's, as far as the template alone tells."""
        token = definition.properties.get("ServiceToken")
        names = [name for name, _ in graph.references(token, self.conditions)]
        if token is None or any(name in self._names for name in names):
            return False
        return service_token.is_of(function_arn, self.resolver(None).resolve(token))

    def _resolvable(self, definition: Definition) -> None:
        """What needs no other resource is resolved before anything happens, so that its faults come first."""
        try:
            self.properties(definition, None)
        except ResourceError as error:
            raise ValidationError(str(error)) from None

    def resolver(self, live: References | None, instead: dict[str, Any] | None = None) -> Resolver:
        """`instead` are values to show in place of those of some parameters; conditions use the real ones."""
        values = {**self.values, **(instead or {})}
        return Resolver(self.template, values, conditions=self.conditions, exports=self.exports, live=live)

    def missing(self, node: Any, present: Collection[str]) -> bool:
        """Whether a value refers to a resource that is not among those."""
        return any(
            name in self.definitions and name not in present for name, _ in graph.references(node, self.conditions)
        )

    def _stands(self, key: Any, node: Any) -> bool:
        self.template.shape(node, dict)
        unknown = [name for name in node if name not in _RESOURCE_KEYS]
        if unknown:
            hint = (
                f" To make {unknown[0]} a property of the repository, indent it under Properties."
                if node.get("Type") == "Custom::EcrRepo"
                else ""
            )
            raise self.template.fault(
                f"Invalid template resource property '{unknown[0]}' in {key}.{hint}", unknown[0]
            )
        if not isinstance(node.get("Type"), str):
            raise self.template.fault(
                f"Template format error: [/Resources/{key}] Every resource must have a Type.", key
            )
        return "Condition" not in node or self.conditions.holds(text(node["Condition"]), node)

    def _output_stands(self, key: Any, node: Any) -> bool:
        if "Value" not in self.template.shape(node, dict):
            raise self.template.fault(f"Template format error: Output {key} must have a Value.", key)
        return "Condition" not in node or self.conditions.holds(text(node["Condition"]), node)

    def _define(self, logical_id: str, node: Any, plain: Any) -> Definition:
        self.template.shape(node.get("Properties", {}), dict)
        found = [name for name, _ in graph.references(node.get("Properties", {}), self.conditions)]
        policies = []
        for key in ("DeletionPolicy", "UpdateReplacePolicy"):
            policy = plain.resolve(node[key]) if key in node else "Delete"
            if policy is NO_VALUE:
                policy = "Delete"
            allowed = _POLICIES if key == "DeletionPolicy" else ("Delete", "Retain", "Snapshot")
            if policy not in allowed:
                raise self.template.fault(
                    f"Template format error: Unrecognized {key} {policy} for resource {logical_id}.", node
                )
            policies.append(policy)
        service_token.check_import(node, plain)
        needs = [name for name in [*map(str, _depends_on(node)), *found] if name in self._names]
        return Definition(
            logical_id,
            str(node["Type"]),
            node,
            tuple(dict.fromkeys(needs)),
            *policies,
        )

    def _check_references(self) -> None:
        for definition in self.definitions.values():
            for name, at in graph.references(definition.properties, self.conditions):
                self._known(name, at, "Resources")
            for name in _depends_on(definition.node):
                if name not in self._names:
                    raise self._unresolved(
                        name, name if hasattr(name, "start_mark") else definition.node, "Resources"
                    )
        for output in self.outputs.values():
            for name, at in graph.references(output, self.conditions):
                self._known(name, at, "Outputs")

    def _known(self, name: str, at: Any, block: str) -> None:
        if name not in self.values and name not in self.definitions and name != "AWS::NoValue":
            raise self._unresolved(name, at, block)

    def _unresolved(self, name: str, at: Any, block: str) -> TemplateError:
        return self.template.fault(
            f"Template format error: Unresolved resource dependencies [{name}] in the {block} block of the template",
            at,
        )

    def _order(self) -> list[list[str]]:
        needs = {
            it.logical_id: [name for name in it.needs if name in self.definitions]
            for it in self.definitions.values()
        }
        try:
            return graph.waves(needs)
        except ValueError as error:
            first = str(error).split(", ")[0]
            raise self.template.fault(
                f"Circular dependency between resources: [{error}]", self.definitions[first].node
            ) from None


def _depends_on(node: Any) -> list[Any]:
    stated = node.get("DependsOn", [])
    return stated if isinstance(stated, list) else [stated]
