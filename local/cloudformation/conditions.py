"""The Conditions section: each condition decided once, from parameters and mappings alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .scalars import text
from .template import Template


class Conditions:
    """`resolve` gives the value of an operand, in which no resource may be referred to."""

    def __init__(self, template: Template, declared: dict[str, Any], resolve: Callable[[Any], Any]) -> None:
        self._template, self._declared, self._resolve = template, declared, resolve
        self._decided: dict[str, bool] = {}
        self._pending: list[str] = []

    def holds(self, name: str, node: Any = None) -> bool:
        if name in self._decided:
            return self._decided[name]
        declared = next((child for key, child in self._declared.items() if key == name), None)
        if declared is None:
            raise self._template.fault(f"Template error: unresolved condition dependency {name}.", node)
        if name in self._pending:
            raise self._template.fault(f"Template error: the condition {name} depends on itself.", declared)
        self._pending.append(name)
        self._decided[name] = self._decide(declared)
        self._pending.pop()
        return self._decided[name]

    def _decide(self, node: Any) -> bool:
        if not isinstance(node, dict) or len(node) != 1:
            raise self._template.fault(
                "Template error: a condition is one of Fn::And, Fn::Equals, Fn::Not, Fn::Or, Condition.", node
            )
        ((function, argument),) = node.items()
        if function == "Condition":
            return self.holds(text(argument), node)
        if not isinstance(argument, list) or (function == "Fn::Equals" and len(argument) != 2):
            raise self._template.fault(f"Template error: {function} takes a list of its operands.", node)
        if function == "Fn::Equals":
            left, right = (self._resolve(side) for side in argument)
            return bool(left == right) if isinstance(left, (dict, list)) else text(left) == text(right)
        if function == "Fn::Not" and len(argument) == 1:
            return not self._decide(argument[0])
        if function in ("Fn::And", "Fn::Or") and 2 <= len(argument) <= 10:
            return (all if function == "Fn::And" else any)([self._decide(one) for one in argument])
        raise self._template.fault(
            f"Template error: {function} cannot stand in a condition with these operands.", node
        )
