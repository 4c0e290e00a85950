"""The template of the fast variant: template.yaml with another runtime and package, all else the same."""

from __future__ import annotations

import os
from pathlib import Path

from local import find

_CHANGES = (
    ("      CodeUri: .\n", "      CodeUri: {package}\n"),
    ("      Runtime: java25\n", "      Runtime: provided.al2023\n"),
    ("    Default: arm64\n    AllowedValues: [arm64, x86_64]\n", "    Default: x86_64\n    AllowedValues: [x86_64]\n"),
    ("arm64 costs less; the package runs on both.", "The Java runtime in the package is for this one."),
    ("must be arm64 or x86_64.", "must be x86_64."),
    ("    Metadata:\n      BuildMethod: makefile\n", ""),
    # The Serverless Application Repository's two pages, which SAM uploads with every deployment.
    ("    LicenseUrl: LICENSE\n", "    LicenseUrl: {root}/LICENSE\n"),
    ("    ReadmeUrl: README.md\n", "    ReadmeUrl: {root}/README.md\n"),
)


def write(path: Path, package: Path) -> None:
    """Paths in it are relative to its own folder, as SAM reads them."""
    places = {"package": os.path.relpath(package, path.parent), "root": os.path.relpath(find.ROOT, path.parent)}
    text = (find.ROOT / "template.yaml").read_text()
    for old, new in _CHANGES:
        if text.count(old) != 1:
            raise SystemExit(f"template.yaml no longer contains this once, which the fast variant replaces:\n{old}")
        text = text.replace(old, new.format(**places))
    path.write_text("# Made from template.yaml by `make fast`.\n" + text)
