"""What can be wrong before CloudFormation touches a resource, and while it does."""

from __future__ import annotations

from typing import Any


class TemplateError(Exception):
    """A fault of a template: one sentence, with its file, line and column (both from 1) where they are known."""

    def __init__(self, sentence: str, node: Any = None, file: str = "") -> None:
        # A name that it quotes may have several lines.
        sentence = " ".join(sentence.splitlines())
        super().__init__(sentence)
        self.sentence = sentence
        self.file = file
        mark = getattr(node, "start_mark", None)
        self.line = mark.line + 1 if mark is not None else None
        self.column = mark.column + 1 if mark is not None else None

    def at(self, line: int, column: int) -> TemplateError:
        self.line, self.column = line, column
        return self

    def __str__(self) -> str:
        where = [str(part) for part in (self.file, self.line, self.column) if part]
        return ":".join(where) + (": " if where else "") + self.sentence


class ValidationError(Exception):
    """CloudFormation refuses the whole operation: nothing happens, the stack stays as it is."""


class ResourceError(Exception):
    """One resource cannot go on; its stack rolls back. The text is the event's status reason."""
