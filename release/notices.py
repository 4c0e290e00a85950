"""Writes the licences and notices of what the package contains, each text once: `python -m release.notices` after `make sbom`.

The shade plugin would keep one file for each name, and the jars' files have the same names with different texts.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

from local import find

TARGET = find.ROOT / "src" / "main" / "resources" / "META-INF" / "THIRD-PARTY-NOTICES.txt"
SBOM = find.ROOT / "target" / "custom-ecrrepo-sbom.json"
_REPOSITORY = Path(os.environ.get("MAVEN_REPOSITORY", Path.home() / ".m2" / "repository"))
_LEGAL = re.compile(r"META-INF/[^/]*(LICEN[SC]E|NOTICE)[^/]*", re.IGNORECASE)
_RULE = "=" * 100


def text() -> str:
    components, holders = [], {}
    for each in sorted(json.loads(SBOM.read_text())["components"], key=lambda one: (one["group"], one["name"])):
        name = f"{each['group']}:{each['name']}:{each['version']}"
        licences = [entry.get("license", {}) for entry in each.get("licenses", [])]
        stated = " or ".join(one.get("id") or one.get("name") or "" for one in licences)
        components.append(f"{name}  {stated or 'see its text below'}")
        for document in _documents(each):
            holders.setdefault(document, []).append(name)
    parts = [
        "Custom::EcrRepo is licensed under the Apache License, Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0).\n"
        "Its package contains these components, some of them in part:\n\n" + "\n".join(components) + "\n"
    ]
    for document, names in holders.items():
        parts.append(f"{_RULE}\nOf {', '.join(names)}:\n\n{document}\n")
    return "\n".join(parts)


def _documents(component: dict) -> list[str]:
    group, name, version = component["group"], component["name"], component["version"]
    jar = _REPOSITORY.joinpath(*group.split("."), name, version, f"{name}-{version}.jar")
    with zipfile.ZipFile(jar) as packed:
        legal = [entry for entry in packed.namelist() if _LEGAL.fullmatch(entry)]
        return [packed.read(entry).decode("utf-8").replace("\r\n", "\n").strip() for entry in sorted(legal)]


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")
