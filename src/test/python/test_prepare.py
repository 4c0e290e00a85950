"""local/prepare.py: what it says where it cannot set up."""

import os
import subprocess
import sys

import pytest

from documents import ROOT


@pytest.mark.parametrize("variable", ["HOME", "MAVEN_USER_HOME"])
def test_a_home_that_cannot_be_written_gets_a_sentence(variable):
    # Not even root can make a folder in /proc.
    environment = {**os.environ, variable: "/proc/none"}
    code = "import prepare; prepare.check_maven_home()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "local", env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Maven keeps what it downloads in /proc/none" in done.stderr.splitlines()[-1]
    assert "MAVEN_USER_HOME=<folder>" in done.stderr
