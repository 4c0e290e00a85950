"""Every command of every page is run as a reader types it, or listed in document_commands.py with the reason why not."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name

from document_commands import NEEDS, RUN_IN, beginnings, commands, reason
from documents import ROOT
from environments import clean

COMMANDS = commands()
RUN = {command: page for command, page in COMMANDS.items() if reason(command) is None}
PLACEHOLDERS = {
    "my.yaml": "examples/minimal.yaml", "changed.yaml": "examples/production.yaml",
    "my-template.yaml": "examples/minimal.yaml", "my-product.yaml": "examples/service-catalog/product.yaml",
}  # fmt: skip
# INSTALL.md is read in the folder of a release.
FOLDERS = {"INSTALL.md": ROOT / "target" / "release"}
# Of the AWS CLI itself, as are the commands that no API has.
OPTIONS = {"--query", "--output", "--cli-binary-format", "--region"}
OF_THE_CLI = (("ecr", "get-login-password"), ("s3", "cp"), ("cloudformation", "deploy"), ("cloudformation", "package"))
SESSION = botocore.session.get_session()


@pytest.mark.parametrize("command", RUN, ids=lambda command: f"{RUN[command].relative_to(ROOT)} {command}")
def test_a_command_works(command):
    """With the packaged function."""
    folder = FOLDERS.get(RUN[command].name, ROOT)
    for placeholder, file in PLACEHOLDERS.items():
        command = re.sub(rf"(?<![\w-]){re.escape(placeholder)}", file, command)
    command = re.sub(r"^cfn-lint", str(Path(sys.executable).parent / "cfn-lint"), command)
    done = subprocess.run(command, shell=True, cwd=folder, env=clean(), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_every_reason_is_still_one_and_every_file_that_runs_commands_exists():
    used = {reason(command) for command in COMMANDS}
    assert {*NEEDS, *RUN_IN} == used - {None}
    assert [begins for begins, _ in beginnings() if not any(each.startswith(begins) for each in COMMANDS)] == []
    assert [file for file in RUN_IN if not (ROOT / file).exists()] == []
    # In blocks, in sentences, and with a variable before them.
    assert {"make local", "TEMPLATE=my.yaml .venv/bin/python -m local"} <= RUN.keys()
    assert any(command.startswith("ECRREPO_ALLOW_ADOPTION=true make local ") for command in RUN)


def calls():
    """Each call of the AWS CLI, those within $(…) and before a pipe too."""
    for command in COMMANDS:
        for inner in re.findall(r"\$\((aws [^()]*)\)", command) + [command]:
            if inner.startswith("aws "):
                yield re.sub(r"\s*(>\s*\S+|\|.*)$", "", inner)


@pytest.mark.parametrize("call", sorted(set(calls())), ids=lambda call: call[:80])
def test_a_call_of_the_aws_cli_and_its_options_exist(call):
    _, service, operation, *words = shlex.split(call)
    if (service, operation) in OF_THE_CLI:
        return
    model = SESSION.get_service_model(service)
    if operation == "wait":
        waiter, *words = words
        waiters = SESSION.get_waiter_model(service)
        names = {xform_name(name, "-"): waiters.get_waiter(name).operation for name in waiters.waiter_names}
        operations = {names[waiter]}
    else:
        operations = {name for name in model.operation_names if xform_name(name, "-") == operation}
    (name,) = operations
    # An operation without parameters has no input shape.
    shape = model.operation_model(name).input_shape
    members = shape.members if shape else {}
    known = OPTIONS | {f"--{xform_name(member, '-')}" for member in members}
    for member, shape in members.items():
        if shape.type_name == "boolean":
            known.add(f"--no-{xform_name(member, '-')}")
    assert [word for word in words if word.startswith("--") and word not in known] == []
