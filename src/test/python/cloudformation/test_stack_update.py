"""Updating stacks: what is sent, what is replaced, what is cleaned up, and how it all goes back."""

import pytest
from fake_provider import failed, repository, rows, statuses, template

from local.cloudformation import ValidationError

ALARM = {"Type": "AWS::CloudWatch::Alarm"}


def stack_of(cloud, **properties):
    """A stack with the repository `one` and a sibling that can fail."""
    return cloud.create("web", to(**{"name": "one", **properties}))


def to(name="one", **properties):
    return template({"Alarm": ALARM, "Repo": repository(name, **properties)})


def test_an_update_is_sent_only_where_properties_change(cloud, provider):
    stack = cloud.create("web", template({"A": repository("one", Days=1), "B": repository("two", Days=1)}))
    stack.update(
        template({"A": repository("one", Days=1, _Metadata={"x": 1}), "B": repository("two", Days=2)})
    )
    assert provider.told() == ["Create", "Create", "Update two"]


@pytest.mark.parametrize("same", [1, "1"])
def test_a_scalar_written_otherwise_is_no_change(cloud, provider, same):
    stack = stack_of(cloud, Days="1")
    stack.update(to(Days=same, _Metadata={"x": 1}))
    assert provider.told() == ["Create"]


def test_the_same_template_again_is_refused(cloud):
    stack = stack_of(cloud)
    with pytest.raises(ValidationError, match="No updates are to be performed."):
        stack.update(to())


def test_an_update_is_reported_as_the_console_does(cloud):
    stack = stack_of(cloud)
    del stack.events[:]
    stack.update(to(Days=2))
    assert [str(row) for row in stack.events] == [
        "UPDATE_IN_PROGRESS web User Initiated",
        "UPDATE_IN_PROGRESS Repo",
        "UPDATE_COMPLETE Repo",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS web",
        "UPDATE_COMPLETE web",
    ]


def test_parameters_keep_their_values_unless_given_again(cloud, provider):
    source = template(
        {"Repo": repository({"Ref": "Name"}, Days={"Ref": "Days"})},
        Parameters={"Name": {"Type": "String"}, "Days": {"Type": "Number", "Default": 1}},
    )
    stack = cloud.create("web", source, {"Name": "one"})
    stack.update(parameters={"Days": 2})
    assert provider.told() == ["Create", "Update one"]
    assert provider.events[1]["ResourceProperties"]["Days"] == "2"


def test_a_change_upstream_reaches_what_refers_to_it(cloud, provider):
    stack = cloud.create("web", template({"A": repository("one"), "B": repository("b", V={"Ref": "A"})}))
    stack.update(template({"A": repository("two"), "B": repository("b", V={"Ref": "A"})}))
    assert provider.told() == ["Create", "Create", "Update one", "Update b", "Delete one"]
    assert provider.events[3]["ResourceProperties"]["V"] == "two"


# M45, M47: the clean-up deletes the old one by its own ID and its own properties.
def test_another_physical_id_is_a_replacement_and_the_old_one_is_deleted_last(cloud, provider):
    stack = stack_of(cloud)
    stack.update(to("two"))
    assert provider.told() == ["Create", "Update one", "Delete one"]
    assert provider.events[2]["ResourceProperties"]["Name"] == "one"
    assert provider.existing == {"two"}
    assert (
        "UPDATE_IN_PROGRESS Requested update required the provider to create a new physical resource"
        in rows(stack, "Repo")
    )
    assert stack.resources["Repo"].physical_id == "two"


def test_update_replace_policy_keeps_the_old_one(cloud, provider):
    stack = stack_of(cloud)
    stack.update(to("two", _UpdateReplacePolicy="Retain"))
    assert provider.told() == ["Create", "Update one"]
    assert (statuses(stack, "Repo")[-1], [one.physical_id for one in stack.retained]) == (
        "DELETE_SKIPPED",
        ["one"],
    )


def test_a_clean_up_that_fails_is_tried_thrice_and_given_up(cloud, provider):
    stack = stack_of(cloud)

    def refuse(event, answer):
        provider.next["Delete"] = refuse
        return {**answer, **failed("not empty")}

    provider.next["Delete"] = refuse
    stack.update(to("two"))
    assert provider.told()[2:] == ["Delete one"] * 3
    assert (
        rows(stack, "web")[-1]
        == "UPDATE_COMPLETE Update successful. One or more resources could not be deleted."
    )
    provider.next.clear()
    stack.delete()
    assert provider.existing == {"one"}


def test_a_resource_that_leaves_the_template_is_deleted(cloud, provider):
    stack = stack_of(cloud)
    stack.update(template({"Alarm": ALARM}))
    assert provider.told() == ["Create", "Delete one"]
    assert set(stack.resources) == {"Alarm"}


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate"])
def test_a_deletion_policy_keeps_a_resource_that_leaves_the_template(cloud, provider, policy):
    stack = stack_of(cloud, _DeletionPolicy=policy)
    stack.update(template({"Alarm": ALARM}))
    assert provider.told() == ["Create"]
    assert [one.physical_id for one in stack.retained] == ["one"]


def test_a_deletion_policy_takes_effect_without_an_event(cloud, provider):
    stack = stack_of(cloud)
    stack.update(to(_DeletionPolicy="Retain"))
    stack.delete()
    assert provider.told() == ["Create"]


# A renamed logical ID: the new one is created while the old one still exists.
def test_a_renamed_logical_id_is_created_first_and_deleted_last(cloud, provider):
    stack = stack_of(cloud)
    stack.update(template({"Alarm": ALARM, "Renamed": repository("one")}))
    assert [(e["RequestType"], e["LogicalResourceId"]) for e in provider.events[1:]] == [
        ("Create", "Renamed"),
        ("Delete", "Repo"),
    ]


def test_another_type_under_one_logical_id_is_refused(cloud, provider):
    stack = stack_of(cloud)
    with pytest.raises(ValidationError, match=r"Update of resource type is not permitted.*\[Repo\]"):
        stack.update(template({"Alarm": ALARM, "Repo": {"Type": "AWS::ECR::Repository"}}))
    assert (stack.status, provider.told()) == ("CREATE_COMPLETE", ["Create"])


def test_another_service_token_is_refused_without_an_event(cloud, provider):
    stack = stack_of(cloud)
    changed = to()
    changed["Resources"]["Repo"]["Properties"]["ServiceToken"] = cloud.function_arn + ":live"
    stack.update(changed)
    assert "UPDATE_FAILED Modifying service token is not allowed." in rows(stack, "Repo")
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert provider.told() == ["Create"]


def test_a_failing_sibling_sends_the_update_back_with_properties_swapped(cloud, provider):
    stack = stack_of(cloud, Days=1)
    stack.update(to(Days=2), fail={"Alarm"})
    forth, back = provider.events[1:]
    assert (back["RequestType"], back["PhysicalResourceId"]) == ("Update", "one")
    assert (back["ResourceProperties"], back["OldResourceProperties"]) == (
        forth["OldResourceProperties"],
        forth["ResourceProperties"],
    )
    assert statuses(stack, "web")[-3:] == [
        "UPDATE_ROLLBACK_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE",
    ]
    assert (
        rows(stack, "web")[-3]
        == "UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Alarm]."
    )


# M51: the reversed Update names the new ID and answers with the old one, and the new one is deleted.
def test_a_replacement_goes_back_and_its_new_instance_is_deleted(cloud, provider):
    stack = stack_of(cloud)
    stack.update(to("two"), fail={"Alarm"})
    assert provider.told() == ["Create", "Update one", "Update two", "Delete two"]
    assert provider.events[3]["ResourceProperties"]["Name"] == "two"
    assert (provider.existing, stack.resources["Repo"].physical_id) == ({"one"}, "one")


# M53: a failed Update, then the reversed one.
def test_a_failed_update_is_sent_back_as_well(cloud, provider):
    stack = stack_of(cloud, Days=1)
    provider.next["Update"] = failed("no", PhysicalResourceId="one")
    stack.update(to(Days=2))
    assert provider.told() == ["Create", "Update one", "Update one"]
    assert provider.events[2]["ResourceProperties"]["Days"] == "1"
    assert (stack.status, stack.resources["Repo"].properties["Days"]) == ("UPDATE_ROLLBACK_COMPLETE", "1")


def test_a_failed_update_with_another_id_counts_as_a_replacement(cloud, provider):
    stack = stack_of(cloud)
    provider.next["Update"] = failed("no", PhysicalResourceId="other")
    stack.update(to(Days=2))
    assert provider.told() == ["Create", "Update one", "Update other", "Delete other"]


def test_an_unanswered_update_keeps_the_id_that_was_known(cloud, provider):
    stack = stack_of(cloud)
    provider.next["Update"] = None
    stack.update(to(Days=2))
    assert provider.told() == ["Create", "Update one", "Update one"]
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"


def test_rollback_deletes_what_the_update_created(cloud, provider):
    stack = stack_of(cloud)
    stack.update(
        template({"Alarm": ALARM, "Repo": repository("one"), "New": repository("two")}), fail={"Alarm"}
    )
    assert provider.told() == ["Create", "Create", "Delete two"]
    assert (provider.existing, set(stack.resources)) == ({"one"}, {"Alarm", "Repo"})


@pytest.mark.parametrize("policy, kept", [("Retain", {"one", "two"}), ("RetainExceptOnCreate", {"one"})])
def test_a_deletion_policy_decides_whether_rollback_deletes_what_the_update_created(
    cloud, provider, policy, kept
):
    stack = stack_of(cloud)
    stack.update(
        template(
            {"Alarm": ALARM, "Repo": repository("one"), "New": repository("two", _DeletionPolicy=policy)}
        ),
        fail={"Alarm"},
    )
    assert provider.existing == kept


def test_rollback_leaves_what_the_template_dropped(cloud, provider):
    stack = stack_of(cloud)
    stack.update(template({"Alarm": ALARM}), fail={"Alarm"})
    assert (provider.told(), set(stack.resources)) == (["Create"], {"Alarm", "Repo"})


def test_after_a_rollback_the_next_update_starts_from_the_old_state(cloud, provider):
    stack = stack_of(cloud, Days=1)
    stack.update(to(Days=2), fail={"Alarm"})
    stack.update(to(Days=3))
    assert provider.events[-1]["OldResourceProperties"]["Days"] == "1"
    assert stack.status == "UPDATE_COMPLETE"


def test_a_rollback_that_fails_can_be_continued(cloud, provider):
    stack = stack_of(cloud, Days=1)

    def twice(event, answer):
        provider.next["Update"] = failed("still no", PhysicalResourceId="one")
        return {**answer, **failed("no")}

    provider.next["Update"] = twice
    stack.update(to(Days=2))
    assert (
        rows(stack, "web")[-1] == "UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [Repo]."
    )
    with pytest.raises(ValidationError, match="is in UPDATE_ROLLBACK_FAILED state and can not be updated"):
        stack.update(to(Days=3))
    stack.continue_rollback()
    assert (stack.status, stack.resources["Repo"].properties["Days"]) == ("UPDATE_ROLLBACK_COMPLETE", "1")


def test_a_resource_can_be_skipped_when_a_rollback_is_continued(cloud, provider):
    stack = stack_of(cloud, Days=1)

    def always(event, answer):
        provider.next["Update"] = always
        return {**answer, **failed("no")}

    provider.next["Update"] = always
    stack.update(to(Days=2))
    stack.continue_rollback(skip={"Repo"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"


@pytest.mark.parametrize("mode, days", [("after", ["2", "1"]), ("before", ["1", "2"])])
def test_a_running_update_is_cancelled_and_sent_back(cloud, provider, mode, days):
    stack = stack_of(cloud, Days=1)
    stack.update(to(Days=2), fail={"Alarm"}, cancel={"Repo": mode})
    assert [event["ResourceProperties"]["Days"] for event in provider.events[1:]] == days
    assert all(event["PhysicalResourceId"] == "one" for event in provider.events[1:])
    assert "UPDATE_FAILED Resource update cancelled" in rows(stack, "Repo")


def test_outputs_follow_an_update_and_go_back_with_it(cloud):
    source = template(
        {"Alarm": ALARM, "Repo": repository({"Ref": "Name"})},
        Parameters={"Name": {"Type": "String"}},
        Outputs={"N": {"Value": {"Ref": "Repo"}}},
    )
    stack = cloud.create("web", source, {"Name": "one"})
    stack.update(parameters={"Name": "two"})
    assert stack.outputs == {"N": "two"}
    stack.update(parameters={"Name": "three"}, fail={"Alarm"})
    assert stack.outputs == {"N": "two"}
