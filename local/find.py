"""Where the things are that a run needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Missing(Exception):
    """One sentence that says what is not there and how to get it."""


def package() -> Path:
    """The function's jar; `ECRREPO_PACKAGE` names another one, such as `sam build`'s, or a folder with a bootstrap."""
    named = os.environ.get("ECRREPO_PACKAGE")
    path = Path(named) if named else ROOT / "target" / "custom-ecrrepo-function.jar"
    return _existing(path)


def runtime_client() -> Path:
    if sys.platform != "linux":
        raise Missing(
            "AWS's runtime client for Java has a native part that runs on Linux only:"
            " run this in a Linux machine or container, or use `sam local invoke`."
        )
    return _existing(ROOT / "target" / "runtime-client")


def java() -> Path:
    return java_home() / "bin" / "java"


def java_home() -> Path:
    found = subprocess.run([str(ROOT / "local" / "find-jdk")], capture_output=True, text=True, check=False)
    if found.returncode:
        raise Missing(found.stderr.strip())
    return Path(found.stdout.strip())


def _existing(path: Path) -> Path:
    if not path.exists():
        raise Missing(f"There is no {path}: build it with `make package`.")
    return path
