"""Intrinsic functions and pseudo parameters: a template's value, with everything that it refers to put in."""

from __future__ import annotations

import base64
import ipaddress
import itertools
import json
import re
from typing import Any, Protocol

from .conditions import Conditions
from .errors import TemplateError
from .scalars import text
from .template import HIDDEN, Template


_VARIABLE = re.compile(r"\$\{(!?)([^}]*)}")
_NEEDS_EXTENSIONS = {"Fn::Length", "Fn::ToJsonString"}


class _NoValue:
    """AWS::NoValue: whoever holds it drops it."""

    def __repr__(self) -> str:
        return "AWS::NoValue"


NO_VALUE = _NoValue()


class References(Protocol):
    """What values may refer to, by logical ID."""

    def has(self, name: str) -> bool: ...

    def ref(self, name: str) -> Any: ...

    def attribute(self, name: str, wanted: str) -> Any: ...


class Resolver:
    """Resolves values of one template in one stack.

    `values` are parameters and pseudo parameters by name; `conditions` answers holds(name); `exports` maps a name to
    its value; `live` knows the resources. None for `live` means that no resource may be referred to here (in Conditions, in Fn::ForEach collections).
    """

    def __init__(self, template: Template, values: dict[str, Any], *, conditions: Conditions | None = None, exports: dict[str, str] | None = None, live: References | None = None) -> None:
        self.template, self.values, self.live = template, values, live
        self.conditions = conditions
        self.exports = {} if exports is None else exports
        self.functions = {
            "Ref": self._ref, "Fn::Base64": self._base64, "Fn::Cidr": self._cidr, "Fn::FindInMap": self._find_in_map,
            "Fn::GetAZs": self._zones, "Fn::GetAtt": self._get_att, "Fn::If": self._if,
            "Fn::ImportValue": self._import_value, "Fn::Join": self._join, "Fn::Length": self._length,
            "Fn::Select": self._select, "Fn::Split": self._split, "Fn::Sub": self._sub,
            "Fn::ToJsonString": self._to_json_string,
        }  # fmt: skip

    def resolve(self, node: Any) -> Any:
        """The plain value; objects and lists lose the members that resolve to AWS::NoValue, which itself may return."""
        if isinstance(node, dict):
            return self._object(node)
        if isinstance(node, list):
            return [value for value in map(self.resolve, node) if value is not NO_VALUE]
        if node is None:
            raise self.template.fault(
                "Template format error: 'null' values are not allowed in templates.", node
            )
        return node if isinstance(node, (bool, int, float)) else str(node)

    def string(self, node: Any, what: str, at: Any) -> str:
        """A value that has to be a scalar, as text."""
        value = self.resolve(node)
        if isinstance(value, (dict, list)) or value is NO_VALUE:
            raise self._fault(f"{what} must be a string.", at)
        return text(value)

    def items(self, node: Any, what: str, at: Any) -> list[Any]:
        """A value that has to be a list."""
        value = self.resolve(node)
        if not isinstance(value, list):
            raise self._fault(f"{what} must be a list.", at)
        return value

    def _object(self, node: Any) -> Any:
        function = next((key for key in node if key == "Ref" or str(key).startswith("Fn::")), None)
        if function is None:
            resolved = {text(key): self._member(node, key) for key in node}
            return {key: value for key, value in resolved.items() if value is not NO_VALUE}
        if len(node) > 1:
            raise self._fault(f"{function} must stand alone in its object.", node)
        if function in _NEEDS_EXTENSIONS and not self.template.language_extensions:
            raise self._fault(
                f"{function} needs `Transform: AWS::LanguageExtensions` at the top of the template.", node
            )
        if function not in self.functions:
            raise self._fault(f"{function} is not a function that can stand here.", node)
        return self.functions[function](node[function], node)

    def _member(self, node: Any, key: Any) -> Any:
        if node[key] is None:
            raise self._fault(f"'null' values are not allowed in templates; {key} has none.", key)
        return self.resolve(node[key])

    def _ref(self, name: str, node: Any) -> Any:
        name = text(name) if not isinstance(name, dict) else self.string(name, "The name in Ref", node)
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.values:
            value = self.values[name]
            return list(value) if isinstance(value, list) else value
        if self.live is None or not self.live.has(name):
            raise self._unresolved(name, node)
        return self.live.ref(name)

    def _get_att(self, argument: Any, node: Any) -> Any:
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if not isinstance(parts, list) or len(parts) != 2:
            raise self._fault("Fn::GetAtt takes a logical ID and an attribute name.", node)
        logical_id = self.string(parts[0], "The logical ID in Fn::GetAtt", node)
        return self._attribute(logical_id, self.string(parts[1], "The attribute in Fn::GetAtt", node), node)

    def _attribute(self, logical_id: str, name: str, node: Any) -> Any:
        if self.live is None or not self.live.has(logical_id):
            raise self._unresolved(logical_id, node)
        return self.live.attribute(logical_id, name)

    def _sub(self, argument: Any, node: Any) -> str:
        pieces: Any = argument
        extra: dict[Any, Any] = {}
        if not isinstance(argument, str):
            if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[1], dict):
                raise self._fault(
                    "Fn::Sub takes a string, or a list of a string and an object of variables.", node
                )
            pieces, extra = argument
        own = {text(key): self.resolve(value) for key, value in extra.items()}

        def put(match: re.Match[str]) -> str:
            literal, name = match.group(1), match.group(2).strip()
            if literal:
                return "${" + match.group(2) + "}"
            if name in own:
                value = own[name]
            elif "." in name:
                logical_id, attribute = name.split(".", 1)
                value = self._attribute(logical_id, attribute, node)
            else:
                value = self._ref(name, node)
            if isinstance(value, (dict, list)) or value is NO_VALUE:
                raise self._fault(f"${{{name}}} in Fn::Sub is not a string.", node)
            return text(value)

        return _VARIABLE.sub(put, text(pieces))

    def _join(self, argument: Any, node: Any) -> str:
        delimiter, parts = self._arguments("Fn::Join", argument, node, "a delimiter and a list", 2)
        parts = self.items(parts, "The second argument of Fn::Join", node)
        if any(isinstance(part, (dict, list)) for part in parts):
            raise self._fault("Fn::Join joins strings only.", node)
        return self.string(delimiter, "The delimiter of Fn::Join", node).join(text(part) for part in parts)

    def _split(self, argument: Any, node: Any) -> list[str]:
        delimiter, source = self._arguments("Fn::Split", argument, node, "a delimiter and a string", 2)
        delimiter = self.string(delimiter, "The delimiter of Fn::Split", node)
        if not delimiter:
            raise self._fault("The delimiter of Fn::Split must not be empty.", node)
        return self.string(source, "The second argument of Fn::Split", node).split(delimiter)

    def _select(self, argument: Any, node: Any) -> Any:
        index, choices = self._arguments("Fn::Select", argument, node, "an index and a list", 2)
        index = self.string(index, "The index of Fn::Select", node)
        choices = self.items(choices, "The second argument of Fn::Select", node)
        if not index.isdigit() or int(index) >= len(choices):
            raise self._fault(f"Fn::Select cannot select nonexistent value at index {self._quoted(index)}", node)
        return choices[int(index)]

    def _if(self, argument: Any, node: Any) -> Any:
        name, yes, no = self._arguments("Fn::If", argument, node, "a condition and two values", 3)
        if self.conditions is None:
            raise self._fault("Fn::If cannot stand here.", node)
        return self.resolve(yes if self.conditions.holds(text(name), node) else no)

    def _find_in_map(self, argument: Any, node: Any) -> Any:
        if not isinstance(argument, list) or len(argument) not in (3, 4):
            raise self._fault("Fn::FindInMap takes a map name, a top-level key and a second-level key.", node)
        names = [self.string(part, "A key of Fn::FindInMap", node) for part in argument[:3]]
        place = self.template.section("Mappings")
        for name in names:
            place = next((child for key, child in place.items() if text(key) == name), None)
            if place is None:
                break
        if place is not None:
            return self.resolve(place)
        if len(argument) == 4 and self.template.language_extensions and "DefaultValue" in argument[3]:
            return self.resolve(argument[3]["DefaultValue"])
        raise self._fault(f"Unable to get mapping for {'::'.join(map(self._quoted, names))}", node)

    def _import_value(self, argument: Any, node: Any) -> str:
        name = self.string(argument, "The name in Fn::ImportValue", node)
        try:
            return self.exports[name]
        except KeyError:
            raise self._fault(f"No export named {self._quoted(name)} found.", node, "") from None

    def _to_json_string(self, argument: Any, node: Any) -> str:
        value = self.resolve(argument)
        if not isinstance(value, (dict, list)):
            raise self._fault("Fn::ToJsonString takes an object or a list.", node)
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    def _length(self, argument: Any, node: Any) -> int:
        return len(self.items(argument, "The argument of Fn::Length", node))

    def _base64(self, argument: Any, node: Any) -> str:
        return base64.b64encode(self.string(argument, "The argument of Fn::Base64", node).encode()).decode()

    def _zones(self, argument: Any, node: Any) -> list[str]:
        return [
            (self.string(argument, "The Region in Fn::GetAZs", node) or self.values["AWS::Region"]) + zone
            for zone in "abc"
        ]

    def _cidr(self, argument: Any, node: Any) -> list[str]:
        if not isinstance(argument, list) or len(argument) not in (2, 3):
            raise self._fault("Fn::Cidr takes an address block, a count and a number of bits.", node)
        block, count, *bits = (self.string(part, "An argument of Fn::Cidr", node) for part in argument)
        try:
            network = ipaddress.ip_network(block)
            found = network.subnets(new_prefix=network.max_prefixlen - int(bits[0] if bits else 8))
            return [str(subnet) for subnet in itertools.islice(found, int(count))]
        except ValueError as error:
            shown = HIDDEN if HIDDEN in map(self._quoted, (block, count, *bits)) else error
            raise self._fault(f"Fn::Cidr: {shown}.", node) from None

    def _arguments(self, function: str, argument: Any, node: Any, wanted: str, count: int) -> list[Any]:
        if not isinstance(argument, list) or len(argument) != count:
            raise self._fault(f"{function} takes {wanted}.", node)
        return argument

    def _quoted(self, value: str) -> str:
        """The value as a fault may show it."""
        for name in self.template.no_echo():
            secret = self.values.get(name, "")
            parts = secret if isinstance(secret, list) else [secret]
            if any(part and part in value for part in map(text, parts)):
                return HIDDEN
        return value

    def _unresolved(self, name: str, node: Any) -> TemplateError:
        return self._fault(f"Unresolved resource dependencies [{self._quoted(name)}] in the template.", node)

    def _fault(self, sentence: str, node: Any, kind: str = "Template error: ") -> TemplateError:
        return self.template.fault(kind + sentence, node)
