"""The table of stories that the simulated world in Java plays as well: both engines must send the same events."""

import pytest
from told_once import STORIES, Provider, resources, told

from local.cloudformation import CloudFormation

TOKEN = {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}


def template(operation):
    return {"Resources": {**resources(operation, TOKEN), "Sibling": {"Type": "AWS::SNS::Topic"}}}


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
