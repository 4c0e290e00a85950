"""`make smoke` in MiniStack: every story is as expected, and a product that is broken on purpose is found out."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fast import machine, template
from local import find
from local.smoke import stories, verdicts
from local.smoke.__main__ import play
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
    assert names == ["deploy the provider", *(story.name for story in stories.STORIES), "nothing is left"]


BREAKS = [
    ("Attributes.java", 'put("RepositoryUri", repository.uri())', 'put("RepositoryUri", repository.arn())', "create and delete", "the outputs is"),
    ("repository/EcrGateway.java", ".force(force)", ".force(true)", "images left", "DELETE_COMPLETE, expected DELETE_FAILED"),
    ("repository/Guardrails.java", "return requireKmsEncryption\n", "return !requireKmsEncryption\n", "guardrail", "CREATE_COMPLETE, expected ROLLBACK_COMPLETE"),
]  # fmt: skip


@native
@pytest.mark.parametrize(("source", "right", "broken", "story", "detail"), BREAKS)
def test_a_broken_product_turns_its_story_wrong_and_no_other(tmp_path, source, right, broken, story, detail):
    package = _broken(tmp_path, SOURCES / source, right, broken)
    template.write(tmp_path / "template.yaml", package)
    with MiniStack() as server:
        world = World(
            "MiniStack", "smoke", "us-east-1", ACCOUNT, "custom-ecrrepo", tmp_path / "template.yaml", url=server.url, pause=0.05, limit=60
        )
        # The guardrail's break refuses unencrypted repositories from the start, so its story alone is played.
        chosen = [one for one in stories.STORIES if one.name in {each[3] for each in BREAKS}]
        if story == "guardrail":
            chosen = [one for one in chosen if one.name == story]
        found = play(world, chosen)
    wrong = [one for one in found if one.verdict == "wrong"]
    assert [one.name for one in wrong] == [story], wrong
    assert detail in wrong[0].detail


def _broken(folder, source, right, broken):
    """The package with one class compiled anew, for this machine's own Java: quicker to deploy than the fast variant."""
    text = source.read_text()
    assert text.count(right) == 1, f"{source.name} no longer contains this once: {right}"
    (folder / source.name).write_text(text.replace(right, broken))
    jar = find.ROOT / "target" / "custom-ecrrepo-function.jar"
    subprocess.run(
        [find.java().parent / "javac", "-implicit:none", "-proc:none", "-nowarn", "-cp", f"{jar}{os.pathsep}{find.runtime_client()}/*",
         "-d", folder / "classes", folder / source.name],
        check=True,
    )  # fmt: skip
    with zipfile.ZipFile(folder / "broken.zip", "w", zipfile.ZIP_STORED) as package:
        bootstrap = zipfile.ZipInfo("bootstrap")
        bootstrap.external_attr = 0o100755 << 16
        package.writestr(bootstrap, _BOOTSTRAP.format(java=find.java(), client=find.runtime_client()))
        package.write(jar, "function.jar")
        for each in (folder / "classes").rglob("*.class"):
            package.write(each, Path("classes") / each.relative_to(folder / "classes"))
    return folder / "broken.zip"


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
