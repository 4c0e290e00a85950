"""A repository's way from AWS::ECR::Repository to Custom::EcrRepo, step by step, as its users go it.

Each step is first tried with a sibling that fails: the rollback must leave what was.
"""

import pytest

from stories import Stage, failures


NAME = "legacy/app"

NATIVE = {
    "Resources": {
        "Repository": {
            "Type": "AWS::ECR::Repository",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "RepositoryName": NAME,
                "ImageTagMutability": "MUTABLE",
                "LifecyclePolicy": {
                    "LifecyclePolicyText": '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged",'
                    '"countType":"imageCountMoreThan","countNumber":3},"action":{"type":"expire"}}]}'
                },
            },
        }
    }
}


def custom(**properties):
    return {
        "Resources": {
            "Adopted": {
                "Type": "Custom::EcrRepo",
                "Properties": {
                    "ServiceToken": {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"},
                    "RepositoryName": NAME,
                    **properties,
                },
            }
        }
    }


LIFECYCLE = NATIVE["Resources"]["Repository"]["Properties"]["LifecyclePolicy"]

# What the template states, step by step, and the writing calls that each step needs besides the record.
STEPS = [
    ({"ImageTagMutability": "IMMUTABLE", "LifecyclePolicy": LIFECYCLE}, ["PutImageTagMutability"]),
    ({"ImageTagMutability": "IMMUTABLE", "ExpireUntaggedAfterDays": 7}, ["PutLifecyclePolicy"]),
    (
        {
            "ImageTagMutability": "IMMUTABLE",
            "ExpireUntaggedAfterDays": 7,
            "ImageScanningConfiguration": {"ScanOnPush": True},
        },
        ["PutImageScanningConfiguration"],
    ),
]


@pytest.fixture
def stage(adopting_run):
    adopting_run.emulator.reset()
    return Stage(adopting_run)


@pytest.fixture
def stack(stage):
    stack = stage.cloud.create("legacy", NATIVE)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    stage.push(NAME)
    return stack


def but_a_sibling_fails(document):
    """The same change, and beside it a resource that comes last and cannot be made."""
    resources = dict(document["Resources"])
    resources["Late"] = {"Type": "AWS::CloudWatch::Alarm", "DependsOn": "Adopted"}
    return {"Resources": resources}


def settings(stage):
    """All that may not change by accident, but the tags."""
    repository = dict(stage.repository(NAME))
    repository.pop("tags")
    return repository | {"images": stage.images(NAME)}


def test_a_native_repository_becomes_ours_one_setting_at_a_time(stage, stack):
    native = settings(stage)

    adopt = custom(AdoptExisting=True, LifecyclePolicy=LIFECYCLE)
    stack.update(but_a_sibling_fails(adopt), fail={"Late"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    assert (settings(stage), stage.repository(NAME)["tags"]) == (native, [])

    stack.update(adopt)
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert settings(stage) == native, "nothing about the repository or its images changed but tags"

    for stated, writes in STEPS:
        before = settings(stage)
        step = custom(AdoptExisting=True, **stated)
        stack.update(but_a_sibling_fails(step), fail={"Late"})
        assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
        assert settings(stage) == before
        stage.mark()
        stack.update(step)
        assert stack.status == "UPDATE_COMPLETE", failures(stack)
        assert stage.changes == writes

    own = custom(**STEPS[-1][0])
    stack.update(but_a_sibling_fails(own), fail={"Late"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE", failures(stack)
    stage.mark()
    stack.update(own)
    assert stack.status == "UPDATE_COMPLETE", failures(stack)
    assert stage.changes == [], "the author's word, and the record"

    # From here it is a resource like any other: its Delete deletes, if nothing is lost by it.
    stack.delete()
    assert stack.status == "DELETE_FAILED", "it still holds an image"
    assert stage.images(NAME) == ["v1"]
