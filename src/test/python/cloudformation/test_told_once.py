"""The table of stories that the simulated world in Java plays as well: both engines must send the same events."""

import json
from pathlib import Path

import pytest

from local.cloudformation import CloudFormation

TABLE = Path(__file__).parents[2] / "resources" / "cloudformation" / "stories.json"
STORIES = json.loads(TABLE.read_text(encoding="utf-8"))
MARKER = "EcrRepo::CREATE_FAILED::"


class Provider:
    """Answers as Custom::EcrRepo does, as far as the table needs it: names in capitals are refused, and a repository
    with images is not deleted."""

    def __init__(self):
        self.events, self.images = [], set()

    def deliver(self, event):
        self.events.append(event)
        kind, name = event["RequestType"], event["ResourceProperties"].get("RepositoryName")
        failed = event["PhysicalResourceId"] in self.images if kind == "Delete" else not name.islower()
        physical_id = event.get("PhysicalResourceId", MARKER + event["RequestId"])
        if kind != "Delete" and not failed:
            physical_id = name
        return {
            "Status": "FAILED" if failed else "SUCCESS",
            **({"Reason": "refused"} if failed else {}),
            "PhysicalResourceId": physical_id,
            **{key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")},
        }


def template(operation):
    retained = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    resources = {
        logical_id: {
            "Type": "Custom::EcrRepo",
            "Properties": {"ServiceToken": {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}, **properties},
            **(retained if logical_id in operation.get("retain", ()) else {}),
        }
        for logical_id, properties in operation["deploy"].items()
    }
    resources["Sibling"] = {"Type": "AWS::SNS::Topic"}
    return {"Resources": resources}


def told(event):
    """One event as the table writes it."""
    physical_id = event.get("PhysicalResourceId", "")
    if physical_id.startswith(MARKER):
        physical_id = "FAILED-CREATE"
    elif event["LogicalResourceId"] in physical_id:
        physical_id = "INVENTED"
    words = [event["RequestType"], event["LogicalResourceId"], *([physical_id] if physical_id else [])]
    if "OldResourceProperties" in event:
        old = {key: value for key, value in event["OldResourceProperties"].items() if key != "ServiceToken"}
        words += ["from", json.dumps(old, sort_keys=True)]
    return " ".join(words)


def play(operations, provider):
    cloud, stack, statuses = CloudFormation(provider), None, []
    for operation in operations:
        provider.images = set(operation.get("images", ()))
        if "delete" in operation:
            stack.delete()
        else:
            options = {"fail": {"Sibling"} if operation.get("siblingFails") else set()}
            if operation.get("cancelled"):
                options["cancel"] = {list(operation["deploy"])[-1]: "after"}
            if stack is None:
                stack = cloud.create("shop", template(operation), **options)
            else:
                stack.update(template(operation), **options)
        statuses.append(stack.status)
    return statuses


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"])
def test_it_sends_these_events(story):
    provider = Provider()
    statuses = play(story["operations"], provider)
    assert [told(event) for event in provider.events] == story["events"]
    assert statuses == story["statuses"]
