"""The templates of a release: template.yaml with a package beside it in place of a build."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from local import find

# Each is there twice: for the provider and for the function that reports.
_TIMES = 2
_CHANGES = (("      CodeUri: .\n", "      CodeUri: {package}\n"), ("    Metadata:\n      BuildMethod: makefile\n", ""))


def write_standard(path: Path, package: str) -> None:
    text = (find.ROOT / "template.yaml").read_text()
    for old, new in _CHANGES:
        if text.count(old) != _TIMES:
            raise SystemExit(f"template.yaml no longer contains this {_TIMES} times, which a release replaces:\n{old}")
        text = text.replace(old, new.format(package=package))
    path.write_text("# Made from template.yaml by `make release`.\n" + text)
    finish(path)


def finish(path: Path) -> None:
    """The licence and the README lie beside a release's template; its home page is known only to whoever publishes."""
    text = path.read_text()
    text = re.sub(r"^    LicenseUrl: .*$", "    LicenseUrl: LICENSE", text, flags=re.MULTILINE)
    text = re.sub(r"^    ReadmeUrl: .*$", "    ReadmeUrl: README.md", text, flags=re.MULTILINE)
    if url := home_page():
        version = re.search(r"^    SemanticVersion: (.+)$", text, re.MULTILINE)
        assert version, "template.yaml states no SemanticVersion"
        stated = f"{version[0]}\n    HomePageUrl: {url}\n    SourceCodeUrl: {url}/tree/v{version[1]}"
        text = text.replace(version[0], stated)
    path.write_text(text)


def home_page() -> str | None:
    """Where the sources are published: as GitHub Actions says, or the clone's own origin."""
    if os.environ.get("GITHUB_REPOSITORY"):
        return f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}"
    asked = subprocess.run(["git", "-C", find.ROOT, "remote", "get-url", "origin"], capture_output=True, text=True)
    origin = re.fullmatch(r"(?:https://|git@)([\w.-]+)[:/]([\w./-]+?)(?:\.git)?\n?", asked.stdout)
    return f"https://{origin[1]}/{origin[2]}" if origin else None
