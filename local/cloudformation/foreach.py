"""Fn::ForEach of the AWS::LanguageExtensions transform: loops written out before anything else is read.

cfn-lint has this transform, but for linting: where a collection depends on a parameter or an account it goes on with
guessed or random members. A deployment has the real values, so this one takes them and guesses nothing.
"""

from __future__ import annotations

import re
from typing import Any

from .intrinsics import Resolver
from .scalars import text
from .template import Template

_PREFIX = "Fn::ForEach::"


def expand(template: Template, node: Any, resolver: Resolver) -> Any:
    """The node with every loop inside it replaced by the members that it makes. Positions stay those of the loop's body."""
    return _walk(template, node, resolver, {})


def _walk(template: Template, node: Any, resolver: Resolver, names: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return _like(node, [_walk(template, child, resolver, names) for child in node])
    if not isinstance(node, dict):
        return node
    if names and len(node) == 1 and isinstance(node.get("Ref"), str) and node["Ref"] in names:
        return names[node["Ref"]]
    if names and len(node) == 1 and isinstance(node.get("Fn::Sub"), str):
        named = _named(node["Fn::Sub"], names)
        # With nothing left to put in it is plain text, and may then name a resource in Fn::GetAtt.
        return named if "${" not in named else _like(node, {"Fn::Sub": named})
    out = {}
    for key, child in node.items():
        if isinstance(key, str) and key.startswith(_PREFIX):
            made = _loop(template, key, child, resolver, names)
        else:
            made = {_key(key, names): _child(template, key, child, resolver, names)}
        for name, value in made.items():
            if name in out:
                raise template.fault(f"Template error: {name} is made more than once by Fn::ForEach.", key)
            out[name] = value
    return _like(node, out)


def _child(template: Template, key: Any, child: Any, resolver: Resolver, names: dict[str, Any]) -> Any:
    # Strings that name something take the loop's variable; any other text is the author's own and may hold a ${...}.
    if isinstance(child, str) and key in ("Condition", "DependsOn", "Fn::GetAtt", "Fn::Sub", "Ref"):
        return _named(child, names)
    if isinstance(child, list) and key in ("DependsOn", "Fn::GetAtt", "Fn::Sub"):
        child = _like(child, [_named(part, names) if isinstance(part, str) else part for part in child])
    return _walk(template, child, resolver, names)


def _loop(template: Template, key: Any, child: Any, resolver: Resolver, names: dict[str, Any]) -> Any:
    if not template.language_extensions:
        raise template.fault(
            "Template error: Fn::ForEach needs `Transform: AWS::LanguageExtensions` at the top of the template.",
            key,
        )
    if (
        not isinstance(child, list)
        or len(child) != 3
        or not isinstance(child[0], str)
        or not isinstance(child[2], dict)
    ):
        raise template.fault(
            "Template error: Fn::ForEach takes an identifier, a collection and an object to repeat.", key
        )
    identifier, collection, body = child
    members = resolver.resolve(_walk(template, collection, resolver, names))
    if not isinstance(members, list):
        raise template.fault("Template error: the collection of Fn::ForEach must be a list.", key)
    out = {}
    for member in members:
        for name, value in _walk(template, body, resolver, {**names, str(identifier): text(member)}).items():
            if name in out:
                raise template.fault(f"Template error: {name} is made more than once by {key}.", key)
            out[name] = value
    return out


def _key(string: str, names: dict[str, Any]) -> Any:
    """`&{…}` is put in here only; CloudFormation leaves it in values as it is (cfn-language-discussion 162)."""
    out = _named(string, names)
    if not isinstance(out, str) or "&{" not in out:
        return out
    for name, value in names.items():
        out = _placed(out, out.replace("&{" + name + "}", re.sub("[^0-9A-Za-z]", "", value)))
    return out


def _named(string: str, names: dict[str, Any]) -> Any:
    if not isinstance(string, str) or not names or "{" not in string:
        return string
    out = str(string)
    for name, value in names.items():
        out = out.replace("${" + name + "}", value)
    return _placed(string, out)


def _placed(string: Any, out: Any) -> Any:
    """`out` with the position that `string` has, if it has one."""
    if hasattr(string, "start_mark"):
        return type(string)(out, string.start_mark, string.end_mark)
    return out


def _like(node: Any, plain: Any) -> Any:
    """`plain` with the position that `node` has, if it has one."""
    if hasattr(node, "start_mark"):
        return type(node)(plain, node.start_mark, node.end_mark)
    return plain
