"""Who needs whom: the references inside a resource, and an order that honours them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .conditions import Conditions
from .scalars import text

_VARIABLE = re.compile(r"\$\{([^!}][^}]*)}")


def references(node: Any, conditions: Conditions) -> Iterator[tuple[str, Any]]:
    """Every name that a value refers to, with the node that does, as pairs. Branches of Fn::If not taken do not count.

    What is malformed refers to nothing: resolving it is what tells.
    """
    if isinstance(node, list):
        for child in node:
            yield from references(child, conditions)
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key == "Ref" and isinstance(child, str):
            yield str(child), node
        elif key == "Fn::GetAtt" and isinstance(child, (str, list)):
            name = (child.split(".", 1) if isinstance(child, str) else [*child, None])[0]
            if isinstance(name, str):
                yield str(name), node
            yield from references(child, conditions)
        elif key == "Fn::If" and isinstance(child, list) and len(child) == 3:
            yield from references(child[1 if conditions.holds(text(child[0]), node) else 2], conditions)
        elif key == "Fn::Sub":
            yield from _variables(child, node, conditions)
        else:
            yield from references(child, conditions)


def _variables(argument: Any, node: Any, conditions: Conditions) -> Iterator[tuple[str, Any]]:
    pieces, own = argument if isinstance(argument, list) and len(argument) == 2 else (argument, {})
    for name in _VARIABLE.findall(pieces) if isinstance(pieces, str) else ():
        if not isinstance(own, dict) or name.strip() not in own:
            yield name.strip().split(".", 1)[0], node
    yield from references(own, conditions)


def waves(needs: dict[str, list[str]]) -> list[list[str]]:
    """Groups of names, each needing only names of earlier groups; names keep their order inside a group.

    `needs` maps a name to the names that must be ready before it. Raises ValueError with the names of a cycle.
    """
    left = dict(needs)
    ready: set[str] = set()
    groups: list[list[str]] = []
    while left:
        group = [name for name, wanted in left.items() if not (set(wanted) & set(left)) - ready]
        if not group:
            raise ValueError(", ".join(_cycle(left)))
        groups.append(group)
        ready.update(group)
        for name in group:
            del left[name]
    return groups


def _cycle(left: dict[str, list[str]]) -> list[str]:
    path = [next(iter(left))]
    while True:
        following = next(name for name in left[path[-1]] if name in left)
        if following in path:
            return path[path.index(following) :]
        path.append(following)
