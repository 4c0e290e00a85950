"""Makes target/release from what is built already: `make release`.

What is in it installs with the SAM CLI alone. Two runs on the same sources make the same bytes of the standard variant.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import fast.template
from fast import machine
from local import find

from . import pages, template, version

FOLDER = find.ROOT / "target" / "release"
STANDARD = "custom-ecrrepo-java25.zip"
FAST = "custom-ecrrepo-fast-x86_64.zip"
PACKAGE = find.ROOT / "target" / "custom-ecrrepo-function.jar"
SBOM = find.ROOT / "target" / "custom-ecrrepo-sbom.json"


def main() -> None:
    version.check()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    zip_jar(FOLDER / STANDARD)
    template.write_standard(FOLDER / "template.yaml", STANDARD)
    if refusal := machine.refusal():
        print(f"Without the fast variant. {refusal}", file=sys.stderr)
    else:
        packed = find.ROOT / "target" / "custom-ecrrepo-fast.zip"
        shutil.copy(packed, FOLDER / FAST)
        fast.template.write(FOLDER / "template-fast.yaml", FOLDER / FAST)
        template.finish(FOLDER / "template-fast.yaml")
    for source in ("LICENSE", "schema/custom-ecrrepo.json", "schema/custom-ecrrepo.cloudformation.json", "release/samconfig.toml"):
        shutil.copy(find.ROOT / source, FOLDER)
    for source in ("README.md", "CHANGELOG.md", "release/INSTALL.md"):
        pages.write(FOLDER, find.ROOT / source)
    shutil.copy(SBOM, FOLDER)
    build_wheel()
    write_checksums()
    print(f"{FOLDER.relative_to(find.ROOT)} holds {len(list(FOLDER.iterdir()))} files. "
          f"Deploy them: cd target/release && sam deploy --guided", file=sys.stderr)


def zip_jar(path: Path) -> None:
    """As `sam build` lays it out: Lambda's Java runtime puts lib/*.jar on its class path."""
    entry = zipfile.ZipInfo("lib/custom-ecrrepo-function.jar", (2026, 1, 1, 0, 0, 0))
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(entry, PACKAGE.read_bytes())


def build_wheel() -> None:
    """The lint rules. Built from a copy, since pip leaves its traces in the folder that it builds."""
    with tempfile.TemporaryDirectory(prefix="rules-") as copy:
        folder = Path(copy) / "schema"
        shutil.copytree(find.ROOT / "schema", folder, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--wheel-dir", FOLDER, folder],
            check=True)


def write_checksums() -> None:
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(FOLDER.iterdir())]
    (FOLDER / "SHA256SUMS").write_text("".join(lines))


if __name__ == "__main__":
    main()
