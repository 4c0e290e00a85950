"""docs/gameday.md: each alarm has its step, and the function behaves as said."""

from __future__ import annotations

import re
from pathlib import Path

import provider_stack
from documents import ROOT
from local.run import LocalRun

GAMEDAY = ROOT / "docs" / "gameday.md"


def test_each_alarm_has_its_step() -> None:
    steps = re.split(r"^## Step ", GAMEDAY.read_text(), flags=re.MULTILINE)[1:]
    alarms = {
        name for name, body in provider_stack.source()["Resources"].items() if body["Type"] == "AWS::CloudWatch::Alarm"}
    assert {alarm for step in steps for alarm in re.findall(r"`(\w+Alarm)`", step)} == alarms


def test_the_first_steps_event_is_answered_with_a_failure_and_calls_nothing(package: Path) -> None:
    with LocalRun("111122223333", "eu-central-1", package=package) as run:
        run.receiver.status = lambda body: 403
        step = run.invoke((ROOT / "events" / "create.json").read_bytes())
    assert step.outcome == "threw" and "HTTP 403" in str(step.message)
    assert step.calls == ()
