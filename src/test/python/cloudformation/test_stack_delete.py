"""Deleting stacks."""

import pytest
from fake_provider import failed, repository, rows, statuses, template

from local.cloudformation import ValidationError

TWO = template({"A": repository("one"), "B": repository("two", V={"Ref": "A"})})


def test_dependents_are_deleted_first(cloud, provider):
    stack = cloud.create("web", TWO)
    stack.delete()
    assert provider.told() == ["Create", "Create", "Delete two", "Delete one"]
    assert (stack.status, stack.resources, cloud.stacks) == ("DELETE_COMPLETE", {}, {})


def test_a_stack_that_rolled_back_can_only_be_deleted(cloud, provider):
    provider.next["Create"] = failed("no")
    stack = cloud.create("web", template({"A": repository("one")}))
    with pytest.raises(ValidationError, match="is in ROLLBACK_COMPLETE state and can not be updated"):
        stack.update(TWO)
    stack.delete()
    assert stack.status == "DELETE_COMPLETE"


def test_what_a_failed_delete_needs_is_left_alone(cloud, provider):
    stack = cloud.create("web", TWO)
    provider.next["Delete"] = failed("not empty")
    stack.delete()
    assert provider.told()[2:] == ["Delete two"]
    assert statuses(stack, "A")[-1] == "CREATE_COMPLETE"
    assert rows(stack, "web")[-1] == "DELETE_FAILED The following resource(s) failed to delete: [B]."


def test_a_failed_deletion_can_be_tried_again(cloud, provider):
    stack = cloud.create("web", TWO)
    provider.next["Delete"] = failed("not empty")
    stack.delete()
    stack.delete()
    assert provider.told()[2:] == ["Delete two", "Delete two", "Delete one"]
    assert stack.status == "DELETE_COMPLETE"


def test_after_a_failed_deletion_a_resource_can_be_kept(cloud, provider):
    stack = cloud.create("web", TWO)
    with pytest.raises(ValidationError, match="only for a stack in DELETE_FAILED state"):
        stack.delete(retain={"B"})
    provider.next["Delete"] = failed("not empty")
    stack.delete()
    stack.delete(retain={"B"})
    assert (stack.status, provider.existing) == ("DELETE_COMPLETE", {"two"})


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate"])
def test_a_deletion_policy_keeps_a_resource(cloud, provider, policy):
    stack = cloud.create("web", template({"A": repository("one", _DeletionPolicy=policy)}))
    stack.delete()
    assert (provider.told(), statuses(stack, "A")[-1]) == (["Create"], "DELETE_SKIPPED")
    assert stack.status == "DELETE_COMPLETE"


def test_a_deletion_policy_may_come_from_a_parameter(cloud, provider):
    source = template(
        {"A": repository("one", _DeletionPolicy={"Ref": "P"})},
        Transform="AWS::LanguageExtensions",
        Parameters={"P": {"Type": "String"}},
    )
    cloud.create("web", source, {"P": "Retain"}).delete()
    assert provider.told() == ["Create"]


def test_exports_go_with_their_stack(cloud):
    cloud.create(
        "base", template({"A": repository("one")}, Outputs={"N": {"Value": "x", "Export": {"Name": "mine"}}})
    ).delete()
    assert "mine" not in cloud.exports


def test_a_delete_may_arrive_twice(cloud, provider):
    stack = cloud.create("web", template({"A": repository("one")}))
    stack.delete(redeliver={"A"})
    assert provider.told() == ["Create", "Delete one", "Delete one"]
    assert provider.events[1]["RequestId"] == provider.events[2]["RequestId"]
