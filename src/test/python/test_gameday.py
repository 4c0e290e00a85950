"""docs/gameday.md and docs/operations.md: each alarm has its step, the function behaves as said, and the AWS commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name

import provider_stack
from documents import ROOT, blocks
from local.run import LocalRun

GAMEDAY = ROOT / "docs" / "gameday.md"
OPERATIONS = ROOT / "docs" / "operations.md"
# Of the AWS CLI itself.
OPTIONS = {"--query", "--output", "--cli-binary-format", "--region"}
SESSION = botocore.session.get_session()


def _commands(document: Path) -> list[str]:
    """Each call of the AWS CLI in a block, those within $(…) too."""
    found = []
    for block in blocks(document):
        text = re.sub(r"\\\n\s*", "", block.text)
        for line in text.splitlines():
            line = re.sub(r"\s+#.*$", "", line)
            found += re.findall(r"\$\((aws [^()]*)\)", line) + ([line] if line.startswith("aws ") else [])
    return found


COMMANDS = {command: document.name for document in (GAMEDAY, OPERATIONS) for command in _commands(document)}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{COMMANDS[command]}: {command}"[:100])
def test_an_aws_command_and_its_options_exist(command: str) -> None:
    _, service, operation, *words = shlex.split(re.sub(r"\s*>\s*\S+$", "", command))
    model = SESSION.get_service_model(service)
    if operation == "wait":
        waiter, *words = words
        waiters = SESSION.get_waiter_model(service)
        names = {xform_name(name, "-"): waiters.get_waiter(name).operation for name in waiters.waiter_names}
        operations = {names[waiter]}
    else:
        operations = {name for name in model.operation_names if xform_name(name, "-") == operation}
    (name,) = operations
    members = model.operation_model(name).input_shape.members
    known = OPTIONS | {f"--{xform_name(member, '-')}" for member in members}
    for member, shape in members.items():
        if shape.type_name == "boolean":
            known.add(f"--no-{xform_name(member, '-')}")
    assert [word for word in words if word.startswith("--") and word not in known] == []


def test_the_commands_of_both_pages_are_found() -> None:
    assert {"gameday.md", "operations.md"} == set(COMMANDS.values())
    assert len(COMMANDS) > 20


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
