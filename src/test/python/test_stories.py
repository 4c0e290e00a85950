"""Stories of stacks: given this template, when it changes to that, then this is what CloudFormation, ECR and people see.

Rows M.. are those of the matrix of hostile cases that have to do with the order in which CloudFormation sends events.
"""

import pytest
from stories import failures, without_record

ALARM = {"Type": "AWS::CloudWatch::Alarm"}


def template(name="team/app", **properties):
    """A repository, and a sibling that can fail while it changes."""
    more = {key[1:]: value for key, value in properties.items() if key.startswith("_")}
    stated = {key: value for key, value in properties.items() if not key.startswith("_")}
    if name is not None:
        stated["RepositoryName"] = name
    token = {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}
    repository = {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": token, **stated}, **more}
    outputs = {
        "Name": {"Value": {"Ref": "Repository"}},
        "Arn": {"Value": {"Fn::GetAtt": ["Repository", "Arn"]}},
        "Uri": {"Value": {"Fn::GetAtt": ["Repository", "RepositoryUri"]}},
    }
    return {"Resources": {"Alarm": ALARM, "Repository": repository}, "Outputs": outputs}


def test_a_stack_is_created_updated_and_deleted(stage):
    stack = stage.cloud.create("web", template())
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    assert stack.outputs == {
        "Name": "team/app",
        "Arn": "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
        "Uri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app",
    }
    stage.mark()
    stack.update(template(ImageTagMutability="MUTABLE"))
    assert (stack.status, stage.writes) == ("UPDATE_COMPLETE", ["TagResource", "PutImageTagMutability"]), failures(stack)
    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", [])


def test_removing_a_property_resets_it_to_its_default(stage):
    stack = stage.cloud.create("web", template(ImageTagMutability="MUTABLE"))
    stack.update(template())
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert stage.repository("team/app")["imageTagMutability"] == "IMMUTABLE"


@pytest.mark.parametrize("mode", ["after", "concurrent"], ids=["M41", "M42"])
def test_a_create_that_is_cancelled_leaves_no_repository(stage, mode):
    """M41, M42: the Delete comes with an ID that CloudFormation made up, after the Create or while it runs."""
    stack = stage.cloud.create("web", template(), fail={"Alarm"}, cancel={"Repository": mode})
    assert stack.status == "ROLLBACK_COMPLETE", failures(stack)
    assert stage.names == []


def test_a_renamed_logical_id_does_not_lose_the_repository(stage):
    """Create of the new logical ID meets the old one's repository, which is refused without AdoptExisting."""
    stack = stage.cloud.create("web", template())
    stage.push("team/app")
    renamed = template()
    renamed["Resources"]["Renamed"] = renamed["Resources"].pop("Repository")
    del renamed["Outputs"]
    stack.update(renamed)
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert stage.images("team/app") == ["v1"]


def test_m45_m47_a_rename_makes_the_new_repository_and_deletes_the_old_one(stage):
    stack = stage.cloud.create("web", template("team/a"))
    stack.update(template("team/b"))
    assert (stack.status, stage.names) == ("UPDATE_COMPLETE", ["team/b"]), failures(stack)
    assert stack.outputs["Name"] == "team/b"


def test_m48_a_rename_never_touches_the_images_of_the_old_repository(stage):
    stack = stage.cloud.create("web", template("team/a"))
    stage.push("team/a")
    stage.mark()
    stack.update(template("team/b"))
    assert stack.status == "UPDATE_COMPLETE"
    assert stack.events[-1].reason == "Update successful. One or more resources could not be deleted."
    assert (stage.names, stage.images("team/a")) == (["team/a", "team/b"], ["v1"])
    assert "BatchDeleteImage" not in stage.writes
    assert not any(call.parameters.get("force") for call in stage.calls)


@pytest.mark.parametrize("name", ["team/app", None], ids=["M49", "M50"])
def test_other_encryption_is_refused_before_anything_changes(stage, name):
    """M49, M50: with a name of its own or a generated one; the way back changes nothing either."""
    stack = stage.cloud.create("web", template(name))
    before = without_record(stage.run.repositories())
    stage.mark()
    stack.update(
        template(name, EncryptionConfiguration={"EncryptionType": "KMS"}, ImageTagMutability="MUTABLE")
    )
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    assert (stage.changes, without_record(stage.run.repositories())) == ([], before)


def test_m51_a_rename_that_is_rolled_back_leaves_the_old_repository_as_it_was(stage):
    stack = stage.cloud.create("web", template("team/a"))
    stage.push("team/a")
    before = without_record([stage.repository("team/a")])
    stack.update(template("team/b", ImageTagMutability="MUTABLE"), fail={"Alarm"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    assert (stage.names, without_record([stage.repository("team/a")])) == (["team/a"], before)
    assert stack.resources["Repository"].physical_id == "team/a"


def test_a_generated_name_that_was_given_up_for_one_of_its_own_comes_back_by_rollback(stage):
    stack = stage.cloud.create("web", template(None))
    (generated,) = stage.names
    stack.update(template("team/b"), fail={"Alarm"})
    assert (stack.status, stage.names) == ("UPDATE_ROLLBACK_COMPLETE", [generated]), failures(stack)


def test_m52_an_event_that_arrives_twice_does_its_work_once(stage):
    stack = stage.cloud.create("web", template(), redeliver={"Repository"})
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    first, second = stage.steps
    assert first.response == second.response
    stack.delete(redeliver={"Repository"})
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", [])


def test_m53_an_update_that_fails_goes_back_to_what_was(stage):
    stack = stage.cloud.create("web", template())
    before = without_record(stage.run.repositories())
    stack.update(template(MaxImageCount="many", ImageTagMutability="MUTABLE"))
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    assert without_record(stage.run.repositories()) == before
    assert "MaxImageCount" in failures(stack)[0]


def test_a_sibling_that_fails_sends_every_setting_back(stage):
    stack = stage.cloud.create("web", template())
    before = without_record(stage.run.repositories())
    stack.update(
        template(Profile="Development", MaxImageCount=5, Tags=[{"Key": "team", "Value": "web"}]),
        fail={"Alarm"},
    )
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    assert without_record(stage.run.repositories()) == before


def test_a_create_with_faults_leaves_nothing_and_says_them_all(stage):
    stack = stage.cloud.create("web", template("Team/App", MaxImageCount=0))
    assert (stack.status, stage.names) == ("ROLLBACK_COMPLETE", [])
    assert "RepositoryName" in failures(stack)[0] and "MaxImageCount" in failures(stack)[0]
    assert stage.writes == []


def test_a_repository_with_images_stops_the_deletion_until_somebody_decides(stage):
    stack = stage.cloud.create("web", template())
    stage.push("team/app")
    stack.delete()
    assert (stack.status, stage.images("team/app")) == ("DELETE_FAILED", ["v1"])
    stack.delete(retain={"Repository"})
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", ["team/app"])


def test_a_stack_may_empty_what_it_deletes_if_its_template_says_so(stage):
    stack = stage.cloud.create("web", template(EmptyOnDelete=True))
    stage.push("team/app")
    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", []), failures(stack)


def test_somebody_elses_repository_is_neither_taken_nor_deleted(stage):
    stage.run.call("CreateRepository", repositoryName="team/app")
    stage.push("team/app")
    before = stage.run.repositories()
    stack = stage.cloud.create("web", template(EmptyOnDelete=True))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert stage.run.repositories() == before


def test_two_stacks_do_not_share_a_repository(stage):
    first = stage.cloud.create("web", template())
    before = stage.run.repositories()
    second = stage.cloud.create("shop", template())
    assert second.status == "ROLLBACK_COMPLETE"
    assert "web" in failures(second)[0], "it names the stack that has the repository"
    second.delete()
    assert stage.run.repositories() == before
    first.delete()
    assert stage.names == []


def test_deleting_by_hand_is_no_obstacle(stage):
    stack = stage.cloud.create("web", template())
    stage.run.call("DeleteRepository", repositoryName="team/app")
    stack.update(template(ImageTagMutability="MUTABLE"))
    assert (stack.status, stage.names) == ("UPDATE_COMPLETE", ["team/app"]), failures(stack)
    stage.run.call("DeleteRepository", repositoryName="team/app")
    stack.delete()
    assert stack.status == "DELETE_COMPLETE", failures(stack)


def test_a_stack_with_a_generated_name_can_be_deleted_and_made_again(stage):
    stack = stage.cloud.create("web", template(None))
    (name,) = stage.names
    stack.delete()
    again = stage.cloud.create("web", template(None))
    assert again.status == "CREATE_COMPLETE", failures(again)
    assert stage.names[0].startswith("web-repository-") and name.startswith("web-repository-")


def test_scalars_arrive_as_strings_and_are_read_as_what_they_are(stage):
    stack = stage.cloud.create(
        "web", template(MaxImageCount=7, ImageScanningConfiguration={"ScanOnPush": False})
    )
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    assert stage.repository("team/app")["imageScanningConfiguration"] == {"scanOnPush": False}


def test_cloudformation_takes_every_answer(stage):
    """None of them breaks the protocol; failures are the function's own, told in its words."""
    stack = stage.cloud.create("web", template())
    stack.update(template("team/b"), fail={"Alarm"})
    stack.update(template(MaxImageCount="x"))
    stack.delete()
    problems = [one.problem for one in stack.exchanges if one.problem]
    assert len(problems) == 1 and problems[0].startswith(
        "Received response status [FAILED] from custom resource."
    )
