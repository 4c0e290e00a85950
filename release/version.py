"""The version is stated in several files, each of which some tool reads: this says where they differ."""

from __future__ import annotations

import json
import re

from local import find

_PLACES = {
    "README.md": r"^Version (\S+) ",
    "pom.xml": r"<artifactId>custom-ecrrepo</artifactId>\s+<version>([^<]+)</version>",
    "template.yaml (SemanticVersion)": r"^    SemanticVersion: (\S+)$",
    "template.yaml (Description of the function)": r"Description: Provider of .* Custom::EcrRepo, version (\S+)$",
    "template.yaml (tag of the function)": r"^        custom-ecrrepo-version: '?([^'\s]+)'?$",
    "src/main/java/dev/ecrrepo/logging/ProviderVersion.java": r'NUMBER = "([^"]+)";',
    "schema/pyproject.toml": r'^version = "([^"]+)"$',
    "cdk/package.json": r'^  "version": "([^"]+)",$',
}


def stated() -> dict[str, str | None]:
    found = {}
    for place, pattern in _PLACES.items():
        text = (find.ROOT / place.split()[0]).read_text()
        match = re.search(pattern, text, re.MULTILINE)
        found[place] = match[1] if match else None
    found["cdk/package-lock.json"] = json.loads((find.ROOT / "cdk" / "package-lock.json").read_text())["version"]
    return found


def check() -> None:
    versions = stated()
    if None in versions.values() or len(set(versions.values())) != 1:
        lines = "\n".join(f"  {version or 'none'}  {place}" for place, version in versions.items())
        raise SystemExit(f"These state different versions; make them one:\n{lines}")
