"""The last line of a run: whether everything went as expected, and what to do next."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from .run import Step


@dataclass(frozen=True)
class Operation:
    """One stack operation and how it ended. A status of None: it could not be started."""

    title: str
    expected: str
    status: str | None

    @property
    def as_expected(self) -> bool:
        return self.status == self.expected


def of_operations(operations: Sequence[Operation], next_step: str) -> str:
    wrong = [each for each in operations if not each.as_expected]
    if not wrong:
        return f"{_count(len(operations), 'operation')}, {'all ' if len(operations) > 1 else ''}as expected. Next: {next_step}"
    named = "; ".join(f"{each.title} ({each.status or 'not started'})" for each in wrong)
    return (
        f"{len(wrong)} of {_count(len(operations), 'operation')} failed: {named}. "
        "Next: read the reason of the first failed event above."
    )


def of_steps(steps: Sequence[Step]) -> str:
    counts: dict[str, int] = {}
    for step in steps:
        result = _result(step)
        counts[result] = counts.get(result, 0) + 1
    parts = ", ".join(f"{count} {result}" for result, count in counts.items())
    return f"{_count(len(steps), 'event')}: {parts}. Next: VERBOSE=1 also prints the function's log."


def succeeded(step: Step) -> bool:
    return _result(step) == "answered SUCCESS"


def after_template(template: str, update: str | None) -> str:
    if update is None:
        return f"make local TEMPLATE={shlex.quote(template)} UPDATE=changed.yaml also updates the stack."
    return "deploy the provider into your account, as docs/operations.md says."


def is_strict(otherwise: bool) -> bool:
    """Whether a failed operation makes the exit status 1. STRICT=1 and STRICT=0 decide; without it, `otherwise`."""
    return {"1": True, "0": False}.get(os.environ.get("STRICT", ""), otherwise)


def _result(step: Step) -> str:
    if not isinstance(step.response, dict):
        return "not answered"
    return f"answered {step.response.get('Status')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
