"""`make local PLAN=1` and `DRIFT=1` as their caller sees them: output and exit status."""

import json

import pytest

from documents import ROOT, blocks
from test_make_local_template import local

pytestmark = pytest.mark.usefixtures("package")
TEMPLATE = """\
Parameters:
  Count:
    Type: String
    Default: '9'
Resources:
  Repository:
    Type: Custom::EcrRepo
    Properties:
      ServiceToken: !ImportValue custom-ecrrepo-ServiceToken
      RepositoryName: shop/a
      MaxImageCount: !Ref Count
"""
SECRET = TEMPLATE.replace("    Default: '9'\n", "    NoEcho: true\n    Default: '9'\n").replace("!Ref Count", "!Sub '${Count}0'")
ROLE = TEMPLATE.replace("      MaxImageCount: !Ref Count\n", """\
      Access:
        Pull:
          PrincipalArns: [!GetAtt Role.Arn]
  Role:
    Type: AWS::IAM::Role
""").replace("Parameters:\n  Count:\n    Type: String\n    Default: '9'\n", "")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "now.yaml").write_text(TEMPLATE)
    (tmp_path / "fewer.yaml").write_text(TEMPLATE.replace("!Ref Count", "2"))
    (tmp_path / "same.yaml").write_text(TEMPLATE + "      ServiceTimeout: 1800\n")
    (tmp_path / "wrong.yaml").write_text(TEMPLATE.replace("!Ref Count", "0"))
    (tmp_path / "secret.yaml").write_text(SECRET)
    (tmp_path / "role.yaml").write_text(ROLE)
    (tmp_path / "faulty.yaml").write_text(TEMPLATE + "  Other:\n    Type: AWS::SNS::Topic\n    Properties: {TopicName: !GetAtt Repository.Nope}\n")
    (tmp_path / "without.yaml").write_text("Resources: {Topic: {Type: AWS::SNS::Topic}}\n")
    return tmp_path


def plan(folder, template, update=None, **environment):
    wishes = {"PLAN": "1", "TEMPLATE": template, **({"UPDATE": update} if update else {}), **environment}
    return local(folder, **wishes)


def test_a_new_stack_is_changes(folder):
    done = plan(folder, "now.yaml")
    assert (done.returncode, done.stderr) == (2, "")
    assert "+ Repository  creates shop/a" in done.stdout
    assert done.stdout.endswith("Plan: 1 to create, 0 to change, 0 to remove, 0 refused.\n")


def test_an_update_tells_how_many_images_of_these_ages_would_expire(folder):
    done = plan(folder, "now.yaml", "fewer.yaml", IMAGES="v1=40 v2=30 v3=2 =20 =1")
    assert done.returncode == 2, done.stderr
    # v1, v2 and the untagged one of twenty days.
    assert "3 images would expire today under the new lifecycle policy." in done.stdout
    assert "- 2. all other images: expire, unless among the newest 9 of all images" in done.stdout
    assert "+ 2. all other images: expire, unless among the newest 2 of all images" in done.stdout


def test_the_pages_example_is_what_is_printed(folder):
    block = next(each for each in blocks(ROOT / "docs" / "reports.md") if each.text.startswith("Plan for stack my"))
    named = TEMPLATE.replace("shop/a", "shop/checkout")
    (folder / "my.yaml").write_text(named.replace("      MaxImageCount: !Ref Count\n", ""))
    (folder / "changed.yaml").write_text(named.replace("!Ref Count", "2"))
    done = plan(folder, "my.yaml", "changed.yaml", IMAGES="v1=40 v2=3 =20")
    assert done.stdout == block.text


@pytest.mark.parametrize("update", ["now.yaml", "same.yaml"])
def test_an_update_that_changes_no_repository_is_nothing(folder, update):
    done = plan(folder, "now.yaml", update)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith("Nothing to do.\n")


def test_a_fault_and_an_objection_are_refused(folder):
    done = plan(folder, "now.yaml", "wrong.yaml")
    assert done.returncode == 3
    assert 'refused: MaxImageCount: "0" is too small' in done.stdout
    # `local` keeps the guardrails of whoever runs the tests away; this one is meant.
    done = plan(folder, "now.yaml", ECRREPO_NAME_PREFIX="team/")
    assert done.returncode == 3 and "guardrail NamePrefix" in done.stdout


def test_a_removed_resource_tells_what_becomes_of_its_repository(folder):
    done = plan(folder, "now.yaml", "without.yaml")
    assert done.returncode == 2
    assert "- Repository  goes" in done.stdout and "deleted if it contains no images" in done.stdout


@pytest.mark.parametrize("update, name, why", [
    ("secret.yaml", "MaxImageCount", "hidden, because its parameter has NoEcho"),
    ("role.yaml", "Access", "known only after the deployment")])
def test_what_cannot_be_known_is_said(folder, update, name, why):
    done = plan(folder, "now.yaml", update, **({"PARAMETERS": "Count=9"} if update == "secret.yaml" else {}))
    assert done.returncode == 2, done.stderr
    assert f"{name} cannot be known: {why}." in done.stdout


def test_a_script_reads_the_same_as_json(folder):
    done = plan(folder, "now.yaml", "fewer.yaml", FORMAT="json", IMAGES="v1=1")
    document = json.loads(done.stdout)
    assert document["exitStatus"] == done.returncode == 2
    (resource,) = document["resources"]
    assert (resource["logicalId"], resource["status"], resource["repository"]) == ("Repository", "changes", "shop/a")
    assert resource["images"] == {"expiring": 0, "archiving": 0}


@pytest.mark.parametrize("wishes, said", [
    ({"PLAN": "1"}, "PLAN and DRIFT need a TEMPLATE, and no EVENT."),
    ({"PLAN": "1", "TEMPLATE": "none.yaml"}, "none.yaml cannot be read"),
    ({"PLAN": "1", "TEMPLATE": "now.yaml", "IMAGES": "v1"}, 'IMAGES is written "tag=days =days"'),
    ({"PLAN": "1", "TEMPLATE": "wrong.yaml", "UPDATE": "now.yaml"}, "wrong.yaml could not be deployed"),
    ({"PLAN": "1", "TEMPLATE": "now.yaml", "PARAMETERS": "Nope=1"}, "[Nope] do not exist"),
    ({"PLAN": "1", "TEMPLATE": "now.yaml", "UPDATE": "faulty.yaml"}, "There is no change set: ")])
def test_what_goes_wrong_is_status_1(folder, wishes, said):
    done = local(folder, **wishes)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_drift_is_played(folder):
    done = local(folder, DRIFT="1", TEMPLATE="now.yaml")
    assert done.returncode == 2, done.stderr
    assert "ImageTagMutability is MUTABLE, but IMMUTABLE was applied" in done.stdout
    assert "Repositories: 1 of 1 looked at, 1 owned by the provider, 1 different from what was last applied." in done.stdout
