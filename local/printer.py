"""What a run did, for people: aligned, in colour only on a terminal."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from . import words
from .emulator import Call
from .run import Step

_STYLES = {"title": "1", "label": "2", "good": "32", "bad": "31", "write": "1", "read": "2"}
_WIDEST = 120
_RULE = 80
# Where no terminal is, no line is wrapped or cut: whoever reads it then searches and compares.
_UNLIMITED = 100_000
# The function tries and asks for what may not be there: these answers are a part of its work.
_EXPECTED = ("AlreadyExistsException", "NotFoundException")

Repositories = Sequence[dict[str, Any]]


class Printer:
    """Prints steps to a stream, as wide as the terminal (or COLUMNS) but not wider than can be read."""

    def __init__(self, stream: TextIO, *, width: int | None = None) -> None:
        self.stream = stream
        self.width = min(width, _WIDEST) if width else _width(stream)
        self._shown: dict[str, Any] = {}
        self.coloured = stream.isatty() and not os.environ.get("NO_COLOR")

    def line(self, text: str = "") -> None:
        print(text.rstrip(), file=self.stream, flush=True)

    def styled(self, style: str, text: str) -> str:
        return f"\033[{_STYLES[style]}m{text}\033[0m" if self.coloured and text else text

    def title(self, left: str, right: str = "") -> None:
        """A line across: what comes, and at its right end how it went."""
        wide = self.width if self.width <= _WIDEST else _RULE
        rule = "─" * max(3, wide - len(left) - len(right) - 5)
        self.line()
        self.line(f"{self.styled('title', '── ' + left)} {self.styled('label', f'{rule} {right}')}")

    def verdict(self, text: str, *, good: bool) -> None:
        """The last words: what the run as a whole came to."""
        self.line()
        for line in _wrapped(text, self.width):
            self.line(self.styled("good" if good else "bad", line))

    def section(self, text: str) -> None:
        self.line()
        self.line(f"  {text}")

    def rows(self, rows: Iterable[tuple[str, ...]], *, indent: int = 4, cut: bool = False) -> None:
        """Labels in one column, values in the next, wrapped within theirs or cut to one line.

        A row is a label, a value and, if it has one, a style.
        """
        rows = list(rows)
        column = max((len(row[0]) for row in rows), default=0) + 2
        room = self.width - indent - column
        for label, value, *style in rows:
            shown = self.styled("label", f"{label:{column}}")
            for line in [_cut(value, room)] if cut else _wrapped(value, room):
                self.line(" " * indent + shown + (self.styled(style[0], line) if style else line))
                shown = " " * column

    def step(
        self, step: Step, title: str, repositories: Repositories, before: Repositories, *, log: bool
    ) -> None:
        """One event: the calls that it made, what ECR then holds, the answer."""
        start = "cold start" if step.cold else "warm"
        self.title(title, f"{step.seconds:.2f} s, {start}")
        self.calls(step.calls)
        self.holdings(repositories, before)
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
            style = "label" if (call.error or "").endswith(_EXPECTED) else "bad"
            error = self.styled(style, f"  {call.error}") if call.error else ""
            operation = self.styled(kind, f"{call.operation:{column}}")
            self.line(f"    {self.styled('label', f'{kind:5}')}  {operation}{error}")

    def holdings(self, repositories: Repositories, before: Repositories = ()) -> None:
        """Every repository; one that is as it was before only by its name."""
        self.section("ECR holds")
        if not repositories:
            self.line("    no repository")
        for repository in repositories:
            name = self.styled("title", repository["repositoryName"])
            if repository in before:
                self.line(f"    {name}, unchanged")
                continue
            self.line("    " + name)
            self.rows(words.settings(repository), indent=6)
            if tags := repository.get("tags"):
                self.line("      " + self.styled("label", "Tags"))
                self.rows([(tag["Key"], tag["Value"]) for tag in tags], indent=8, cut=True)

    def answer(self, step: Step) -> None:
        self.section("CloudFormation sees")
        if step.response is None:
            self.line("    " + self.styled("bad", "no answer"))
        elif isinstance(step.response, dict):
            self._response(step.response)
        else:
            self.rows([("Body", str(step.response), "bad")])
        if step.message is not None:
            self.rows([("The function threw", step.message, "bad")])

    def _response(self, response: dict[str, Any]) -> None:
        status = str(response.get("Status"))
        rows: list[tuple[str, ...]] = [("Status", status, "good" if status == "SUCCESS" else "bad")]
        if response.get("Reason"):
            rows.append(("Reason", str(response["Reason"])))
        rows.append(("Physical ID", str(response.get("PhysicalResourceId"))))
        self.rows(rows)
        data = response.get("Data")
        if not isinstance(data, dict) or not data:
            return
        if data == self._shown:
            self.line("    " + self.styled("label", "Attributes") + "   unchanged")
            return
        self._shown = data
        self.line("    " + self.styled("label", "Attributes"))
        attributes = sorted((name, str(value)) for name, value in data.items())
        # JSON texts have the longest names and are cut anyway: in one column with them all others would be cut.
        texts = [each for each in attributes if each[1].startswith("{")]
        self.rows([each for each in attributes if each not in texts], indent=6, cut=True)
        self.rows(texts, indent=6, cut=True)


def _width(stream: TextIO) -> int:
    if not stream.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        return _UNLIMITED
    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def _cut(text: str, width: int) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= width else text[: width - 1] + "…"


def _wrapped(text: str, width: int) -> list[str]:
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, max(20, width), break_on_hyphens=False) or [""]
    return lines
