"""Everything that can go wrong with a call on the wire, at every call of a create, an update and a delete.

The packaged function plays each flow once undisturbed, which tells its calls. Then once for each call and each trouble:
the function must come to the same end. Where its process is killed, Lambda delivers the event again, and that must.
"""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from local import find, receiver
from local.emulator import TROUBLES
from local.run import LocalRun, Step

NAME = "team/app"
CREATE = json.loads((find.ROOT / "events" / "create.json").read_text())
BEFORE = {
    "RepositoryName": NAME,
    "Access": {"Pull": {"AccountIds": ["111111111111"]}},
    "Tags": [{"Key": f"a{number}", "Value": "v"} for number in range(30)],
}
AFTER = {
    "RepositoryName": NAME,
    "ImageTagMutability": "MUTABLE",
    "ImageScanningConfiguration": {"ScanOnPush": "false"},
    "MaxImageCount": "50",
    "Access": {"Pull": {"AccountIds": ["222222222222"]}},
    "Tags": [{"Key": f"b{number}", "Value": "v"} for number in range(30)],
}
FLOWS = {
    "create": {"RequestType": "Create", "ResourceProperties": BEFORE},
    "update": {
        "RequestType": "Update",
        "PhysicalResourceId": NAME,
        "ResourceProperties": AFTER,
        "OldResourceProperties": BEFORE,
    },
    "delete": {"RequestType": "Delete", "PhysicalResourceId": NAME, "ResourceProperties": BEFORE},
}
# An answer that never comes takes the function a minute to give up: tried where waiting for it matters most.
STALLING = {"CreateRepository"}


@pytest.fixture(scope="module")
def run(package: Path) -> Any:
    with LocalRun(package=package) as run:
        yield run


def _event(flow: str) -> dict[str, Any]:
    return {**CREATE, **FLOWS[flow]}


def _play(run: LocalRun, flow: str, trouble: str | None = None, at: tuple[str, int] = ("", 0)) -> list[Step]:
    """The flow in a registry that is ready for it; the steps that Lambda took until there was an answer."""
    run.emulator.troubles = lambda operation: None
    run.emulator.reset()
    if flow != "create":
        _sound(run.invoke(_event("create")))
    seen: Counter[str] = Counter()

    def troubles(operation: str) -> str | None:
        seen[operation] += 1
        if (operation, seen[operation]) != at:
            return None
        if trouble == "killed":
            for process in run.processes():
                os.kill(process, signal.SIGKILL)
            return "reset after"
        return trouble

    run.emulator.troubles = troubles
    steps = [run.invoke(_event(flow))]
    if steps[0].response is None:
        steps.append(run.invoke(_event(flow)))
    run.emulator.troubles = lambda operation: None
    return steps


def _sound(step: Step) -> Step:
    assert step.response and step.response["Status"] == "SUCCESS", (step.response, step.message)
    return step


def _registry(run: LocalRun) -> list[Any]:
    """All that is there, but for what differs from run to run: times, and the record's time."""
    whole = run.repositories()
    for repository in whole:
        del repository["createdAt"]
        for tag in repository["tags"]:
            if tag["Key"] == "ecrrepo:applied":
                version, _, rest = tag["Value"].split("/", 2)
                tag["Value"] = f"{version}/{rest}"
    return whole


def _points(run: LocalRun, flow: str) -> list[tuple[str, int]]:
    """The calls of the flow, each by its operation and the how many-th of it."""
    (step,) = _play(run, flow)
    _sound(step)
    seen: Counter[str] = Counter()
    points = []
    for call in step.calls:
        seen[call.operation] += 1
        points.append((call.operation, seen[call.operation]))
    return points


@pytest.mark.parametrize("flow", FLOWS)
def test_every_trouble_at_every_call_comes_to_the_same_end(run: LocalRun, flow: str) -> None:
    points = _points(run, flow)
    wanted = _registry(run)
    assert len(points) >= 3, points
    tried, wrong = 0, []
    for at in points:
        for trouble in (*TROUBLES, "killed"):
            if trouble == "stall" and at[0] not in STALLING:
                continue
            last = _play(run, flow, trouble, at)[-1]
            tried += 1
            if not last.response or last.response["Status"] != "SUCCESS":
                wrong.append((trouble, at, last.response, last.message))
            elif _registry(run) != wanted:
                wrong.append((trouble, at, "the registry differs"))
    print(f"{flow}: {tried} points, {len(points)} calls")
    assert not wrong, wrong


def _undisturbed(run: LocalRun, flow: str) -> list[Any]:
    _sound(_play(run, flow)[0])
    return _registry(run)


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("trouble", receiver.TROUBLES)
def test_a_receiver_that_fails_once_gets_the_same_answer_again(run: LocalRun, flow: str, trouble: str) -> None:
    wanted = _undisturbed(run, flow)
    befalls = iter([None] * (flow != "create") + [trouble])
    run.receiver.trouble = lambda: next(befalls, None)
    bodies: list[bytes] = []
    run.receiver.status = lambda body: bodies.append(body) or 200
    try:
        (step,) = _play(run, flow)
    finally:
        run.receiver.trouble, run.receiver.status = lambda: None, lambda body: 200
    _sound(step)
    assert _registry(run) == wanted
    # Of the flow itself: before an update and a delete, a create was answered.
    answers = bodies[flow != "create" :]
    assert len(answers) == (1 if trouble == "reset before" else 2)
    assert len(set(answers)) == 1


@pytest.mark.parametrize("flow", FLOWS)
def test_an_answer_that_every_attempt_is_refused_is_given_by_the_next_delivery(run: LocalRun, flow: str) -> None:
    wanted = _undisturbed(run, flow)
    run.emulator.reset()
    if flow != "create":
        _sound(run.invoke(_event("create")))
    event = _event(flow)
    run.receiver.close()
    try:
        refused = run.invoke(event)
    finally:
        run.receiver.reopen()
    assert refused.outcome == "threw" and "6 attempts, the last one: the connection was refused" in refused.message
    _sound(run.invoke(event))
    assert _registry(run) == wanted


def test_a_receiver_that_answers_503_gets_the_answer_again(run: LocalRun) -> None:
    run.emulator.reset()
    statuses = iter([503, 503, 200])
    run.receiver.status = lambda body: next(statuses)
    try:
        _sound(run.invoke(_event("create")))
    finally:
        run.receiver.status = lambda body: 200
    assert next(statuses, None) is None
