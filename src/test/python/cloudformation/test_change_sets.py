"""What a change set of a simulated stack says: which resources change, and which values it shows."""

import json

import pytest
from fake_provider import repository, template

from local.cloudformation import CloudFormation
from local.cloudformation.changeset import HIDDEN, KNOWN_AFTER_APPLY, changes
from local.cloudformation.errors import TemplateError

SECRET = {"Secret": {"Type": "String", "NoEcho": True, "AllowedPattern": "[a-z]+"}}


def shown(change, context="AfterContext"):
    return json.loads(change["ResourceChange"][context])["Properties"]


def with_secret(days=1):
    return template({"Repo": repository("one", Days=days, Note={"Fn::Sub": "is ${Secret}"})}, Parameters=SECRET)


def test_no_context_shows_a_value_of_no_echo(cloud):
    stack = cloud.create("web", with_secret(), {"Secret": "hush"})
    (change,) = changes(stack, with_secret(days=2))
    assert "hush" not in json.dumps(change)
    assert (shown(change, "BeforeContext")["Note"], shown(change)["Note"]) == (f"is {HIDDEN}", f"is {HIDDEN}")
    (removed,) = changes(stack, template({"Other": {"Type": "AWS::SNS::Topic"}}))[1:]
    assert removed["ResourceChange"]["Action"] == "Remove" and "hush" not in json.dumps(removed)


def test_a_hidden_value_that_changes_is_a_change(cloud):
    stack = cloud.create("web", with_secret(), {"Secret": "hush"})
    assert changes(stack, with_secret()) == []
    (change,) = changes(stack, with_secret(), {"Secret": "quiet"})
    assert shown(change, "BeforeContext") == shown(change)


def test_a_hidden_value_decides_conditions_and_may_be_in_any_function(cloud):
    source = template(
        {"Repo": repository("one", A={"Fn::If": ["Hush", "yes", "no"]}, B={"Fn::Select": [1, {"Ref": "Many"}]},
                            C={"Fn::Select": [1, {"Fn::Split": ["-", {"Ref": "Parts"}]}]})},
        Parameters={"Secret": {"Type": "String", "NoEcho": True}, "Parts": {"Type": "String", "NoEcho": True},
                    "Many": {"Type": "CommaDelimitedList", "NoEcho": True}},
        Conditions={"Hush": {"Fn::Equals": [{"Ref": "Secret"}, "hush"]}})  # fmt: skip
    stack = cloud.create("web", source, {"Secret": "loud", "Many": "x,y", "Parts": "p-q"})
    (change,) = changes(stack, source, {"Secret": "hush"})
    assert [shown(change)[key] for key in "ABC"] == ["yes", HIDDEN, HIDDEN]


def test_a_dynamic_reference_is_compared_by_its_value_and_shown_as_written(provider):
    cloud = CloudFormation(provider, stored={"/days": "1"})
    source = template({"Repo": repository("one", Days="{{resolve:ssm:/days}}")})
    stack = cloud.create("web", source)
    assert changes(stack, source) == []
    cloud.stored["/days"] = "2"
    (change,) = changes(stack, source)
    assert shown(change)["Days"] == "{{resolve:ssm:/days}}"


def test_a_faulty_reference_is_an_error_and_not_unknown(cloud):
    """Although the resource refers to a parameter too, and to a resource that is not there yet."""
    parameters = {"Days": {"Type": "String", "Default": "1"}}
    stack = cloud.create("web", template({"Repo": repository("one", Days={"Ref": "Days"})}, Parameters=parameters))
    faulty = template(
        {"Repo": repository("one", Days={"Ref": "Days"}), "Topic": {"Type": "AWS::SNS::Topic"}, "Other": repository(
            "two", Days={"Ref": "Days"}, Arn={"Fn::Select": [9, {"Fn::Split": [":", {"Fn::GetAtt": "Repo.Arn"}]}]},
            Note={"Ref": "Topic"})},
        Parameters=parameters)  # fmt: skip
    with pytest.raises(TemplateError, match="Fn::Select"):
        changes(stack, faulty)


def test_what_refers_to_a_new_resource_is_known_after_the_deployment(cloud):
    stack = cloud.create("web", template({"Repo": repository("one")}))
    new = {"Topic": {"Type": "AWS::SNS::Topic"}}
    changed = repository("one", Part={"Fn::Select": [5, {"Fn::Split": [":", {"Ref": "Topic"}]}]}, All={"Ref": "Topic"})
    found = {one["ResourceChange"]["LogicalResourceId"]: one for one in changes(stack, template({"Repo": changed, **new}))}
    assert found["Topic"]["ResourceChange"]["Action"] == "Add"
    assert [shown(found["Repo"])[key] for key in ("Part", "All")] == [KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY]


@pytest.mark.parametrize("policy, action", [
    ("Delete", None), ("Snapshot", None), ("Retain", "Retain"), ("RetainExceptOnCreate", "Retain")])
def test_a_change_set_keeps_what_the_deployment_keeps(cloud, policy, action):
    topic = {"Topic": {"Type": "AWS::SNS::Topic"}}
    stack = cloud.create("web", template({"Repo": {**repository("one"), "DeletionPolicy": policy}, **topic}))
    (change,) = changes(stack, template(topic))
    assert change["ResourceChange"].get("PolicyAction") == action
    stack.update(template(topic))
    assert [one.physical_id for one in stack.retained] == (["one"] if action else [])
