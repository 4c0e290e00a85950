"""`make local` with templates, as its caller sees it: output, exit status, and what is said of a faulty template."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from environments import clean

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("package")
MINE = """\
Parameters:
  Mutability:
    Type: String
    Default: IMMUTABLE
Resources:
  Images:
    Type: Custom::EcrRepo
    Properties:
      ServiceToken: !ImportValue custom-ecrrepo-ServiceToken
      RepositoryName: my/app
      ImageTagMutability: !Ref Mutability
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !ImportValue the-name-of-our-bucket
Outputs:
  Uri:
    Value: !GetAtt Images.RepositoryUri
"""


def local(folder, columns="80", **environment):
    """With columns of None it prints for no terminal and no width that anybody named."""
    package = os.environ["ECRREPO_PACKAGE"]
    named = clean(ECRREPO_PACKAGE=package, PYTHONPATH=str(ROOT), **environment, **({"COLUMNS": columns} if columns else {}))
    return subprocess.run(
        [sys.executable, "-m", "local"], cwd=folder, env=named, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE)
    return tmp_path


def titles(out):
    return re.findall(r"^── (\d\. .*?) ─", out, re.MULTILINE)


@pytest.mark.parametrize("columns", ["80", "120"])
def test_without_wishes_the_example_for_production_lives_its_life(tmp_path, columns):
    done = local(tmp_path, columns)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(done.stdout) == [
        "1. Create the stack",
        "2. Another account runs the service, and old builds expire sooner",
        "3. Rename the repository, while something else in the stack fails",
        "4. Delete the stack",
    ]
    for status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "DELETE_COMPLETE"):
        assert re.search(rf"^ +production +{status}", done.stdout, re.MULTILINE), status
    assert done.stdout.rstrip().rpartition("ECR holds")[2].split("\n")[1].strip() == "no repository"
    said = " ".join(done.stdout.rpartition("The function's log: ")[2].split()[1:])
    assert said == "4 operations, all as expected. Next: make local TEMPLATE=my.yaml runs a template of your own."
    assert "\033" not in done.stdout, "no colours where no terminal is"
    paths = ("Template ", "The function's log: ")  # which are not cut
    lines = [line for line in done.stdout.splitlines() if not line.startswith(paths)]
    assert [line for line in lines if len(line) > int(columns)] == []


def test_the_story_as_json_is_one_document_of_the_shape_that_events_have(tmp_path):
    done = local(tmp_path, FORMAT="json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["repositories"]) == (0, [])
    assert [step["name"] for step in document["steps"]] == [
        "Create Repository",
        "Update Repository",
        "Update Repository",
        "Update Repository",
        "Delete Repository",
        "Delete Repository",
    ]
    for step in document["steps"]:
        assert set(step) == {"name", "calls", "response", "outcome", "message"}
        assert all(set(call) == {"operation", "readOnly"} for call in step["calls"])
        assert (step["response"]["Status"], step["outcome"]) == ("SUCCESS", "answered")


def test_anybodys_template_is_created_and_deleted(mine):
    done = local(mine, TEMPLATE="mine.yaml")
    assert (done.returncode, titles(done.stdout)) == (0, ["1. Create the stack", "2. Delete the stack"])
    assert re.search(r"Named, but not created in the local run\n +Bucket +AWS::S3::Bucket\n", done.stdout)
    assert re.search(
        r"Outputs\n +Uri +123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com/my/app\n", done.stdout
    )


def test_a_template_without_the_resource_is_told_so(mine):
    (mine / "bucket.yaml").write_text("Resources: {Bucket: {Type: 'AWS::S3::Bucket'}}")
    said = "The template has no resource of the type Custom::EcrRepo, so the provider has nothing to do"
    assert said in local(mine, TEMPLATE="bucket.yaml").stdout
    assert said not in local(mine, TEMPLATE="mine.yaml").stdout


def test_anybodys_template_is_updated_to_another_one(mine):
    (mine / "changed.yaml").write_text(MINE.replace("my/app", "my/other"))
    done = local(mine, TEMPLATE="mine.yaml", UPDATE="changed.yaml", FORMAT="json")
    steps = json.loads(done.stdout)["steps"]
    assert [(step["name"], step["response"]["PhysicalResourceId"]) for step in steps] == [
        ("Create Images", "my/app"),
        ("Update Images", "my/other"),
        ("Delete Images", "my/app"),
        ("Delete Images", "my/other"),
    ]


def test_parameters_are_given_by_name(mine):
    done = local(mine, TEMPLATE="mine.yaml", PARAMETERS="Mutability=MUTABLE")
    assert re.search(r"Tag mutability +MUTABLE\n", done.stdout)


def test_without_strict_a_failed_operation_is_no_failure_of_the_run(mine):
    (mine / "bad.yaml").write_text(MINE.replace("my/app", "My App"))
    done = local(mine, TEMPLATE="bad.yaml", STRICT="0")
    assert done.returncode == 0
    assert "1 of 2 operations failed: Create the stack (ROLLBACK_COMPLETE)." in done.stdout


def test_as_json_a_failed_operation_shows_in_the_exit_status_and_the_document_stays(mine):
    (mine / "bad.yaml").write_text(MINE.replace("my/app", "My App"))
    done = local(mine, TEMPLATE="bad.yaml", FORMAT="json")
    assert set(json.loads(done.stdout)) == {"steps", "repositories"}
    assert (done.returncode, done.stderr[:25]) == (1, "1 of 2 operations failed:")


def test_where_no_terminal_is_nothing_is_cut_or_wrapped(mine):
    long = "x" * 200
    (mine / "long.yaml").write_text(MINE.replace("RepositoryName: my/app", f"Tags: [{{Key: {long[:100]}, Value: {long}}}]"))
    done = local(mine, columns=None, TEMPLATE="long.yaml")
    assert re.search(rf"^ +{long[:100]} +{long}$", done.stdout, re.MULTILINE)
    assert "…" not in done.stdout


def test_an_update_that_changes_nothing_is_refused_as_cloudformation_does(mine):
    done = local(mine, TEMPLATE="mine.yaml", UPDATE="mine.yaml")
    assert done.returncode == 1
    assert "CloudFormation refuses this update: No updates are to be performed." in done.stdout
    assert "1 of 3 operations failed: Update to mine.yaml (not started)." in done.stdout


def test_a_stack_that_cannot_be_created_is_not_updated(mine):
    (mine / "bad.yaml").write_text(MINE.replace("my/app", "My App"))
    done = local(mine, TEMPLATE="bad.yaml", UPDATE="mine.yaml")
    assert (done.returncode, len(titles(done.stdout))) == (1, 3)
    assert "2 of 3 operations failed: Create the stack (ROLLBACK_COMPLETE); Update to" in done.stdout
    assert "ROLLBACK_COMPLETE" in done.stdout
    assert "The stack could not be created, so there is nothing to update." in done.stdout


@pytest.mark.parametrize(
    "environment, sentence",
    [
        ({"TEMPLATE": "gone.yaml"}, "The template gone.yaml cannot be read: No such file or directory."),
        ({"TEMPLATE": "mine.yaml", "UPDATE": "gone.yaml"}, "The template gone.yaml cannot be read: No such file or directory."),
        ({"UPDATE": "mine.yaml"}, "UPDATE is what TEMPLATE changes to; name that, too."),
        ({"EVENT": "a.json", "TEMPLATE": "mine.yaml"}, "EVENT plays events and TEMPLATE a stack; name one of them."),
        ({"TEMPLATE": "needs.yaml"}, 'Parameters: [Days] must have values. Give them as PARAMETERS="Name=value Other=value".'),
        ({"TEMPLATE": "mine.yaml", "PARAMETERS": "Nope=1"}, "Parameters: [Nope] do not exist in the template."),
        ({"TEMPLATE": "mine.yaml", "PARAMETERS": "Nope"}, "PARAMETERS is written \"Name=value Other=value\"; 'Nope' has no value."),
        ({"TEMPLATE": "ref.yaml"}, "ref.yaml:5:23: Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template"),
        ({"TEMPLATE": "mine.yaml", "UPDATE": "ref.yaml"}, "ref.yaml:5:23: Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template"),
        ({"TEMPLATE": "tab.yaml"}, "tab.yaml:2:1: This is not valid YAML: found character that cannot start any token."),
        ({"TEMPLATE": "bad.json"}, "bad.json:1:16: This is not valid JSON: Expecting property name enclosed in double quotes."),
        ({"TEMPLATE": "mine.yaml", "FORMAT": "xml"}, "FORMAT is 'xml'; it can be json or text."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_wish_is_one_sentence_and_status_2(mine, environment, sentence):
    (mine / "needs.yaml").write_text("Parameters: {Days: {Type: Number}}\nResources: {A: {Type: T}}\n")
    (mine / "ref.yaml").write_text(
        "Resources:\n  Images:\n    Type: Custom::EcrRepo\n    Properties:\n      RepositoryName: !Ref Gone\n"
    )
    (mine / "tab.yaml").write_text("Resources:\n\tA: b\n")
    (mine / "bad.json").write_text('{"Resources": {,}}')
    done = local(mine, **environment)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence + "\n")


def test_the_parameter_stores_values_are_given_by_name(mine):
    (mine / "mine.yaml").write_text(MINE.replace("my/app", "'{{resolve:ssm:/team/prefix}}/app'"))
    done = local(mine, TEMPLATE="mine.yaml", SSM="/team/prefix=shop", FORMAT="json")
    steps = json.loads(done.stdout)["steps"]
    assert steps[0]["response"]["PhysicalResourceId"] == "shop/app", done.stderr
    done = local(mine, TEMPLATE="mine.yaml")
    assert done.returncode == 2
    assert done.stderr.endswith('cannot be found. Say what the Parameter Store holds as SSM="/name=value /other=value".\n')


def test_another_type_with_the_providers_token_is_played_and_the_type_is_named(mine):
    (mine / "mine.yaml").write_text(MINE.replace("Custom::EcrRepo", "Custom::ECRRepo"))
    done = local(mine, TEMPLATE="mine.yaml", columns="200")
    assert "my/app" in done.stdout and "CREATE_COMPLETE" in done.stdout
    assert "Custom::ECRRepo has the ServiceToken of this provider" in done.stdout


def test_a_misspelt_export_fails_as_it_would_in_cloudformation(mine):
    (mine / "mine.yaml").write_text(MINE.replace("custom-ecrrepo-ServiceToken", "custom-ecrepo-ServiceToken"))
    done = local(mine, TEMPLATE="mine.yaml")
    assert (done.returncode, done.stderr) == (2, "mine.yaml:9:21: No export named custom-ecrepo-ServiceToken found.\n")
