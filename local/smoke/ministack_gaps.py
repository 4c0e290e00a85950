"""Starts MiniStack with one gap closed from outside: `python -m local.smoke.ministack_gaps`.

- An alias: its function finds its own ARN without the alias by which it was invoked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc


def close() -> None:
    lambda_svc._get_func_record_for_ref = _with_alias(lambda_svc._get_func_record_for_ref)


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
