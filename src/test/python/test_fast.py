"""The fast variant: a cache that does not fit fails the build, and in production costs time but no event."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fast import machine, training
from fast.__main__ import CACHE, FOLDER
from local import find
from local.run import LocalRun, Step

pytestmark = pytest.mark.skipif(machine.refusal() is not None, reason=str(machine.refusal()))

# How Java says that it cannot use the cache.
WARNING = re.compile(r"^\[[^]]*]\[(warning|error) *]\[(aot|cds)\b", re.MULTILINE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Of what `make fast` built, to be spoilt."""
    assert FOLDER.exists(), "build it with `make fast`"
    return Path(shutil.copytree(FOLDER, tmp_path / "fast"))


def _half_a_cache(package: Path) -> None:
    cache = package / CACHE
    os.truncate(cache, cache.stat().st_size // 2)


def _no_cache(package: Path) -> None:
    (package / CACHE).unlink()


def _another_java(package: Path) -> None:
    with (package / "runtime" / "lib" / "modules").open("ab") as modules:
        modules.write(b"\0")


def _another_jar(package: Path) -> None:
    release = (package / "runtime" / "release").read_text()
    version = re.search(r'^JAVA_VERSION="([\d.]+)', release, re.MULTILINE)
    assert version
    if tuple(int(part) for part in version[1].split(".")) < (25, 0, 4):
        pytest.skip(f"Java {version[1]} does not look at the jars (JDK-8377932)")
    os.utime(package / "lib" / "custom-ecrrepo-function.jar")


def test_options_may_contain_a_blank(tmp_path: Path) -> None:
    """A clone may be in a folder such as `my projects`, and the training names the cache in it."""
    java = tmp_path / "my projects" / "runtime" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    java.chmod(0o755)
    root = str(tmp_path / "my projects")
    start = {"LAMBDA_TASK_ROOT": root, "_HANDLER": "a.Handler"}

    def options(environment: dict[str, str]) -> list[str]:
        done = subprocess.run(["sh", find.ROOT / "fast" / "bootstrap"], env=environment, capture_output=True, text=True)
        return done.stdout.splitlines()

    assert f"-XX:AOTCache={root}/lib/function.aot" in options(start)
    assert {"-XX:AOTCache=/my cache", "-XX:AOTMode=on"} <= set(
        options({**start, "ECRREPO_AOT": "-XX:AOTCache=/my cache\n-XX:AOTMode=on"})
    )


misfits = pytest.mark.parametrize("spoil", [_half_a_cache, _no_cache, _another_java, _another_jar])


def _create(package: Path) -> Step:
    """As Lambda starts the package."""
    with LocalRun(package=package) as run:
        return run.invoke(json.loads((find.ROOT / "events" / "create.json").read_text()))


def test_the_cache_fits_elsewhere_too(copy: Path) -> None:
    training.check(copy, copy / CACHE)
    step = _create(copy)
    assert step.response["Status"] == "SUCCESS", step.log
    assert not WARNING.search(step.log), step.log


@misfits
def test_a_cache_that_does_not_fit_fails_the_build(copy: Path, spoil: Callable[[Path], None]) -> None:
    spoil(copy)
    with pytest.raises(training.Failed) as failure:
        training.check(copy, copy / CACHE)
    said = str(failure.value)
    assert said.startswith("The cache function.aot does not fit the package")
    assert "exit status 1" in said and WARNING.search(said), said


@misfits
def test_with_a_cache_that_does_not_fit_the_function_works_and_warns(copy: Path, spoil: Callable[[Path], None]) -> None:
    spoil(copy)
    step = _create(copy)
    assert step.response["Status"] == "SUCCESS", step.log
    assert WARNING.search(step.log), step.log
