"""Creating stacks: order, outputs, and what a failure leaves."""

import threading

import pytest
from fake_provider import failed, repository, rows, statuses, template

from local.cloudformation import TemplateError, ValidationError


def names(provider):
    return [event["LogicalResourceId"] for event in provider.events]


def test_a_stack_is_reported_as_the_console_does(cloud):
    stack = cloud.create("web", template({"Repo": repository("one")}))
    assert [str(row) for row in stack.events] == [
        "CREATE_IN_PROGRESS web User Initiated",
        "CREATE_IN_PROGRESS Repo",
        "CREATE_IN_PROGRESS Repo Resource creation Initiated",
        "CREATE_COMPLETE Repo",
        "CREATE_COMPLETE web",
    ]


def test_resources_are_created_after_what_they_refer_to(cloud, provider):
    cloud.create("web", template({
        "Third": repository(V={"Fn::Sub": "${Second.Arn}"}),
        "Second": repository(V={"Fn::If": ["Yes", {"Ref": "First"}, {"Ref": "Third"}]}),
        "First": repository(_DependsOn="Zeroth"),
        "Zeroth": repository(),
    }, Conditions={"Yes": {"Fn::Equals": [1, 1]}}))  # fmt: skip
    assert names(provider) == ["Zeroth", "First", "Second", "Third"]


def test_ref_and_get_att_give_physical_id_and_attributes(cloud, provider):
    stack = cloud.create("web", template(
        {"A": repository("one"), "B": repository("two", V={"Fn::Join": ["|", [{"Ref": "A"}, {"Fn::GetAtt": "A.Arn"}]]})},
        Outputs={"Name": {"Value": {"Ref": "B"}}},
    ))  # fmt: skip
    assert (
        provider.events[1]["ResourceProperties"]["V"]
        == "one|arn:aws:ecr:us-east-1:123456789012:repository/one"
    )
    assert stack.outputs == {"Name": "two"}


def test_a_circle_is_a_fault(cloud):
    with pytest.raises(TemplateError, match=r"Circular dependency between resources: \[A, B\]"):
        cloud.create("web", template({"A": repository(V={"Ref": "B"}), "B": repository(V={"Ref": "A"})}))


def test_depending_on_nothing_known_is_a_fault(cloud):
    with pytest.raises(TemplateError, match=r"Unresolved resource dependencies \[Gone\]"):
        cloud.create("web", template({"A": repository(_DependsOn=["Gone"])}))


def test_a_property_beside_properties_is_to_be_indented(cloud):
    said = "Invalid template resource property 'Access' in A. To make Access a property of the repository, indent it under Properties."
    with pytest.raises(TemplateError) as caught:
        cloud.create("web", template({"A": repository(_Access={"Pull": {"AccountIds": ["111122223333"]}})}))
    assert said in str(caught.value)


def test_a_resource_without_its_condition_is_not_there(cloud, provider):
    stack = cloud.create("web", template(
        {"A": repository("one", _Condition="No"), "B": repository("two", _DependsOn="A")},
        Conditions={"No": {"Fn::Equals": [1, 2]}}, Outputs={"Gone": {"Condition": "No", "Value": {"Ref": "A"}}},
    ))  # fmt: skip
    assert (names(provider), stack.outputs) == (["B"], {})


def test_exports_are_for_other_stacks(cloud, provider):
    cloud.create(
        "base",
        template(
            {"A": repository("one")},
            Outputs={"N": {"Value": {"Ref": "A"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-N"}}}},
        ),
    )
    cloud.create("web", template({"B": repository({"Fn::ImportValue": "base-N"})}))
    assert provider.events[1]["ResourceProperties"]["Name"] == "one"


def test_an_export_belongs_to_one_stack(cloud):
    source = template({"A": repository("one")}, Outputs={"N": {"Value": "x", "Export": {"Name": "taken"}}})
    cloud.create("base", source)
    assert (
        "Export with name taken is already exported by stack base."
        in rows(cloud.create("web", source), "web")[1]
    )


def test_a_name_in_use_refuses_the_stack(cloud):
    cloud.create("web", template({"A": repository()}))
    with pytest.raises(ValidationError, match=r"Stack \[web\] already exists"):
        cloud.create("web", template({"A": repository()}))


def test_other_types_are_passed_over_with_plausible_values(cloud, provider):
    cloud.create("web", template({
        "Role": {"Type": "AWS::IAM::Role"}, "Key": {"Type": "AWS::KMS::Key"}, "Topic": {"Type": "AWS::SNS::Topic"},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "web"}},
        "Repo": repository(
            Role={"Fn::GetAtt": "Role.Arn"}, Key={"Fn::GetAtt": "Key.Arn"}, Topic={"Ref": "Topic"},
            Function=[{"Ref": "Function"}, {"Fn::GetAtt": "Function.Arn"}]),
    }))  # fmt: skip
    got = provider.events[0]["ResourceProperties"]
    assert got["Role"].startswith("arn:aws:iam::123456789012:role/web-Role-")
    assert (
        got["Key"].startswith("arn:aws:kms:us-east-1:123456789012:key/")
        and len(got["Key"].rsplit("/")[-1]) == 36
    )
    assert got["Topic"].startswith("arn:aws:sns:us-east-1:123456789012:web-Topic-")
    assert got["Function"] == ["web", "arn:aws:lambda:us-east-1:123456789012:function:web"]


def test_a_failed_create_is_deleted_by_the_id_of_its_answer(cloud, provider):
    provider.next["Create"] = failed("no", PhysicalResourceId="marker::1")
    stack = cloud.create("web", template({"Repo": repository("one")}))
    assert provider.told() == ["Create", "Delete marker::1"]
    assert statuses(stack, "web") == ["CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"]
    assert (
        rows(stack, "web")[1]
        == "ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Repo]. Rollback requested by user."
    )


@pytest.mark.parametrize("answer", [None, {"PhysicalResourceId": ""}])
def test_a_create_without_an_id_is_deleted_by_an_invented_one(cloud, provider, answer):
    provider.next["Create"] = answer
    cloud.create("web", template({"Repo": repository("one")}))
    told = provider.told()
    assert told[0] == "Create" and told[1].startswith("Delete web-Repo-")


def test_a_failing_sibling_rolls_back_what_was_created(cloud, provider):
    stack = cloud.create(
        "web",
        template({"Alarm": {"Type": "AWS::CloudWatch::Alarm"}, "Repo": repository("one")}),
        fail={"Alarm": "no"},
    )
    assert provider.told() == ["Create", "Delete one"]
    assert (stack.status, provider.existing, stack.resources) == ("ROLLBACK_COMPLETE", set(), {})


def test_a_sibling_that_has_not_begun_is_cancelled(cloud, provider):
    provider.next["Create"] = failed("no")
    stack = cloud.create(
        "web", template({"Alarm": {"Type": "AWS::CloudWatch::Alarm"}, "Repo": repository("one")})
    )
    assert rows(stack, "Alarm")[1] == "CREATE_FAILED Resource creation cancelled"


def test_what_depends_on_a_failure_is_never_begun(cloud, provider):
    provider.next["Create"] = failed("no")
    stack = cloud.create("web", template({"B": repository("two", V={"Ref": "A"}), "A": repository("one")}))
    assert rows(stack, "B") == []


def test_rollback_deletes_dependents_first(cloud, provider):
    cloud.create("web", template({
        "A": repository("one"), "B": repository("two", V={"Ref": "A"}),
        "Alarm": {"Type": "AWS::CloudWatch::Alarm", "DependsOn": "B"}}), fail={"Alarm"})  # fmt: skip
    assert provider.told() == ["Create", "Create", "Delete two", "Delete one"]


def test_a_rollback_that_cannot_delete_tries_thrice_with_one_request_id_and_fails(cloud, provider):
    def refuse(event, answer):
        provider.next["Delete"] = refuse
        return {**answer, **failed("not empty")}

    provider.next["Delete"] = refuse
    stack = cloud.create(
        "web",
        template({"Alarm": {"Type": "AWS::CloudWatch::Alarm"}, "Repo": repository("one")}),
        fail={"Alarm"},
    )
    deletes = [event["RequestId"] for event in provider.events[1:]]
    assert (len(deletes), len(set(deletes))) == (3, 1)
    assert rows(stack, "web")[-1] == "ROLLBACK_FAILED The following resource(s) failed to delete: [Repo]."


@pytest.mark.parametrize("policy, told, kept", [
    ("Delete", ["Create", "Delete one"], set()), ("Retain", ["Create"], {"one"}),
    ("RetainExceptOnCreate", ["Create", "Delete one"], set()),
])  # fmt: skip
def test_a_deletion_policy_decides_what_a_rollback_of_create_deletes(cloud, provider, policy, told, kept):
    source = template(
        {"Alarm": {"Type": "AWS::CloudWatch::Alarm"}, "Repo": repository("one", _DeletionPolicy=policy)}
    )
    stack = cloud.create("web", source, fail={"Alarm"})
    assert (provider.told(), provider.existing) == (told, kept)
    assert [resource.physical_id for resource in stack.retained] == sorted(kept)


def test_an_unknown_deletion_policy_is_a_fault(cloud):
    with pytest.raises(TemplateError, match="Unrecognized DeletionPolicy Keep for resource Repo"):
        cloud.create("web", template({"Repo": repository(_DeletionPolicy="Keep")}))


SIBLINGS = template({"Alarm": {"Type": "AWS::CloudWatch::Alarm"}, "Repo": repository("one")})


@pytest.mark.parametrize("mode, order", [("after", ["Create", "Delete"]), ("before", ["Delete", "Create"])])
def test_a_running_create_is_cancelled_with_an_invented_id(cloud, provider, mode, order):
    stack = cloud.create("web", SIBLINGS, fail={"Alarm"}, cancel={"Repo": mode})
    assert [event["RequestType"] for event in provider.events] == order
    delete = provider.events[order.index("Delete")]
    assert delete["PhysicalResourceId"].startswith("web-Repo-")
    assert delete["ResourceProperties"]["Name"] == "one"
    assert "CREATE_FAILED Resource creation cancelled" in rows(stack, "Repo")
    assert stack.status == "ROLLBACK_COMPLETE"


def test_a_delete_may_come_while_the_create_still_runs(cloud, provider):
    deleting = threading.Event()

    def slow(event, answer):
        assert deleting.wait(10), "the Delete never came while the Create ran"
        return answer

    def delete(event, answer):
        deleting.set()
        return answer

    provider.next.update(Create=slow, Delete=delete)
    stack = cloud.create("web", SIBLINGS, fail={"Alarm"}, cancel={"Repo": "concurrent"})
    assert stack.status == "ROLLBACK_COMPLETE" and len(provider.events) == 2


def test_nothing_is_cancelled_where_nothing_fails(cloud):
    with pytest.raises(ValueError, match="nothing fails while Repo runs"):
        cloud.create("web", SIBLINGS, cancel={"Repo": "after"})


def test_only_what_is_in_the_operation_can_be_made_to_fail(cloud):
    with pytest.raises(ValueError, match="nothing happens to Nobody"):
        cloud.create("web", SIBLINGS, fail={"Nobody"})
