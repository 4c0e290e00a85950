"""The same table, played by an engine that we did not write: MiniStack.

Where it deviates, the story says so: its member `ministack` has the events and statuses that MiniStack is known to send
instead, and why. A deviation that no longer shows fails, as an unknown one does.
"""

import io
import itertools
import json
import sys
import zipfile

import pytest
from told_once import STORIES, Provider, resources, told

from local import http_loopback
from local.smoke.ministack import ACCOUNT, MiniStack
from local.smoke.world import World

REGION = "us-east-1"
# The function asks this test for its answer, and delivers that as the provider does.
FUNCTION = """
import os
from urllib.request import Request, urlopen
import json

def handler(event, context):
    with urlopen(Request(os.environ["PROVIDER"], json.dumps(event).encode())) as answer:
        body = answer.read()
    urlopen(Request(event["ResponseURL"], body, method="PUT")).close()
"""


class Played(Provider):
    """The sibling is a custom resource too: it fails where its properties say so, and its events are not told."""

    def deliver(self, event):
        if event["LogicalResourceId"] != "Sibling":
            return super().deliver(event)
        fails = event["RequestType"] != "Delete" and event["ResourceProperties"]["Fails"] == "true"
        return {
            "Status": "FAILED" if fails else "SUCCESS",
            "Reason": "the sibling fails",
            "PhysicalResourceId": "sibling",
            **{key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")},
        }


class Engine:
    """MiniStack with a function in it, whose events go to `provider`."""

    def __init__(self, url, address):
        self.world = World("MiniStack", "told", REGION, ACCOUNT, "told", None, url=url, pause=0.05, limit=60)
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as package:
            package.writestr("index.py", FUNCTION)
        self.token = self.world.client("lambda").create_function(
            FunctionName="told",
            Runtime=f"python{sys.version_info.major}.{sys.version_info.minor}",
            Role=f"arn:aws:iam::{ACCOUNT}:role/told",
            Handler="index.handler",
            Code={"ZipFile": code.getvalue()},
            Environment={"Variables": {"PROVIDER": f"http://{address}/"}},
            Timeout=60,
        )["FunctionArn"]
        self.provider = None

    def template(self, operation, number):
        told = resources(operation, self.token)
        # In the order of the table: between resources that do not depend on each other an engine may take any.
        for earlier, later in itertools.pairwise(told):
            told[later]["DependsOn"] = earlier
        sibling = {"ServiceToken": self.token, "Number": str(number), "Fails": "true" if operation.get("siblingFails") else "false"}
        return {"Resources": {**told, "Sibling": {"Type": "Custom::Sibling", "Properties": sibling, "DependsOn": list(told)}}}

    def play(self, name, operations):
        stack, statuses = None, []
        for number, operation in enumerate(operations):
            self.provider.images = set(operation.get("images", ()))
            if "delete" in operation:
                stack.delete()
            elif stack is None:
                stack = self.world.stack(name, self.template(operation, number))
            else:
                stack.update(self.template(operation, number))
            statuses.append(stack.status)
        return statuses


@pytest.fixture(scope="module")
def engine():
    class Handler(http_loopback.Handler):
        def do_POST(self):
            self.answer(200, json.dumps(engine.provider.deliver(json.loads(self.body()))).encode())

    server = http_loopback.Server(Handler, "provider")
    try:
        with MiniStack() as ministack:
            engine = Engine(ministack.url, server.host)
            yield engine
    finally:
        server.close()


@pytest.mark.parametrize("number", range(len(STORIES)), ids=lambda number: STORIES[number]["story"])
def test_it_sends_these_events_or_deviates_as_known(engine, number):
    story = STORIES[number]
    engine.provider = Played()
    statuses = engine.play(f"story-{number}", story["operations"])
    expected = {**story, **story.get("ministack", {})}
    assert {
        "events": [told(event) for event in engine.provider.events if event["LogicalResourceId"] != "Sibling"],
        "statuses": statuses,
    } == {"events": expected["events"], "statuses": expected["statuses"]}


def test_every_deviation_says_why_and_differs():
    for story in STORIES:
        if known := story.get("ministack"):
            assert set(known) <= {"why", "events", "statuses"} and known["why"].endswith("."), story["story"]
            assert all(known[key] != story[key] for key in known if key != "why") and len(known) > 1, story["story"]
