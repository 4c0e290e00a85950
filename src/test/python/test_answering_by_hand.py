"""docs/operations.md, "answering by hand": its commands, run on an event that Lambda gave up, answer CloudFormation."""

import json
import re
import shutil
import subprocess

import pytest

from documents import ROOT, blocks
from local.receiver import Receiver

PAGE = ROOT / "docs" / "operations.md"


def lines(*tools):
    """The page's commands that begin with one of the tools, each with the lines that continue it."""
    for block in blocks(PAGE):
        for command in re.findall(rf"^(?:{'|'.join(tools)}) (?:[^'\n]|'[^']*')*$", re.sub(r"\\\n\s*", "", block.text), re.MULTILINE):
            yield command


@pytest.mark.skipif(not (shutil.which("jq") and shutil.which("curl")), reason="jq and curl are not installed")
@pytest.mark.parametrize(("type", "given", "answered"), [
    ("Create", None, "EcrRepo::CREATE_FAILED::8c1f0d52-3b7e-4a86-9d0c-5e2a7f4b6131"), ("Update", "team/checkout", "team/checkout")])
def test_the_event_is_taken_out_of_its_record_and_answered(tmp_path, type, given, answered):
    with Receiver() as receiver:
        event = json.loads((ROOT / "events" / "create.json").read_text())
        event |= {"RequestType": type, "ResponseURL": receiver.url()}
        if given:
            event["PhysicalResourceId"] = given
        record = {"requestContext": {"condition": "RetriesExhausted"}, "requestPayload": event, "responsePayload": {"errorMessage": "no"}}
        message = {"Messages": [{"Body": json.dumps(record), "ReceiptHandle": "handle"}]}
        (tmp_path / "message.json").write_text(json.dumps(message))
        shown = ""
        for command in lines("jq", "curl"):
            done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, command + done.stderr
            shown += done.stdout
        (delivery,) = receiver.deliveries(event["ResponseURL"])
    assert json.loads(delivery.body) == {
        "Status": "FAILED", "Reason": "Answered by hand", "PhysicalResourceId": answered,
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}}  # fmt: skip
    # What is shown can be pasted into an issue: the response URL is a credential.
    assert "RetriesExhausted" in shown and "ResponseURL" not in shown
    (signed,) = re.findall(r"X-Amz-Date=(\w+)", event["ResponseURL"])
    assert f'"sent": "{signed}"' in shown
    (removal,) = lines("rm")
    subprocess.run(removal, shell=True, cwd=tmp_path, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == []
