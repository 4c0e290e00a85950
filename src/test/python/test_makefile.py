"""The Makefile where it is not at home: in a folder with a blank in its name, and without Python."""

import os
import shutil
import subprocess

import pytest

from local import find

TOOLS = ("sh", "make", "dirname", "sed", "awk", "grep", "tr", "ps", "cat", "readlink", "mkdir", "cp")


@pytest.fixture
def copy(tmp_path):
    """A folder with a blank in its name, a path on which there is no Python, and a Maven that notes what it is asked for."""
    folder = tmp_path / "my work" / "custom ecrrepo"
    (folder / "local").mkdir(parents=True)
    shutil.copy(find.ROOT / "Makefile", folder)
    shutil.copy(find.ROOT / "local" / "find-jdk", folder / "local")
    (folder / "local" / "find-python").write_text("#!/bin/sh\necho 'No Python here.' >&2\nexit 1\n")
    (folder / "mvnw").write_text('#!/bin/sh\nhere=$(dirname "$0")\necho "$@" >"$here/asked"\nmkdir -p "$here/target"\n'
                                 'echo jar >"$here/target/custom-ecrrepo-function.jar"\n')  # fmt: skip
    for each in (folder / "mvnw", folder / "local" / "find-python"):
        each.chmod(0o755)
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in TOOLS:
        (bare / tool).symlink_to(shutil.which(tool))
    return folder, {"PATH": str(bare), "JAVA_HOME": str(find.java_home()), "HOME": str(tmp_path)}


def _make(folder, environment, *arguments):
    done = subprocess.run(
        ["make", "-f", folder / "Makefile", *arguments], cwd=folder.parent, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done


def test_a_blank_in_the_path_does_no_harm(copy):
    folder, environment = copy
    done = _make(folder, environment, "help")
    assert (done.stderr, "make smoke" in done.stdout) == ("", True)


def test_sam_build_needs_no_python(copy):
    """The image of `sam build --use-container` has one that is too old."""
    folder, environment = copy
    artifacts = folder / "sam's artifacts"
    _make(folder, {**environment, "ARTIFACTS_DIR": str(artifacts)}, "build-EcrRepoFunction")
    asked = (folder / "asked").read_text().split(" ")
    assert "package" in asked and f"{folder}/pom.xml" in " ".join(asked)
    assert (artifacts / "lib" / "custom-ecrrepo-function.jar").read_text() == "jar\n"


def test_where_a_python_is_it_skips_what_is_built(copy):
    assert os.path.exists(find.ROOT / "target" / "package-ready.txt")
    done = subprocess.run(["make", "-s", "package"], cwd=find.ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
