"""What the tests share: one warm function for all, an empty registry for each.

`ECRREPO_PACKAGE=target/fast` tests the fast variant; `-m package` selects the tests that start the function.
"""

import os
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import provider_stack
from iam import Evaluator
from stories import Stage

from local import find
from local.run import LocalRun

HERE = Path(__file__).parent
NAMED = os.environ.get("ECRREPO_PACKAGE", "")
NAMED = NAMED and os.path.abspath(NAMED)


def pytest_collection_modifyitems(items):
    for item in items:
        if "package" in item.fixturenames:
            item.add_marker("package")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Without the mark a test finds no function: otherwise it would be left out, unnoticed, for the fast variant."""
    nothing = "package for a test that does not ask for the fixture `package`"
    os.environ["ECRREPO_PACKAGE"] = NAMED if item.get_closest_marker("package") else nothing


@pytest.fixture(scope="session")
def package():
    """What is tested. Whatever starts the function, as a LocalRun or by `make local`, asks for this."""
    return find.package()


@pytest.fixture(scope="session")
def warm_run(package):
    with LocalRun(package=package) as run:
        yield run


@pytest.fixture(scope="session")
def evaluator():
    with closing(Evaluator()) as evaluator:
        yield evaluator


@pytest.fixture(scope="module")
def adopting_run(package):
    """The function of a provider whose operator allows adoption."""
    with LocalRun(package=package, environment={"ECRREPO_ALLOW_ADOPTION": "true"}) as run:
        yield run


@pytest.fixture
def run(warm_run):
    """The packaged function beside an empty registry."""
    warm_run.emulator.reset()
    warm_run.receiver.status = lambda body: 200
    return warm_run


@pytest.fixture
def stage(run):
    """A CloudFormation before this function and registry."""
    return Stage(run)


@pytest.fixture(scope="session")
def transformed():
    """The provider's template as SAM hands it to CloudFormation."""
    return provider_stack.transformed()


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
