"""Builds target/fast (a function for Lambda's provided.al2023), its zip and its template: `make fast`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from local import find, native

from . import machine, template, training

FOLDER = find.ROOT / "target" / "fast"
ZIP = find.ROOT / "target" / "custom-ecrrepo-fast.zip"
CACHE = Path("lib") / "function.aot"

# What the function, the SDK, the runtime client and TLS load; what else of the JDK they name they never reach.
MODULES = "java.base,java.logging,java.management,java.naming,java.sql,java.xml,jdk.unsupported"

# Lambda unpacks zips with the times that they state, and Java, since 25.0.4, takes a jar of another time for another
# jar (JDK-8377932). So all files carry this one: 2026-01-01, which a zip, which knows no time zones, states as UTC.
TIME = 1767225600


def main() -> None:
    if refusal := machine.refusal():
        raise SystemExit(refusal)
    home = find.java_home()
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "lib").mkdir(parents=True)
    print("Linking a Java runtime", file=sys.stderr)
    _run(home / "bin" / "jlink", "--add-modules", MODULES, "--strip-debug", "--no-header-files", "--no-man-pages",
         "--output", FOLDER / "runtime")
    shutil.copy(find.ROOT / "fast" / "bootstrap", FOLDER)
    shutil.copy(find.package(), FOLDER / "lib")
    shutil.copytree(find.runtime_client(), FOLDER / "lib" / "runtime-client")
    native.unpack(FOLDER / "lib" / "runtime-client")
    for jar in (FOLDER / "lib" / "runtime-client").glob("*.jar"):
        jar.rename(jar.with_name(_without_version(jar.name)))
    _set_times()
    print("Training the cache: a few creations, updates and deletions over TLS", file=sys.stderr)
    training.train(FOLDER, FOLDER / CACHE)
    _set_times()
    _zip()
    _check()
    template.write(FOLDER.parent / "fast-template.yaml", ZIP)
    print(f"{ZIP.relative_to(find.ROOT)}: {ZIP.stat().st_size / 1e6:.0f} MB. Deploy it:\n"
          "  sam deploy --guided --template-file target/fast-template.yaml --config-file \"$PWD/samconfig.toml\"", file=sys.stderr)


def _check() -> None:
    """Unpacks the package elsewhere, as Lambda does, and lets Java refuse to start if the cache does not fit."""
    with tempfile.TemporaryDirectory(prefix="fast-") as elsewhere:
        folder = Path(elsewhere) / "task"
        with zipfile.ZipFile(ZIP) as packed:
            for each in packed.infolist():
                path = Path(packed.extract(each, folder))
                path.chmod(each.external_attr >> 16)
                os.utime(path, (TIME, TIME))
        training.check(folder, folder / CACHE)


def _zip() -> None:
    ZIP.unlink(missing_ok=True)
    with zipfile.ZipFile(ZIP, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(each for each in FOLDER.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(FOLDER)), (2026, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if os.access(path, os.X_OK) else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def _set_times() -> None:
    for path in FOLDER.rglob("*"):
        os.utime(path, (TIME, TIME), follow_symlinks=False)


def _without_version(name: str) -> str:
    return "-".join(part for part in name.removesuffix(".jar").split("-") if not part[0].isdigit()) + ".jar"


def _run(*command: object) -> None:
    subprocess.run([str(each) for each in command], check=True)


if __name__ == "__main__":
    try:
        main()
    except training.Failed as failed:
        # What does not fit shall not lie about to be deployed or measured.
        shutil.rmtree(FOLDER, ignore_errors=True)
        ZIP.unlink(missing_ok=True)
        sys.exit(str(failed))
