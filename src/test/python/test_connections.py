"""How the function uses its connections to ECR, which keeps them open for a while."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local import certificates, find
from local.run import LocalRun, Step

CREATE = json.loads((find.ROOT / "events" / "create.json").read_text())
PROPERTIES = CREATE["ResourceProperties"] | {"Access": {"Pull": {"AccountIds": ["210987654321"]}}}
UPDATE = {
    "RequestType": "Update",
    "PhysicalResourceId": PROPERTIES["RepositoryName"],
    "OldResourceProperties": PROPERTIES,
}


@pytest.fixture(params=["HTTP", "TLS"])
def run(request: pytest.FixtureRequest, package: Path, tmp_path: Path) -> Any:
    trust = certificates.make(tmp_path, find.java().parent.parent)
    options = {"JAVA_TOOL_OPTIONS": f"-Djavax.net.ssl.trustStore={trust.java}"}
    tls = trust.server if request.param == "TLS" else None
    with LocalRun(package=package, environment=options, tls=tls) as run:
        _sound(run.invoke(CREATE | {"ResourceProperties": PROPERTIES}))
        yield run


def _sound(step: Step) -> Step:
    assert step.response and step.response["Status"] == "SUCCESS", (step.response, step.log)
    return step


def _nothing_changed(run: LocalRun) -> Step:
    step = _sound(run.invoke(CREATE | UPDATE | {"ResourceProperties": PROPERTIES}))
    assert len(step.calls) == 4, step.calls
    return step


def test_a_call_goes_over_a_connection_that_an_earlier_one_opened(run: LocalRun) -> None:
    assert run.emulator.connections == 2  # CreateRepository, then both policies at once
    _nothing_changed(run)
    opened = run.emulator.connections
    assert opened <= 4
    _nothing_changed(run)
    assert run.emulator.connections == opened


def test_connections_that_ecr_has_closed_meanwhile_are_replaced(run: LocalRun) -> None:
    _nothing_changed(run)
    opened = run.emulator.connections
    run.emulator.hang_up()
    step = _nothing_changed(run)
    assert not step.cold
    assert run.emulator.connections == opened + 4
