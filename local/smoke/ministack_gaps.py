"""Starts MiniStack with two gaps closed from outside: `python -m local.smoke.ministack_gaps`.

- An alias: its function finds its own ARN without the alias by which it was invoked.
- AWS::Logs::QueryDefinition: MiniStack refuses a template that has one. Here it is accepted, and nothing is created.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc
from ministack.services.cloudformation import provisioners


def close() -> None:
    lambda_svc._get_func_record_for_ref = _with_alias(lambda_svc._get_func_record_for_ref)
    provisioners._RESOURCE_HANDLERS["AWS::Logs::QueryDefinition"] = {
        "create": lambda logical_id, properties, stack_name: (f"{stack_name}-{logical_id}", {}),
        "update": lambda physical_id, old, new, stack_name: (physical_id, {}),
        "delete": lambda physical_id, properties: None,
    }


def _with_alias(original: Callable[..., Any]) -> Callable[..., Any]:
    def find(reference: str) -> Any:
        record, config, name = original(reference)
        if config is not None and str(reference).startswith("arn:") and reference.count(":") == 7:
            config = {**config, "FunctionArn": reference}
        return record, config, name

    return find


if __name__ == "__main__":
    from ministack import app

    close()
    app.main()
