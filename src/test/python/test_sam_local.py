"""`sam local invoke` without the container: what surrounds it, and the function under the identity that SAM gives it."""

import json

import pytest

import provider_stack
from local import sam_local
from local.emulator import Emulator
from local.receiver import Receiver
from local.run import LocalRun
from provider_stack import ROOT, deploy, transformed


@pytest.fixture(scope="module")
def local_function():
    template = transformed(ROOT / "local/sam-local.yaml")
    return template["Resources"]["EcrRepoFunction"]["Properties"]


def test_it_is_the_function_that_is_deployed(local_function):
    deployed = deploy().resources["EcrRepoFunction"]["Properties"]
    for name in ("Handler", "Runtime", "Timeout"):
        assert local_function[name] == deployed[name]


def test_the_container_gets_every_variable_because_the_template_declares_it(local_function, tmp_path):
    with Emulator("123456789012", "us-east-1") as emulator, Receiver() as receiver:
        sam_local.write(tmp_path, emulator.url, receiver)
    given = json.loads((tmp_path / "env.json").read_text())["EcrRepoFunction"]
    assert given.keys() == local_function["Environment"]["Variables"].keys()
    assert all("host.docker.internal:" in value for value in given.values())


def test_the_events_lead_to_the_receiver_and_never_grow_stale(tmp_path):
    with Emulator("123456789012", "us-east-1") as emulator, Receiver() as receiver:
        urls = sam_local.write(tmp_path, emulator.url, receiver)
        host = sam_local.from_container(receiver.host)
    assert {file.name for file in tmp_path.glob("*.json")} == {file.name for file in (ROOT / "events").glob("*.json")} | {"env.json"}
    for name, url in urls.items():
        event = json.loads((tmp_path / name).read_text())
        assert event["ResponseURL"] == url
        assert url.startswith(f"http://{host}/") and "X-Amz-Date" not in url


@pytest.mark.parametrize("environment, status", [({"AWS_SAM_LOCAL": "true"}, "SUCCESS"), ({}, "FAILED")])
def test_the_account_that_sam_makes_up_is_no_obstacle_there_and_only_there(package, environment, status):
    event = json.loads((ROOT / "events/create.json").read_text())
    assert ":123456789012:" in event["StackId"]
    with LocalRun("012345678912", "us-east-1", package=package, environment=environment) as run:
        step = run.invoke(event)
    assert step.response["Status"] == status, step.response
    if status == "FAILED":
        assert "123456789012" in step.response["Reason"]
