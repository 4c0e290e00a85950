"""Starts MiniStack with two gaps closed from outside: `python -m local.smoke.ministack_gaps`.

- Conditions: its evaluator knows no Fn::Join and no Fn::Split.
- An alias: its function finds its own ARN without the alias by which it was invoked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc
from ministack.services.cloudformation import engine


def close() -> None:
    _replace("_evaluate_conditions", _with_join_and_split(engine._evaluate_conditions))
    lambda_svc._get_func_record_for_ref = _with_alias(lambda_svc._get_func_record_for_ref)


def _with_join_and_split(original: Callable[..., dict[str, bool]]) -> Callable[..., dict[str, bool]]:
    def evaluate(template: dict[str, Any], params: dict[str, Any]) -> dict[str, bool]:
        return original({**template, "Conditions": _joined(template.get("Conditions", {}), params)}, params)

    return evaluate


def _joined(node: Any, params: dict[str, Any]) -> Any:
    """The node with each Fn::Join and Fn::Split replaced by what it makes."""
    if isinstance(node, list):
        return [_joined(child, params) for child in node]
    if not isinstance(node, dict):
        return node
    if "Fn::Join" in node:
        delimiter, parts = node["Fn::Join"]
        return str(delimiter).join(_list(_joined(parts, params), params))
    if "Fn::Split" in node:
        delimiter, source = _joined(node["Fn::Split"], params)
        return source.split(delimiter)
    return {key: _joined(child, params) for key, child in node.items()}


def _list(parts: Any, params: dict[str, Any]) -> list[str]:
    if isinstance(parts, dict) and parts.get("Ref") in params:
        return [part.strip() for part in params[parts["Ref"]]["Value"].split(",")]
    return [params[part["Ref"]]["Value"] if isinstance(part, dict) else str(part) for part in parts]


def _with_alias(original: Callable[..., Any]) -> Callable[..., Any]:
    def find(reference: str) -> Any:
        record, config, name = original(reference)
        if config is not None and str(reference).startswith("arn:") and reference.count(":") == 7:
            config = {**config, "FunctionArn": reference}
        return record, config, name

    return find


def _replace(name: str, better: Any) -> None:
    """In every module that has taken the name over from where it is defined."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("ministack.services") and hasattr(module, name):
            setattr(module, name, better)


if __name__ == "__main__":
    from ministack import app

    close()
    app.main()
