"""The protocol: what an event holds, and which answers CloudFormation accepts."""

import json

import pytest
from fake_provider import failed, repository, rows, template

from local.cloudformation import CloudFormation, Late, TemplateError, ValidationError
from local.cloudformation.events import timeout

ONE = template({"Repo": repository("one", Flag=True, Days=14)})


def test_a_create_event_holds_what_the_function_gets(cloud, provider):
    stack = cloud.create("web", ONE)
    event = dict(provider.events[0])
    url = event.pop("ResponseURL")
    assert event == {
        "RequestType": "Create",
        "ServiceToken": "arn:aws:lambda:us-east-1:123456789012:function:custom-ecrrepo",
        "StackId": stack.id,
        "RequestId": event["RequestId"],
        "LogicalResourceId": "Repo",
        "ResourceType": "Custom::EcrRepo",
        "ResourceProperties": {
            "ServiceToken": event["ServiceToken"],
            "Name": "one",
            "Flag": "true",
            "Days": "14",
        },
    }
    assert url.startswith(
        "https://cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com/arn%3Aaws"
    )


def test_an_update_event_adds_physical_id_and_old_properties(cloud, provider):
    stack = cloud.create("web", ONE)
    stack.update(template({"Repo": repository("one", Days=15)}))
    event = provider.events[1]
    assert (event["RequestType"], event["PhysicalResourceId"]) == ("Update", "one")
    assert (event["ResourceProperties"]["Days"], event["OldResourceProperties"]["Days"]) == ("15", "14")
    assert "Flag" in event["OldResourceProperties"] and "Flag" not in event["ResourceProperties"]


def test_a_delete_event_has_no_old_properties(cloud, provider):
    cloud.create("web", ONE).delete()
    event = provider.events[1]
    assert (event["RequestType"], event["PhysicalResourceId"]) == ("Delete", "one")
    assert "OldResourceProperties" not in event


def test_each_request_has_an_id_of_its_own(cloud, provider):
    stack = cloud.create("web", ONE)
    stack.delete()
    cloud.create("web", ONE)
    assert len({event["RequestId"] for event in provider.events}) == 3


def test_a_stack_created_again_under_its_name_has_another_id(cloud):
    first = cloud.create("web", ONE)
    first.delete()
    assert cloud.create("web", ONE).id != first.id


def reason_of(cloud, provider, answer):
    provider.next["Create"] = answer
    stack = cloud.create("web", ONE)
    assert stack.status == "ROLLBACK_COMPLETE"
    return next(row.reason for row in stack.events if row.status == "CREATE_FAILED")


def test_a_failure_is_reported_with_its_message_and_request_id(cloud, provider):
    reason = reason_of(cloud, provider, failed("RepositoryName: no."))
    request = provider.events[0]["RequestId"]
    assert (
        reason
        == f"Received response status [FAILED] from custom resource. Message returned: RepositoryName: no. (RequestId: {request})"
    )


def test_no_answer_at_all_is_a_failure_that_names_the_request(cloud, provider):
    reason = reason_of(cloud, provider, None)
    request = provider.events[0]["RequestId"]
    assert reason.startswith(
        f"CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [{request}]."
    )


@pytest.mark.parametrize("change, reason", [
    ({"PhysicalResourceId": ""}, "Invalid PhysicalResourceId"),
    ({"PhysicalResourceId": ...}, "Invalid PhysicalResourceId"),
    ({"PhysicalResourceId": 7}, "Invalid PhysicalResourceId"),
    ({"PhysicalResourceId": "x" * 1025}, "Invalid PhysicalResourceId"),
    ({"StackId": "arn:other"}, "Invalid StackId"),
    ({"RequestId": ...}, "Invalid RequestId"),
    ({"LogicalResourceId": "Other"}, "Invalid LogicalResourceId"),
    ({"Status": "OK"}, "Invalid Status"),
    ({"Data": "text"}, "Invalid Data"),
    ({"Status": "FAILED"}, "Invalid Reason"),
    ({"Data": {"Arn": "x" * 4096}}, "Response object is too long."),
])  # fmt: skip
def test_an_answer_that_breaks_the_protocol_fails_the_resource(cloud, provider, change, reason):
    assert reason_of(cloud, provider, change) == reason


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", '{"Status": "SUCCESS"'])
def test_a_body_that_is_no_object_counts_as_no_answer(cloud, provider, body):
    assert reason_of(cloud, provider, lambda event, answer: body).startswith(
        "CloudFormation did not receive a response"
    )


def test_a_null_voids_the_answer(cloud, provider):
    answer = reason_of(cloud, provider, lambda event, answer: {**answer, "Reason": None})
    assert answer.startswith("CloudFormation did not receive a response")


@pytest.mark.parametrize("size, status", [(4096, "CREATE_COMPLETE"), (4097, "ROLLBACK_COMPLETE")])
def test_4096_bytes_are_taken_and_one_more_is_not(cloud, provider, size, status):
    def padded(event, answer):
        bare = len(json.dumps({**answer, "Data": {"Arn": ""}}).encode())
        body = json.dumps({**answer, "Data": {"Arn": "x" * (size - bare)}}).encode()
        assert len(body) == size
        return body

    provider.next["Create"] = padded
    assert cloud.create("web", ONE).status == status


def test_a_physical_id_of_1024_bytes_is_taken(cloud, provider):
    provider.next["Create"] = {"PhysicalResourceId": "x" * 1024}
    assert cloud.create("web", ONE).status == "CREATE_COMPLETE"


@pytest.mark.parametrize("stated, seconds, status", [
    ({}, 3600, "CREATE_COMPLETE"), ({}, 3601, "ROLLBACK_COMPLETE"),
    ({"ServiceTimeout": 60}, 60, "CREATE_COMPLETE"), ({"ServiceTimeout": 60}, 61, "ROLLBACK_COMPLETE"),
])  # fmt: skip
def test_an_answer_counts_until_the_service_timeout(cloud, provider, stated, seconds, status):
    provider.next["Create"] = lambda event, answer: Late(answer, seconds)
    assert cloud.create("web", template({"Repo": repository(**stated)})).status == status


@pytest.mark.parametrize("stated", ["0", "3601", "1.5", "soon", "-1"])
def test_a_service_timeout_out_of_bounds_fails_before_any_event(cloud, provider, stated):
    stack = cloud.create("web", template({"Repo": repository(ServiceTimeout=stated)}))
    assert (
        "CREATE_FAILED Value of property ServiceTimeout must be an integer between 1 and 3600; it is"
        in rows(stack, "Repo")[1]
    )
    assert (provider.events, stack.status) == ([], "ROLLBACK_COMPLETE")


def test_service_timeout_is_read_as_a_string():
    assert (timeout({"ServiceTimeout": "1800"}), timeout({})) == (1800, 3600)


def test_attributes_come_from_data_only(cloud):
    source = template(
        {"Repo": repository("one")}, Outputs={"Out": {"Value": {"Fn::GetAtt": ["Repo", "Gone"]}}}
    )
    stack = cloud.create("web", source)
    assert stack.status == "ROLLBACK_COMPLETE"
    assert (
        "CustomResource attribute error: Vendor response doesn't contain Gone key in object "
        f"{stack.id}|Repo|" in rows(stack, "web")[1]
    )


def test_a_dotted_key_does_not_reach_into_an_object(cloud, provider):
    provider.next["Create"] = {"Data": {"foo": {"bar": "x"}}}
    stack = cloud.create(
        "web",
        template({"Repo": repository()}, Outputs={"Out": {"Value": {"Fn::GetAtt": ["Repo", "foo.bar"]}}}),
    )
    assert "Vendor response doesn't contain foo.bar key" in rows(stack, "web")[1]


def test_an_attribute_that_is_missing_fails_the_resource_that_wants_it(cloud):
    stack = cloud.create("web", template({
        "Repo": repository("one"), "Role": {"Type": "AWS::IAM::Role", "Properties": {"Path": {"Fn::GetAtt": ["Repo", "Gone"]}}}}))  # fmt: skip
    assert rows(stack, "Role")[0].startswith(
        "CREATE_FAILED CustomResource attribute error: Vendor response doesn't contain Gone key"
    )


def test_an_event_that_arrives_twice_has_one_request_id_and_its_first_answer_counts(cloud, provider):
    stack = cloud.create("web", ONE, redeliver={"Repo"})
    first, second = provider.events
    assert first == second
    assert stack.status == "CREATE_COMPLETE" and len(stack.exchanges) == 1


def test_the_provider_gets_a_copy_that_it_may_spoil(cloud, provider):
    def spoil(event, answer):
        event["ResourceProperties"].clear()
        return answer

    provider.next["Create"] = spoil
    assert cloud.create("web", ONE).resources["Repo"].properties["Days"] == "14"


def test_other_custom_resources_are_not_the_providers(cloud, provider):
    other = {
        "Type": "Custom::Other",
        "Properties": {"ServiceToken": "arn:aws:lambda:us-east-1:123456789012:function:other"},
    }
    assert cloud.create("web", template({"Other": other})).status == "CREATE_COMPLETE"
    assert provider.events == []


@pytest.mark.parametrize("kind", ["AWS::CloudFormation::CustomResource", "Custom::Anything"])
def test_a_custom_resource_with_the_functions_token_is(cloud, provider, kind):
    mine = {
        "Type": kind,
        "Properties": {
            "ServiceToken": {
                "Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:custom-ecrrepo"
            }
        },
    }
    cloud.create("web", template({"Mine": mine}))
    assert provider.events[0]["ResourceType"] == kind


def test_a_service_token_that_is_a_parameter_without_a_value_is_the_function_under_test(cloud, provider):
    source = template(
        {"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": {"Ref": "Token"}}}},
        Parameters={"Token": {"Type": "String"}},
    )
    cloud.create("web", source)
    assert provider.events[0]["ServiceToken"] == cloud.function_arn


ARN = "arn:aws:lambda:us-east-1:123456789012:function:custom-ecrrepo"


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (None, "needs the property ServiceToken"),
        ("", "needs the property ServiceToken"),
        ("custom-ecrrepo", "is not the ARN of a function"),
        (ARN.replace("us-east-1", "eu-west-1"), "is in eu-west-1; it must be in the stack's Region, us-east-1"),
        (ARN + "s", "Function not found"),
        (ARN + ":live", "Function not found"),
        (ARN.replace("123456789012", "999999999999"), "not authorized to perform: lambda:InvokeFunction"),
    ],
)
def test_a_service_token_that_cannot_be_invoked_fails_the_creation(cloud, provider, token, reason):
    properties = {} if token is None else {"ServiceToken": token}
    stack = cloud.create("web", template({"Repo": {"Type": "Custom::EcrRepo", "Properties": properties}}))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert reason in next(row.reason for row in stack.events if row.status == "CREATE_FAILED")
    assert provider.events == []


class Invented(dict):
    """Exports as `make local` invents them."""

    def __missing__(self, name):
        return name


def test_a_service_token_imported_by_a_name_that_nobody_exports_is_refused(cloud):
    """Also where other exports are invented, as `make local` does."""
    cloud.exports = Invented(cloud.exports)
    source = template({"Repo": {"Type": "Custom::EcrRepo", "Properties": {
        "ServiceToken": {"Fn::ImportValue": "custom-ecrepo-ServiceToken"},
        "RepositoryName": {"Fn::ImportValue": "somebodys-name"}}}})  # fmt: skip
    with pytest.raises(TemplateError, match="No export named custom-ecrepo-ServiceToken found"):
        cloud.create("web", source)


def test_another_teams_token_may_be_an_export_that_is_invented(cloud, provider):
    cloud.exports = Invented(cloud.exports)
    token = {"Fn::ImportValue": "somebodys-token"}
    stack = cloud.create("web", template({"Other": {"Type": "Custom::Other", "Properties": {"ServiceToken": token}}}))
    assert (stack.status, provider.events) == ("CREATE_COMPLETE", [])


@pytest.mark.parametrize("parameter, given", [
    ({"Type": "AWS::SSM::Parameter::Value<String>"}, {}),
    ({"Type": "AWS::SSM::Parameter::Value<String>"}, {"Token": "/team/token"}),
    ({"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/team/token"}, {}),
    ({"Type": "String"}, {})], ids=["SSM", "SSM, named", "SSM with a default", "String"])
def test_nobody_has_to_give_the_token_that_is_a_parameter(cloud, provider, parameter, given):
    source = template(
        {"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": {"Ref": "Token"}}}}, Parameters={"Token": parameter})
    assert cloud.create("web", source, given).status == "CREATE_COMPLETE"
    assert provider.events[0]["ServiceToken"] == ARN


def test_a_token_that_is_stored_is_used(cloud):
    cloud.stored = {"/team/token": "arn:aws:lambda:us-east-1:123456789012:function:nobodys"}
    source = template(
        {"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": {"Ref": "Token"}}}},
        Parameters={"Token": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/team/token"}})  # fmt: skip
    assert cloud.create("web", source).status == "ROLLBACK_COMPLETE"


TENANT = "111122223333"


@pytest.fixture
def tenant(provider):
    """The CloudFormation of an account that a provider elsewhere serves through an alias."""
    aliases = {f"account-{TENANT}": {TENANT}, "account-444455556666": {"444455556666"}}
    return CloudFormation(provider, account=TENANT, function_account="123456789012", aliases=aliases)


def by(token):
    return template({"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": token}}})


def test_a_tenant_reaches_the_provider_through_its_alias(tenant, provider):
    assert tenant.create("web", by(f"{ARN}:account-{TENANT}")).status == "CREATE_COMPLETE"
    assert provider.events[0]["ServiceToken"] == f"{ARN}:account-{TENANT}"


@pytest.mark.parametrize("token", [ARN, f"{ARN}:account-444455556666", f"{ARN}:account-777788889999"])
def test_a_tenant_reaches_the_provider_by_no_other_way(tenant, provider, token):
    stack = tenant.create("web", by(token))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert "not authorized" in next(row.reason for row in stack.events if row.status == "CREATE_FAILED")
    assert provider.events == []


def test_the_stacks_of_a_tenant_that_left_can_only_be_retained(tenant):
    stack = tenant.create("web", by(f"{ARN}:account-{TENANT}"))
    del tenant.aliases[f"account-{TENANT}"]
    stack.delete()
    assert stack.status == "DELETE_FAILED"
    assert "not authorized" in next(row.reason for row in stack.events if row.status == "DELETE_FAILED")
    stack.delete(retain=["Repo"])
    assert stack.status == "DELETE_COMPLETE"


PREFIX = {"RepositoryName": "{{resolve:ssm:/team/prefix:3}}/web-{{resolve:ssm:/team/suffix}}"}


def test_dynamic_references_to_the_parameter_store_are_put_in(cloud, provider):
    cloud.stored = {"/team/prefix": "team", "/team/suffix": "x"}
    cloud.create("web", template({"Repo": repository(**PREFIX)}))
    assert provider.events[0]["ResourceProperties"]["RepositoryName"] == "team/web-x"


def test_a_dynamic_reference_to_nothing_is_refused_before_anything_happens(cloud, provider):
    with pytest.raises(ValidationError, match="/team/prefix:3}}] cannot be found"):
        cloud.create("web", template({"Repo": repository(**PREFIX)}))
    assert provider.events == []


def test_a_secure_string_is_refused_for_a_custom_resource(cloud):
    cloud.stored = {"/team/key": "x"}
    source = template({"Repo": repository(Tags=[{"Key": "k", "Value": "{{resolve:ssm-secure:/team/key}}"}])})
    with pytest.raises(ValidationError, match="SSM Secure reference is not supported in: .Custom::EcrRepo/Properties/Tags/Value"):
        cloud.create("web", source)


def test_a_parameter_of_the_parameter_store_has_the_value_that_is_stored_there(cloud, provider):
    cloud.stored = {"/team/accounts": "111122223333, 444455556666"}
    source = template(
        {"Repo": repository(Ids={"Ref": "Accounts"})},
        Parameters={"Accounts": {"Type": "AWS::SSM::Parameter::Value<CommaDelimitedList>", "Default": "/team/accounts"}},
    )
    cloud.create("web", source)
    assert provider.events[0]["ResourceProperties"]["Ids"] == ["111122223333", "444455556666"]
    with pytest.raises(ValidationError, match="Unable to fetch parameters \\[/other] from parameter store"):
        cloud.create("web2", source, {"Accounts": "/other"})


def test_an_empty_list_is_a_list_of_one_empty_string(cloud, provider):
    source = template(
        {"Repo": repository(Ids={"Ref": "Accounts"})},
        Parameters={"Accounts": {"Type": "CommaDelimitedList", "Default": ""}},
    )
    cloud.create("web", source)
    assert provider.events[0]["ResourceProperties"]["Ids"] == [""]
