"""Plays raw events in order against one emulated registry, in one warm function."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from . import verdict
from .events import Event
from .printer import Printer
from .run import LocalRun, Step


def settings() -> dict[str, str]:
    """The caller's own guardrails, such as `ECRREPO_NAME_PREFIX`, reach the function."""
    own = {"ECRREPO_PACKAGE", "ECRREPO_RESPONSE_HOSTS"}
    return {
        name: value for name, value in os.environ.items() if name.startswith("ECRREPO_") and name not in own
    }


def play(events: list[Event], *, as_json: bool, log: bool) -> bool:
    """Whether every event was answered with SUCCESS."""
    account, region = events[0].home
    with LocalRun(account, region, environment=settings()) as run:
        printer = None if as_json else Printer(sys.stdout)
        if printer:
            printer.line(f"Custom::EcrRepo as {run.function_arn}")
        steps = []
        before: list[dict[str, Any]] = []
        for number, event in enumerate(events, 1):
            step = run.invoke(event.text, event.name)
            steps.append(step)
            if printer:
                after = run.repositories()
                printer.step(step, f"{number}. {_title(event)}", after, before, log=log)
                before = after
        if printer:
            printer.line()
            printer.line(f"The function's log: {os.path.relpath(run.log)}")
            printer.verdict(verdict.of_steps(steps), good=all(map(verdict.succeeded, steps)))
        else:
            print_document(steps, run.repositories())
        return all(map(verdict.succeeded, steps))


def _title(event: Event) -> str:
    kind = event.field("RequestType")
    return f"{event.name}: {kind}" if isinstance(kind, str) else event.name


def print_document(steps: list[Step], repositories: list[dict[str, Any]]) -> None:
    document = {"steps": [step.document() for step in steps], "repositories": repositories}
    print(json.dumps(document, indent=2, ensure_ascii=False))
