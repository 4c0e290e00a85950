"""What a run did, for people: aligned, in colour only on a terminal."""

from __future__ import annotations

import json
import os
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from . import words
from .emulator import Call
from .run import Step

_STYLES = {"title": "1", "label": "2", "good": "32", "bad": "31", "write": "1", "read": "2"}
_WIDEST = 120


class Printer:
    """Prints steps to a stream, as wide as the terminal but not wider than can be read."""

    def __init__(self, stream: TextIO, *, width: int | None = None):
        self.stream = stream
        self.width = min(width or shutil.get_terminal_size((80, 24)).columns, _WIDEST)
        self.coloured = stream.isatty() and not os.environ.get("NO_COLOR")

    def line(self, text: str = "") -> None:
        print(text.rstrip(), file=self.stream, flush=True)

    def styled(self, style: str, text: str) -> str:
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self.coloured and text else text

    def title(self, left: str, right: str = "") -> None:
        """A line across: what comes, and at its right end how it went."""
        rule = "─" * max(3, self.width - len(left) - len(right) - 5)
        self.line()
        self.line(f"{self.styled('title', '── ' + left)} {self.styled('label', f'{rule} {right}')}")

    def section(self, text: str) -> None:
        self.line()
        self.line(f"  {text}")

    def rows(self, rows: Iterable[tuple[str, str]], *, indent: int = 4, style: str = "") -> None:
        """Labels in one column, values in the next, wrapped within theirs."""
        rows = list(rows)
        column = indent + max((len(label) for label, _ in rows), default=0) + 2
        for label, value in rows:
            lines = _wrapped(value, self.width - column)
            shown = self.styled("label", f"{label:{column - indent}}")
            for line in lines:
                self.line(" " * indent + shown + (self.styled(style, line) if style else line))
                shown = " " * (column - indent)

    def step(self, step: Step, number: int, repositories: list[dict[str, Any]], *, log: bool) -> None:
        """One event: the calls that it made, what ECR then holds, the answer."""
        start = "cold start" if step.cold else "warm"
        self.title(f"{number}. {step.name}", f"{step.seconds:.2f} s, {start}")
        self.calls(step.calls)
        self.holdings(repositories)
        self.answer(step)
        if log:
            self.section("The function's log")
            for line in step.log.splitlines():
                self.line("    " + line)

    def calls(self, calls: Iterable[Call]) -> None:
        calls = list(calls)
        self.section("Calls to ECR")
        if not calls:
            self.line("    none")
        column = max((len(call.operation) for call in calls), default=0)
        for call in calls:
            kind = "read" if call.read_only else "write"
            error = self.styled("bad", f"  {call.error}") if call.error else ""
            operation = self.styled(kind, f"{call.operation:{column}}")
            self.line(f"    {self.styled('label', f'{kind:5}')}  {operation}{error}")

    def holdings(self, repositories: list[dict[str, Any]]) -> None:
        self.section("ECR holds")
        if not repositories:
            self.line("    no repository")
        for repository in repositories:
            self.line("    " + self.styled("title", repository["repositoryName"]))
            self.rows(words.holdings(repository), indent=6)

    def answer(self, step: Step) -> None:
        self.section("CloudFormation sees")
        if step.response is None:
            self.line("    " + self.styled("bad", "no answer"))
        elif isinstance(step.response, dict):
            status = str(step.response.get("Status"))
            self.rows([("Status     ", status)], style="good" if status == "SUCCESS" else "bad")
            self.rows(_answer(step.response, self.width))
        else:
            self.rows([("Body", str(step.response))], style="bad")
        if step.message is not None:
            self.rows([("The function threw", step.message)], style="bad")


def _answer(response: dict[str, Any], width: int) -> Iterator[tuple[str, str]]:
    if response.get("Reason"):
        yield "Reason", str(response["Reason"])
    yield "Physical ID", str(response.get("PhysicalResourceId"))
    data = response.get("Data") or {}
    if not isinstance(data, dict):
        yield "Data", json.dumps(data)
        return
    column = max(map(len, data), default=0)
    label = "Attributes"
    for name, value in data.items():
        yield label, _cut(f"{name:{column}}  {value}", width - 17)
        label = ""


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _wrapped(text: str, width: int) -> list[str]:
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, max(20, width), break_on_hyphens=False) or [""]
    return lines
