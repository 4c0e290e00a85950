"""The stories of the function that reports. They need a provider that was deployed with Reports=true."""

from __future__ import annotations

import json
from typing import Any

from report import resources, verdict
from report.changeset import ChangeSet

from .verdicts import Deviation, Story
from .world import World, Wrong, equal, expect


def drift(world: World) -> None:
    name = f"{world.prefix}/drift"
    stack = world.stack("drift", _template(world, name))
    stack.expect("CREATE_COMPLETE")
    world.client("ecr").put_image_tag_mutability(repositoryName=name, imageTagMutability="MUTABLE")
    seen = ask(world, {"Report": "Drift"})
    found = {each["repository"]: each["differences"] for each in seen["drifted"]}
    equal(found.get(name), ["ImageTagMutability is MUTABLE, but IMMUTABLE was applied"], "what is said of the repository")
    equal(seen["problems"], [], "what could not be read")


def images_that_would_expire(world: World) -> None:
    name = f"{world.prefix}/expire"
    stack = world.stack("expire", _template(world, name))
    stack.expect("CREATE_COMPLETE")
    world.push(name, "v1")
    plan = ask(world, _request(stack.id, name, _properties(world, name), _properties(world, name, ExpireAllImagesAfterDays="1")))
    equal([each["operation"] for each in plan["changes"]], ["PutLifecyclePolicy"], "the changes")
    equal(plan["images"], {"expiring": 0, "archiving": 0}, "the images that would expire today")


def plan_of_a_change_set(world: World) -> None:
    """What `make plan` does: the change set, the function, and that nothing is left."""
    name = f"{world.prefix}/plan"
    stack = world.stack("plan", _template(world, name))
    stack.expect("CREATE_COMPLETE")
    changed = json.dumps(_template(world, name, MaxImageCount=5, ImageTagMutability="MUTABLE"))
    (planned,) = _planned(world, stack.name, changed)
    told = sorted(each["operation"] for each in planned.report["changes"])
    equal(told, ["PutImageTagMutability", "PutLifecyclePolicy"], "the planned changes")
    new = f"{world.prefix}-plan-new"
    (planned,) = _planned(world, new, json.dumps(_template(world, f"{world.prefix}/plan-new")))
    equal(planned.report["exists"], False, "whether the new repository exists")
    api = world.client("cloudformation")
    equal(api.list_change_sets(StackName=stack.id)["Summaries"], [], "the change sets that are left")
    live = [one["StackName"] for page in api.get_paginator("describe_stacks").paginate() for one in page["Stacks"]]
    expect(new not in live, f"the empty stack {new} is left")


def ask(world: World, request: dict[str, Any]) -> Any:
    """The answer of the function that reports."""
    answer = world.client("lambda").invoke(FunctionName=f"{world.function}-reports", Payload=json.dumps(request).encode())
    body = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        raise Wrong(f"the function that reports fails: {body}")
    return body


def _planned(world: World, stack: str, template: str) -> list[verdict.Verdict]:
    try:
        with ChangeSet(world.client("cloudformation"), stack, template, {}) as made:
            described = made.describe()
            found = resources.read(described.plain, described.valued, world.function)
            return verdict.plan(found.resources, made.stack_id, made.new_stack, lambda request: ask(world, request))
    except resources.MissingValues as error:
        raise Wrong(str(error)) from None


def _properties(world: World, name: str, **stated: Any) -> dict[str, Any]:
    return {"ServiceToken": world.token, "RepositoryName": name, **stated}


def _template(world: World, name: str, **stated: Any) -> dict[str, Any]:
    return {"Resources": {"Repo": {"Type": "Custom::EcrRepo", "Properties": _properties(world, name, **stated)}}}


def _request(stack: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {
        "Report": "Plan", "StackId": stack, "LogicalResourceId": "Repo", "PhysicalResourceId": name,
        "OldResourceProperties": old, "ResourceProperties": new,
    }  # fmt: skip


STORIES = [
    Story("drift", drift),
    Story(
        "images that would expire", images_that_would_expire,
        {"MiniStack": Deviation("StartLifecyclePolicyPreview", "it has no preview of a lifecycle policy")},
    ),
    Story(
        "plan of a change set", plan_of_a_change_set,
        {"MiniStack": Deviation("but not its properties", "its change sets have no property values")},
    ),
]  # fmt: skip
