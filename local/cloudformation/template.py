"""A template as it was written: its sections, its edits, and where its faults are."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from typing import Any

from . import reading, scalars
from .errors import TemplateError

SECTIONS = {
    "AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Hooks", "Mappings", "Metadata", "Outputs",
    "Parameters", "Resources", "Rules", "Transform",
}  # fmt: skip
LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
# What stands for the value of a NoEcho parameter.
HIDDEN = "****"


class Template:
    """The tree of a template. Build it with `read` (a file), `parse` (text) or `of` (either, or a plain object)."""

    def __init__(self, tree: dict[str, Any], file: str = "") -> None:
        self.tree, self.file = tree, file
        unknown = [key for key in tree if key not in SECTIONS]
        if unknown:
            raise self.fault(f"{unknown[0]!r} is not a section of a template.", unknown[0])
        if not isinstance(tree.get("Resources"), dict) or not tree["Resources"]:
            raise self.fault("A template needs a Resources section with at least one resource.", tree)
        self.language_extensions = LANGUAGE_EXTENSIONS in self._transforms()

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Template:
        try:
            with open(path, encoding="utf-8-sig") as file:
                text = file.read()
        except OSError as error:
            raise TemplateError(f"The template {path} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise TemplateError(f"The template {path} is not UTF-8 text.") from None
        return cls.parse(text, os.fspath(path))

    @classmethod
    def parse(cls, text: str, file: str = "") -> Template:
        return cls(reading.read(text, file), file)

    @classmethod
    def of(cls, source: Any) -> Template:
        """A Template, a path, template text (it has more than one line, or begins with a brace), or a plain object."""
        if isinstance(source, Template):
            return source
        if isinstance(source, dict):
            return cls(source)
        text = os.fspath(source)
        return cls.parse(text) if "\n" in text or text.lstrip().startswith("{") else cls.read(text)

    def section(self, name: str) -> Any:
        return self.shape(self.tree.get(name, {}), dict)

    def no_echo(self) -> list[str]:
        """The names of the parameters whose values nothing may show."""
        declarations = self.section("Parameters").items()
        return [str(name) for name, declared in declarations if scalars.text(declared.get("NoEcho", False)) == "true"]

    def shape(self, node: Any, kind: type[dict[Any, Any]] | type[list[Any]]) -> Any:
        """The node itself, once it is known to be an object (or a list)."""
        if not isinstance(node, kind):
            raise self.fault(
                f"Template format error: expected {'an object' if kind is dict else 'a list'} here.", node
            )
        return node

    def fault(self, sentence: str, node: Any = None) -> TemplateError:
        return TemplateError(sentence, node, self.file)

    def changed(self, edits: dict[str, Any]) -> Template:
        """A copy with other values at the given paths, e.g. {"Resources/Repository/Properties/MaxImageCount": 5}.

        None removes what stands there.
        """
        tree = copy.deepcopy(self.tree)
        for path, value in edits.items():
            *parents, last = path.split("/")
            place = tree
            for parent in parents:
                place = place[int(parent)] if isinstance(place, list) else place.setdefault(parent, {})
            if value is None:
                place.pop(last, None)
            else:
                place[last] = value
        return Template(tree, self.file)

    def _transforms(self) -> Iterator[str]:
        named = self.tree.get("Transform", [])
        for one in named if isinstance(named, list) else [named]:
            if one != LANGUAGE_EXTENSIONS:
                raise self.fault(
                    f"The transform {one if isinstance(one, str) else 'in this object'} runs inside AWS and is not "
                    f"simulated; write what it produces, or use {LANGUAGE_EXTENSIONS} only.",
                    one
                    if hasattr(one, "start_mark")
                    else next(key for key in self.tree if key == "Transform"),
                )
            yield one
