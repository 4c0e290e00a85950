"""The table of stories, and what an engine needs to play it: a provider that keeps the events, and their short form."""

import json
from pathlib import Path

STORIES = json.loads((Path(__file__).parents[2] / "resources" / "cloudformation" / "stories.json").read_text(encoding="utf-8"))
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


def resources(operation, token):
    retained = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    return {
        logical_id: {
            "Type": "Custom::EcrRepo",
            "Properties": {"ServiceToken": token, **properties},
            **(retained if logical_id in operation.get("retain", ()) else {}),
        }
        for logical_id, properties in operation["deploy"].items()
    }


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
