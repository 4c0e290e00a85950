"""A template's parameters: defaults, constraints and lists, judged and worded as CreateStack does."""

from __future__ import annotations

import re
from typing import Any

from .errors import ValidationError
from .scalars import text
from .template import Template


_STORED = "AWS::SSM::Parameter::Value<"


def resolve(template: Template, given: dict[str, Any], stored: dict[str, str]) -> dict[str, Any]:
    """Every parameter's value: a string, or a list of strings for the list types. Raises ValidationError.

    `stored` are the values of SSM parameters by name, for the types that read them. An empty list is a list of one
    empty string, as CloudFormation has it.
    """
    declared = template.section("Parameters")
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise ValidationError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    missing = [
        name
        for name, it in declared.items()
        if name not in given and "Default" not in template.shape(it, dict)
    ]
    if missing:
        raise ValidationError(f"Parameters: [{', '.join(missing)}] must have values")
    values = {}
    for name, declaration in declared.items():
        if "AllowedValues" in declaration:
            template.shape(declaration["AllowedValues"], list)
        raw = given[name] if name in given else declaration["Default"]
        raw = ",".join(text(item) for item in raw) if isinstance(raw, list) else text(raw)
        kind = text(declaration.get("Type", "String"))
        if is_stored(declaration):
            raw = _stored(raw, stored)
        parts = [part.strip() for part in raw.split(",")] if _is_list(kind) else [raw]
        for part in parts:
            _check(str(name), declaration, part, "Number" in kind)
        values[str(name)] = parts if _is_list(kind) else raw
    return values


def is_stored(declaration: dict[str, Any]) -> bool:
    """Whether what is given is the name of an SSM parameter that has the value."""
    return text(declaration.get("Type", "String")).startswith(_STORED)


def _stored(name: str, stored: dict[str, str]) -> str:
    if name not in stored:
        raise ValidationError(f"Unable to fetch parameters [{name}] from parameter store for this account.")
    return stored[name]


def _is_list(kind: str) -> bool:
    return kind == "CommaDelimitedList" or "List<" in kind or kind.endswith("<CommaDelimitedList>")


def _check(name: str, declaration: dict[str, Any], value: Any, number: Any) -> None:
    problem = _constraint(declaration, value) or _number(declaration, value, number)
    if problem:
        explained = declaration.get("ConstraintDescription")
        if explained:
            problem = f"failed to satisfy constraint: {text(explained)}"
        raise ValidationError(f"Parameter {name} {problem}")


def _constraint(declaration: dict[str, Any], value: Any) -> str | None:
    allowed = [text(one) for one in declaration.get("AllowedValues", [])]
    if allowed and value not in allowed:
        return f"must be one of AllowedValues: [{', '.join(allowed)}]"
    pattern = declaration.get("AllowedPattern")
    if pattern is not None and not re.fullmatch(text(pattern), value):
        return f"must match pattern {text(pattern)}"
    if "MinLength" in declaration and len(value) < int(text(declaration["MinLength"])):
        return f"must contain at least {text(declaration['MinLength'])} characters"
    if "MaxLength" in declaration and len(value) > int(text(declaration["MaxLength"])):
        return f"must contain at most {text(declaration['MaxLength'])} characters"
    return None


def _number(declaration: dict[str, Any], value: Any, number: Any) -> str | None:
    if not number:
        return None
    try:
        size = float(value)
    except ValueError:
        return "must be a number"
    if "MinValue" in declaration and size < float(text(declaration["MinValue"])):
        return f"must be a number not less than {text(declaration['MinValue'])}"
    if "MaxValue" in declaration and size > float(text(declaration["MaxValue"])):
        return f"must be a number not greater than {text(declaration['MaxValue'])}"
    return None
