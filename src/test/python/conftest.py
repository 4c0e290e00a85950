"""What the tests share: one warm function for all, an empty registry for each."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from local import find
from local.run import LocalRun

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def warm_run():
    with LocalRun() as run:
        yield run


@pytest.fixture(scope="module")
def adopting_run():
    """The function of a provider whose operator allows adoption."""
    with LocalRun(environment={"ECRREPO_ALLOW_ADOPTION": "true"}) as run:
        yield run


@pytest.fixture
def run(warm_run):
    """The packaged function beside an empty registry."""
    warm_run.emulator.reset()
    warm_run.receiver.status = lambda body: 200
    return warm_run


@pytest.fixture(scope="session")
def probe(tmp_path_factory):
    """The package of a function that does what its event says."""
    folder = tmp_path_factory.mktemp("probe")
    subprocess.run(
        [find.java().parent / "javac", "-cp", f"{find.runtime_client()}/*", "-d", folder / "classes",
         HERE / "probe" / "Probe.java"],
        check=True)
    package = folder / "probe.jar"
    with zipfile.ZipFile(package, "w") as jar:
        for file in sorted((folder / "classes").iterdir()):
            jar.write(file, file.name)
    return package
