"""ECR's JSON in human words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .lifecycle_sentences import sentences

ORGANIZATION = "aws:PrincipalOrgID"


def settings(repository: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a repository is set to, as labelled lines; a label is empty where its line goes on."""
    yield "Tag mutability", _mutability(repository)
    scanning = repository.get("imageScanningConfiguration") or {}
    yield "Scan on push", "yes" if scanning.get("scanOnPush") else "no"
    yield "Encryption", _encryption(repository.get("encryptionConfiguration") or {})
    yield from _labelled("Lifecycle", lifecycle(repository.get("lifecyclePolicy")))
    yield from _labelled("Policy", policy(repository.get("repositoryPolicy")))


def lifecycle(document: Any) -> list[str]:
    """One line a rule, in the order in which ECR applies them."""
    return [f"{place}. {text}" for place, text in enumerate(sentences(document), 1)]


def policy(document: Any) -> list[str]:
    """One line a statement: who may (not) do what, and under which condition."""
    if not isinstance(document, dict):
        return []
    return [_statement(each) for each in _list(document.get("Statement"))]


def _labelled(label: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines or ["none"]:
        yield label, line
        label = ""


def _mutability(repository: dict[str, Any]) -> str:
    filters = repository.get("imageTagMutabilityExclusionFilters") or []
    setting = str(repository.get("imageTagMutability"))
    if not filters:
        return setting
    return f"{setting.removesuffix('_WITH_EXCLUSION')} but for {_and(each['filter'] for each in filters)}"


def _encryption(configuration: dict[str, Any]) -> str:
    key = configuration.get("kmsKey")
    return str(configuration.get("encryptionType")) + (f" with {key}" if key else "")


def _statement(statement: dict[str, Any]) -> str:
    verb = {"Allow": "may", "Deny": "may not"}.get(statement.get("Effect", ""), "?")
    who = _principals(statement.get("Principal", statement.get("NotPrincipal")))
    condition = statement.get("Condition") or {}
    if "NotPrincipal" in statement:
        who = f"any principal except {who}"
    elif statement.get("Principal") == "*" and condition.keys() == {"StringEquals"} and condition["StringEquals"].keys() == {ORGANIZATION}:
        who = f"any principal of organization {_and(_list(condition['StringEquals'][ORGANIZATION]), 'or')}"
        condition = {}
    what = _and(each.removeprefix("ecr:") for each in _list(statement.get("Action")))
    if "NotAction" in statement:
        what = f"do anything except {_and(_list(statement['NotAction']))}"
    text = f"{who} {verb} {what}"
    conditions = [
        f"{key} {operator} {_and(map(str, _list(values)), 'or')}"
        for operator, keys in condition.items()
        for key, values in keys.items()
    ]
    if conditions:
        text += f" if {_and(conditions)}"
    return f"{statement['Sid']}: {text}" if statement.get("Sid") else text


def _principals(principal: Any) -> str:
    if isinstance(principal, str):
        return "any principal" if principal == "*" else principal
    return _and(each for values in (principal or {}).values() for each in _list(values))


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _and(words: Any, word: str = "and") -> str:
    words = list(words)
    return f" {word} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
