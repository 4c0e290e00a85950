"""`make smoke` in MiniStack: every story is as expected, and a product that is broken on purpose is found out."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from fast import machine, template
from local import find
from local.smoke import claims, provider, stories, verdicts
from local.smoke.ministack import ACCOUNT, MiniStack
from local.smoke.verdicts import Deviation, Story
from local.smoke.world import World, Wrong

SOURCES = find.ROOT / "src" / "main" / "java" / "dev" / "ecrrepo"
native = pytest.mark.skipif(machine.refusal() is not None, reason=str(machine.refusal()))


def smoke(**environment):
    clean = {name: value for name, value in os.environ.items() if name not in ("AWS", "FORMAT", "REGION", "PREFIX", "YES")}
    return subprocess.run(
        [sys.executable, "-m", "local.smoke"], cwd=find.ROOT, env={**clean, **environment}, capture_output=True, text=True, timeout=600
    )


@native
def test_both_variants_are_deployed_and_no_story_is_wrong():
    done = smoke(FORMAT="json")
    document = json.loads(done.stdout)
    assert document["engine"] == "MiniStack"
    wrong = [one for one in document["stories"] if one["verdict"] == "wrong"]
    assert (wrong, done.returncode) == ([], 0), done.stderr[-2000:]
    names = [one["name"] for one in document["stories"]]
    assert names == [
        "deploy the provider", stories.DEPLOY_THE_JAR.name, *(story.name for story in stories.STORIES), "nothing is left"]


BREAKS = [
    ("attributes/Attributes.java", 'put("RepositoryUri", repository.uri())', 'put("RepositoryUri", repository.arn())', "create and delete", "the outputs is"),
    ("ecr/EcrMapper.java", ".force(force)", ".force(true)", "images left", "DELETE_COMPLETE, expected DELETE_FAILED"),
    ("plan/GuardrailCheck.java", "return limits.encryption().requireKms()\n", "return !limits.encryption().requireKms()\n", "guardrail", "CREATE_COMPLETE, expected ROLLBACK_COMPLETE"),
]  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with MiniStack() as server:
        yield server


def _world(server, prefix, kind=World, **more):
    return kind("MiniStack", prefix, "us-east-1", ACCOUNT, "custom-ecrrepo", None, url=server.url, pause=0.05, limit=30, **more)


@pytest.fixture(scope="module")
def deployed(server, tmp_path_factory):
    """A provider that is quick to deploy: for this machine's own Java, not with one of its own."""
    folder = tmp_path_factory.mktemp("provider")
    template.write(folder / "template.yaml", _package(folder))
    world = _world(server, "breaks")
    provider.deploy(world, folder / "template.yaml", world.function)
    return world


def _wrong_stories(world, names):
    found = verdicts.play([one for one in stories.STORIES if one.name in names], world, progress=False)
    assert len(found) == len(names)
    return {one.name: one.detail for one in found if one.verdict == "wrong"}


def test_a_broken_product_turns_its_story_wrong_and_no_other(deployed, tmp_path):
    names = {each[3] for each in BREAKS}
    assert _wrong_stories(deployed, names) == {}
    for number, (source, right, broken, story, detail) in enumerate(BREAKS):
        world = World(**{**vars(deployed), "prefix": f"break{number}"})
        folder = tmp_path / str(number)
        folder.mkdir()
        package = _package(folder, _broken(folder, SOURCES / source, right, broken))
        world.client("lambda").update_function_code(FunctionName=world.function, ZipFile=package.read_bytes())
        # This break refuses what the others' stories make.
        wrong = _wrong_stories(world, {story} if story == "guardrail" else names)
        assert list(wrong) == [story], wrong
        assert detail in wrong[story]


class Liar(World):
    """A world in which one call of AWS answers otherwise: with what `lie` makes of the answer, or with what it raises."""

    service = operation = ""
    lie = None

    def client(self, service, region=None):
        client = super().client(service, region)
        if service == self.service:
            honest = client._make_api_call

            def ask(operation, request):
                return self.lie(honest, operation, request) if operation == self.operation else honest(operation, request)

            client._make_api_call = ask
        return client


def answering(**changed):
    return lambda self, honest, operation, request: {**honest(operation, request), **changed}


def refusing(code):
    def refuse(self, honest, operation, request):
        raise ClientError({"Error": {"Code": code, "Message": "made to fail"}}, operation)

    return refuse


def taking(self, honest, operation, request):
    return {}


def first_stack(**changed):
    """DescribeStacks with another fact about the stack."""

    def lie(self, honest, operation, request):
        answer = honest(operation, request)
        answer["Stacks"][0].update(changed)
        return answer

    return lie


OTHER_POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": ["ecr:*"]}]})
# For each claim that holds in MiniStack: the call that answers otherwise there, and how. Those that do not hold there fail anyway.
LIES = {
    "Describe right after Create finds the repository": ("ecr", "DescribeRepositories", refusing("RepositoryNotFoundException")),
    "ECR reprints a repository policy only in ways that count as equal": ("ecr", "GetRepositoryPolicy", answering(policyText=OTHER_POLICY)),
    "ECR reprints a lifecycle policy with the same meaning": ("ecr", "GetLifecyclePolicy", answering(lifecyclePolicyText='{"rules": []}')),
    "archive rules are taken": ("ecr", "PutLifecyclePolicy", refusing("InvalidParameterException")),
    "EventPattern is taken as text": ("events", "DescribeRule", answering(EventPattern='"text"')),
    "an empty CommaDelimitedList has one empty member": ("cloudformation", "DescribeStacks", first_stack(Outputs=[{"OutputKey": "Length", "OutputValue": "0"}])),
    "&{} stays as it is in values": ("ssm", "GetParameter", answering(Parameter={"Value": "xab"})),
    "two wildcards in an exclusion filter are taken": ("ecr", "CreateRepository", refusing("InvalidParameterException")),
    "Resource in a repository policy is taken": ("ecr", "SetRepositoryPolicy", refusing("InvalidParameterException")),
    "ecr:GetAuthorizationToken in a repository policy is taken": ("ecr", "SetRepositoryPolicy", refusing("InvalidParameterException")),
    "-- in a repository's name is taken": ("ecr", "CreateRepository", refusing("InvalidParameterException")),
    "a stack in DELETE_FAILED takes no update": ("cloudformation", "UpdateStack", taking),
    "an alias may point at $LATEST and have its own event-invoke configuration": ("lambda", "PutFunctionEventInvokeConfig", refusing("InvalidParameterValueException")),
}  # fmt: skip


def test_every_claim_about_aws_can_fail(deployed):
    found = {one.name: one.verdict for one in verdicts.play(claims.CLAIMS, World(**{**vars(deployed), "prefix": "claims"}), progress=False)}
    assert {name for name, verdict in found.items() if verdict == "as expected"} == set(LIES)
    assert "wrong" not in found.values(), found
    for number, (name, (service, operation, lie)) in enumerate(LIES.items()):
        liar = Liar(**{**vars(deployed), "prefix": f"lie{number}"})
        liar.service, liar.operation, liar.lie = service, operation, lie.__get__(liar)
        story = next(one for one in claims.CLAIMS if one.name == name)
        assert verdicts.judge(story, liar).verdict == "wrong", name


@pytest.fixture
def account(server, tmp_path, monkeypatch):
    """The run for AWS, in MiniStack and with few stories; its template is one that runs there."""
    from local.smoke import account

    template.write(tmp_path / "template.yaml", _package(tmp_path))
    monkeypatch.setattr(provider, "build", lambda: None)
    monkeypatch.setattr(account, "STORIES", [one for one in stories.STORIES if one.name in ("retain", "images left", "two Regions")])
    monkeypatch.setattr(account, "CLAIMS", [one for one in claims.CLAIMS if "alias" in one.name or "preview" in one.name])
    name = f"ecrrepo-smoke-{tmp_path.name[-12:].strip('-_').replace('_', '-')}"
    return account, World("AWS", name, "us-east-1", ACCOUNT, name, tmp_path / "template.yaml", url=server.url, pause=0.05, limit=30)


def _held(world):
    """What of the run's there is in the account."""
    held = []
    for region in (world.region, world.second_region):
        held += [one["FunctionName"] for one in world.client("lambda", region).list_functions()["Functions"]]
        held += [one["logGroupName"] for one in world.client("logs", region).describe_log_groups()["logGroups"]]
        held += world.client("sqs", region).list_queues().get("QueueUrls", [])
        held += world.names(region)
        stacks = world.client("cloudformation", region).describe_stacks()["Stacks"]
        held += [one["StackName"] for one in stacks if one["StackStatus"] != "DELETE_COMPLETE"]
        held += [one["Name"] for one in world.client("ssm", region).describe_parameters()["Parameters"]]
    held += [one["RoleName"] for one in world.client("iam").list_roles()["Roles"]]
    held += [one["PolicyName"] for one in world.client("iam").list_policies(Scope="Local")["Policies"]]
    return held + [one["Name"] for one in world.client("s3").list_buckets()["Buckets"]]


def test_the_run_for_aws_leaves_nothing_although_the_provider_is_made_to_outlive_its_stack(account):
    account, world = account
    before = _held(world)
    seen = []
    found = {one.name: one for one in account.run(world, lambda words: seen.append(_held(world)))}
    assert found["nothing is left"].verdict == "as expected", found["nothing is left"].detail
    assert _held(world) == before
    # In the middle of it there was something to be removed.
    assert len(seen[0]) > len(before)
    # MiniStack has no preview: on AWS that would be a finding, not a known deviation.
    assert {name for name, one in found.items() if one.verdict == "wrong"} == {"a lifecycle preview completes"}


def test_what_cannot_be_removed_is_named(account, monkeypatch):
    account, world = account
    monkeypatch.setattr(account, "STORIES", [])
    monkeypatch.setattr(account, "CLAIMS", [])

    def refuse(world, stack, resource):
        if resource["ResourceType"] == "AWS::IAM::Role":
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not yours"}}, "DeleteRole")

    monkeypatch.setattr(account, "_remove", refuse)
    last = account.run(world, lambda words: None)[-1]
    assert (last.name, last.verdict) == ("nothing is left", "wrong")
    assert f"Role of {world.prefix}-provider" in last.detail and "not yours" in last.detail


@pytest.mark.parametrize("answer", ["", "no\n", "y\n"])
def test_nothing_is_created_without_a_yes(deployed, monkeypatch, capsys, answer):
    import io

    from local.smoke import account

    for name, value in {"AWS_ENDPOINT_URL": deployed.url, "AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "x", "REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("YES", raising=False)
    stdin = io.StringIO(answer)
    stdin.isatty = lambda: answer != ""
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(account, "run", lambda world, say: pytest.fail("it went on"))
    with pytest.raises(Wrong, match="^Nothing was created"):
        account.play()
    told = capsys.readouterr().err
    assert f"the account {ACCOUNT}" in told and "the bucket" in told and "an IAM role" in told


def _broken(folder, source, right, broken):
    """The classes that one changed source makes."""
    text = source.read_text()
    assert text.count(right) == 1, f"{source.name} no longer contains this once: {right}"
    (folder / source.name).write_text(text.replace(right, broken))
    jar = find.ROOT / "target" / "custom-ecrrepo-function.jar"
    subprocess.run(
        [find.java().parent / "javac", "-implicit:none", "-proc:none", "-nowarn", "-cp", f"{jar}{os.pathsep}{find.runtime_client()}/*",
         "-d", folder / "classes", folder / source.name],
        check=True,
    )  # fmt: skip
    return folder / "classes"


def _package(folder, classes=None):
    """For provided.al2023, as the fast variant is, with classes that take the place of the product's."""
    jar = find.ROOT / "target" / "custom-ecrrepo-function.jar"
    with zipfile.ZipFile(folder / "function.zip", "w", zipfile.ZIP_STORED) as package:
        bootstrap = zipfile.ZipInfo("bootstrap")
        bootstrap.external_attr = 0o100755 << 16
        package.writestr(bootstrap, _BOOTSTRAP.format(java=find.java(), client=find.runtime_client()))
        package.write(jar, "function.jar")
        for each in classes.rglob("*.class") if classes else ():
            package.write(each, Path("classes") / each.relative_to(classes))
    return folder / "function.zip"


_BOOTSTRAP = """#!/bin/sh
here=$LAMBDA_TASK_ROOT
exec {java} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "$here/classes:$here/function.jar:{client}/*" \\
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""


def _wrong(world):
    raise Wrong("the stack is CREATE_COMPLETE")


def _mistaken(world):
    raise KeyError("nothing")


@pytest.mark.parametrize(
    ("story", "verdict"),
    [
        (Story("s", lambda world: None), "as expected"),
        (Story("s", _wrong), "wrong"),
        (Story("s", _mistaken), "wrong"),
        (Story("s", _wrong, {"MiniStack": Deviation("CREATE_COMPLETE", "it differs")}), "known deviation"),
        (Story("s", _wrong, {"MiniStack": Deviation("DELETE_COMPLETE", "it differs")}), "wrong"),
        (Story("s", _wrong, {"AWS": Deviation("CREATE_COMPLETE", "it differs")}), "wrong"),
        (Story("s", lambda world: None, {"MiniStack": Deviation("x", "it differs")}), "wrong"),
    ],
)
def test_a_deviation_is_known_only_while_it_shows_as_described(story, verdict):
    class World:
        engine = "MiniStack"

    assert verdicts.judge(story, World()).verdict == verdict


def test_one_wrong_story_is_exit_status_1(monkeypatch, capsys):
    from local.smoke import __main__ as smoke_main

    monkeypatch.delenv("AWS", raising=False)
    monkeypatch.setenv("FORMAT", "json")
    for verdict, status in (("wrong", 1), ("known deviation", 0), ("as expected", 0)):
        monkeypatch.setattr(smoke_main, "in_ministack", lambda verdict=verdict: ("MiniStack", [verdicts.Verdict("s", verdict, "d")]))
        assert smoke_main.main() == status
        assert json.loads(capsys.readouterr().out) == {
            "engine": "MiniStack", "stories": [{"name": "s", "verdict": verdict, "detail": "d"}]}  # fmt: skip
