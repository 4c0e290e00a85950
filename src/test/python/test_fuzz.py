"""The exit status of `local/fuzz`, with stand-ins for Maven and for the Java that runs Jazzer."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def fuzz(tmp_path: Path, java: str) -> subprocess.CompletedProcess[str]:
    """Runs a copy of the script. Its Java is a shell script that runs once for each kind of input."""
    home = tmp_path / "jdk"
    for name, text in {"local/fuzz": "", "mvnw": "touch target/fuzz-class-path", "jdk/bin/java": java}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
    shutil.copy(ROOT / "local/fuzz", tmp_path / "local/fuzz")
    (tmp_path / "target").mkdir()
    environment = os.environ | {"JAVA_HOME": str(home), "MINUTES": "1"}
    return subprocess.run([tmp_path / "local/fuzz"], env=environment, capture_output=True, text=True, check=False)


def test_it_succeeds_if_no_kind_has_a_finding(tmp_path: Path) -> None:
    run = fuzz(tmp_path, "echo Done 5 runs in 1 second")
    assert (run.returncode, run.stdout.count("Done 5 runs"), run.stderr) == (0, 7, "")


@pytest.mark.parametrize("finding", ["crash-1", "timeout-1", "oom-1"])
def test_it_fails_if_one_kind_has_a_finding(tmp_path: Path, finding: str) -> None:
    run = fuzz(tmp_path, f'case "$*" in *-Dfuzz=url*) touch target/fuzz/url/{finding} ;; esac; echo Done 5 runs')
    assert (run.returncode, run.stderr) == (1, "")
    assert f"target/fuzz/url/{finding}" in run.stdout.splitlines()
