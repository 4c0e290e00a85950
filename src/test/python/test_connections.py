"""How the function uses its connections to ECR, which keeps them open for a while."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local import certificates, find
from local.certificates import Trust
from local.run import LocalRun, Step

CREATE = json.loads((find.ROOT / "events" / "create.json").read_text())
PROPERTIES = CREATE["ResourceProperties"] | {"Access": {"Pull": {"AccountIds": ["210987654321"]}}}
UPDATE = {
    "RequestType": "Update",
    "PhysicalResourceId": PROPERTIES["RepositoryName"],
    "OldResourceProperties": PROPERTIES,
}


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return certificates.make(tmp_path_factory.mktemp("trust"))


@pytest.fixture(params=["HTTP", "TLS"])
def run(request: pytest.FixtureRequest, package: Path, trust: Trust) -> Any:
    options = {"JAVA_TOOL_OPTIONS": trust.java_option}
    tls = trust.server if request.param == "TLS" else None
    with LocalRun(package=package, environment=options, tls=tls) as run:
        yield run


def _created(run: LocalRun) -> Step:
    return _sound(run.invoke(CREATE | {"ResourceProperties": PROPERTIES}))


def _sound(step: Step) -> Step:
    assert step.response and step.response["Status"] == "SUCCESS", (step.response, step.log)
    return step


def _nothing_changed(run: LocalRun) -> Step:
    step = _sound(run.invoke(CREATE | UPDATE | {"ResourceProperties": PROPERTIES}))
    assert len(step.calls) == 4, step.calls
    return step


def test_calls_go_over_connections_that_earlier_ones_opened(run: LocalRun) -> None:
    _created(run)
    for _ in range(4):
        _nothing_changed(run)
    assert len(run.emulator.calls) == 3 + 4 * 4
    assert run.emulator.connections <= 4  # so many calls are made at once


def test_connections_that_ecr_has_closed_meanwhile_are_replaced(run: LocalRun) -> None:
    _created(run)
    _nothing_changed(run)
    assert run.emulator.hang_up() > 0
    assert not _nothing_changed(run).cold


@pytest.mark.parametrize("operation", ["CreateRepository", "PutLifecyclePolicy", "SetRepositoryPolicy", "DeleteRepository"])
def test_an_answer_that_is_lost_with_its_connection_changes_nothing(run: LocalRun, operation: str) -> None:
    lost: list[str] = []

    def loses(called: str) -> bool:
        if called != operation or lost:
            return False
        lost.append(called)
        return True

    run.emulator.loses = loses
    _created(run)
    (repository,) = run.repositories()
    assert repository["lifecyclePolicy"] and repository["repositoryPolicy"]
    _sound(run.invoke(CREATE | UPDATE | {"RequestType": "Delete", "ResourceProperties": PROPERTIES}))
    assert run.repositories() == []
    assert lost == [operation]
    assert sum(each.operation == operation for each in run.emulator.calls) == 2
