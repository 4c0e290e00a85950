"""The template of the fast variant: template.yaml with another runtime and package, all else the same."""

from __future__ import annotations

import os
from pathlib import Path

from local import find

# What is replaced by what, and how often it is there: some lines belong to both functions.
_CHANGES = (
    (2, "      CodeUri: .\n", "      CodeUri: {package}\n"),
    (2, "      Runtime: java25\n", "      Runtime: provided.al2023\n"),
    (1, "    Default: arm64\n    AllowedValues: [arm64, x86_64]\n", "    Default: x86_64\n    AllowedValues: [x86_64]\n"),
    (1, "arm64 costs less; the package runs on both.", "The Java runtime in the package is for this one."),
    (1, "must be arm64 or x86_64.", "must be x86_64."),
    (2, "    Metadata:\n      BuildMethod: makefile\n", ""),
    # The Serverless Application Repository's two pages, which SAM uploads with every deployment.
    (1, "    LicenseUrl: LICENSE\n", "    LicenseUrl: {root}/LICENSE\n"),
    (1, "    ReadmeUrl: README.md\n", "    ReadmeUrl: {root}/README.md\n"),
)


def write(path: Path, package: Path) -> None:
    """Paths in it are relative to its own folder, as SAM reads them."""
    places = {"package": os.path.relpath(package, path.parent), "root": os.path.relpath(find.ROOT, path.parent)}
    text = (find.ROOT / "template.yaml").read_text()
    for times, old, new in _CHANGES:
        if text.count(old) != times:
            raise SystemExit(f"template.yaml no longer contains this {times} times, which the fast variant replaces:\n{old}")
        text = text.replace(old, new.format(**places))
    path.write_text("# Made from template.yaml by `make fast`.\n" + text)
