"""A custom resource provider that keeps a set of names, and says what a test tells it to say."""


class FakeProvider:
    """Its resources are called by their `Name` property; attributes are `Name` and `Arn`.

    `next["Update"] = {...}` changes fields of the next answer to an Update; None there means no answer, and a function
    of event and honest answer returns anything else.
    """

    def __init__(self):
        self.events, self.existing, self.next = [], set(), {}

    def deliver(self, event):
        self.events.append(event)
        kind, name = (
            event["RequestType"],
            event["ResourceProperties"].get("Name", event["LogicalResourceId"].lower()),
        )
        answer = {
            "Status": "SUCCESS",
            "PhysicalResourceId": event["PhysicalResourceId"] if kind == "Delete" else name,
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
            "Data": {"Name": name, "Arn": f"arn:aws:ecr:us-east-1:123456789012:repository/{name}"},
        }
        change = self.next.pop(kind, {})
        if callable(change):
            return change(event, answer)
        if change is None:
            return None
        answer = {key: value for key, value in {**answer, **change}.items() if value is not ...}
        if answer.get("Status") == "SUCCESS":
            if kind == "Delete":
                self.existing.discard(event["PhysicalResourceId"])
            else:
                self.existing.add(name)
        return answer

    def told(self):
        """Request types with physical IDs, in order: what a test compares."""
        return [" ".join(filter(None, (e["RequestType"], e.get("PhysicalResourceId")))) for e in self.events]


def failed(reason, **more):
    return {"Status": "FAILED", "Reason": reason, "Data": {}, **more}


def template(resources, **sections):
    return {"Resources": resources, **sections}


def repository(name=None, **properties):
    """A custom resource of the provider under test; properties by name, resource attributes with a leading underscore."""
    attributes = {key[1:]: value for key, value in properties.items() if key.startswith("_")}
    stated = {key: value for key, value in properties.items() if not key.startswith("_")}
    if name is not None:
        stated["Name"] = name
    token = {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}
    return {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": token, **stated}, **attributes}


def rows(stack, logical_id=None):
    return [
        f"{row.status} {row.reason}".strip() for row in stack.events if logical_id in (None, row.logical_id)
    ]


def statuses(stack, logical_id):
    return [row.status for row in stack.events if row.logical_id == logical_id]
