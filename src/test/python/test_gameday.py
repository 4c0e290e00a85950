"""docs/gameday.md: each alarm has its step, and the function behaves as said."""

from __future__ import annotations

import re
from pathlib import Path

import provider_stack
from documents import ROOT
from local.events import DEFAULT_ACCOUNT, DEFAULT_REGION
from local.run import LocalRun

GAMEDAY = ROOT / "docs" / "gameday.md"
STACK_ID = f"arn:aws:cloudformation:{DEFAULT_REGION}:{DEFAULT_ACCOUNT}:stack/ecrrepo-gameday/11111111-1111-1111-1111-111111111111"


def test_each_alarm_has_its_step() -> None:
    steps = re.split(r"^## Step ", GAMEDAY.read_text(), flags=re.MULTILINE)[1:]
    alarms = {
        name for name, body in provider_stack.source()["Resources"].items() if body["Type"] == "AWS::CloudWatch::Alarm"}
    assert {alarm for step in steps for alarm in re.findall(r"`(\w+Alarm)`", step)} == alarms


def test_the_drift_check_finds_the_repository_of_the_last_step(run: LocalRun) -> None:
    (command,) = re.findall(r"aws ecr create-repository (?:.+\\\n)*.+", GAMEDAY.read_text())
    tags = [{"Key": key, "Value": value.replace('"$STACK_ID"', STACK_ID)} for key, value in re.findall(r"Key=(\S+),Value=(\S+)", command)]
    run.call("CreateRepository", repositoryName="ecrrepo-gameday", imageTagMutability="MUTABLE", tags=tags)
    (drifted,) = run.report({"Report": "Drift"})["drifted"]
    assert drifted["repository"] == "ecrrepo-gameday"
    assert drifted["differences"] == ["ImageTagMutability is MUTABLE, but IMMUTABLE was applied"]


def test_the_first_steps_event_is_answered_with_a_failure_and_calls_nothing(package: Path) -> None:
    with LocalRun("111122223333", "eu-central-1", package=package) as run:
        run.receiver.status = lambda body: 403
        step = run.invoke((ROOT / "events" / "create.json").read_bytes())
    assert step.outcome == "threw" and "HTTP 403" in str(step.message)
    assert step.calls == ()
