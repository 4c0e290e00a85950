"""Tenants of a central registry: their template, and stacks that reach the provider through an alias of their account."""

import subprocess
import sys
from pathlib import Path

import pytest

import provider_stack
from local.cloudformation import CloudFormation
from local.provider import LocalProvider
from provider_stack import ROOT
from stories import failures

TEMPLATE = ROOT / "examples" / "tenants" / "tenant.yaml"
TENANT, OTHER = "111122223333", "444455556666"
# Until the function holds the alias of its own ARN against the account of the event's StackId.


def test_the_template_lints():
    done = subprocess.run([Path(sys.executable).parent / "cfn-lint", "-t", TEMPLATE], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_alias_pins_no_version_and_lets_in_one_account_only():
    resources = provider_stack.source(TEMPLATE)["Resources"]
    alias = resources["Alias"]["Properties"]
    assert (alias["FunctionVersion"], alias["Name"]) == ("$LATEST", {"Fn::Sub": "account-${TenantAccountId}"})
    permissions = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::Lambda::Permission"]
    assert permissions == [
        {"FunctionName": {"Ref": "Alias"}, "Action": "lambda:InvokeFunction", "Principal": {"Ref": "TenantAccountId"}}]  # fmt: skip


def test_events_of_the_alias_fail_into_the_providers_queue_as_its_own_do():
    config = provider_stack.source(TEMPLATE)["Resources"]["OnFailure"]["Properties"]
    own = provider_stack.source()["Resources"]["EcrRepoFunction"]["Properties"]["EventInvokeConfig"]
    for name in ("MaximumRetryAttempts", "MaximumEventAgeInSeconds"):
        assert config[name] == own[name]
    assert config["Qualifier"] == provider_stack.source(TEMPLATE)["Resources"]["Alias"]["Properties"]["Name"]
    queue = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::ImportValue"]["Fn::Sub"]
    exports = [one["Export"]["Name"]["Fn::Sub"] for one in provider_stack.source()["Outputs"].values() if "Export" in one]
    assert queue in exports


@pytest.fixture
def stacks_of(run):
    """The CloudFormation of an account, with the aliases of both tenants."""
    aliases = {f"account-{account}": {account} for account in (TENANT, OTHER)}
    return lambda account: CloudFormation(LocalProvider(run), account=account, function_account=run.account, aliases=dict(aliases))


def _template(run, alias=""):
    token = f"{run.function_arn}:{alias}" if alias else run.function_arn
    return {"Resources": {"Repo": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": token, "RepositoryName": "tenant/app"}}}}


def _names(run):
    return [one["repositoryName"] for one in run.repositories()]


def test_a_tenants_stack_lives_through_its_own_alias(run, stacks_of):
    stack = stacks_of(TENANT).create("web", _template(run, f"account-{TENANT}"))
    assert (stack.status, _names(run)) == ("CREATE_COMPLETE", ["tenant/app"]), failures(stack)
    stack.delete()
    assert (stack.status, _names(run)) == ("DELETE_COMPLETE", []), failures(stack)


def test_an_account_is_not_served_through_the_alias_of_another(run, stacks_of):
    """The provider's own account may invoke any alias by its own rights, so that the function has to refuse."""
    stack = stacks_of(run.account).create("web", _template(run, f"account-{TENANT}"))
    assert (stack.status, _names(run)) == ("ROLLBACK_COMPLETE", [])


@pytest.mark.parametrize("alias", ["", f"account-{OTHER}", "account-777788889999"])
def test_lambda_lets_a_tenant_in_by_no_other_way(run, stacks_of, alias):
    stack = stacks_of(TENANT).create("web", _template(run, alias))
    assert (stack.status, _names(run)) == ("ROLLBACK_COMPLETE", [])
    assert "not authorized to perform: lambda:InvokeFunction" in failures(stack)[0]


@pytest.mark.parametrize("alias", ["", f"account-{OTHER}"])
def test_the_function_refuses_an_event_that_names_a_tenants_stack_by_another_way(run, stacks_of, alias):
    """Sent by hand, past CloudFormation."""
    cloud = stacks_of(TENANT)
    stack = cloud.create("web", _template(run, f"account-{TENANT}"))
    event = stack.exchanges[0].event
    step = run.invoke({**event, "PhysicalResourceId": ""} | {"RequestType": "Create"}, "by hand", alias)
    assert (step.response["Status"], step.calls) == ("FAILED", ())


def test_a_tenant_that_left_can_change_nothing_and_its_repository_stays(run, stacks_of):
    cloud = stacks_of(TENANT)
    stack = cloud.create("web", _template(run, f"account-{TENANT}"))
    del cloud.aliases[f"account-{TENANT}"]
    stack.delete()
    assert (stack.status, _names(run)) == ("DELETE_FAILED", ["tenant/app"])
    stack.delete(retain=["Repo"])
    assert (stack.status, _names(run)) == ("DELETE_COMPLETE", ["tenant/app"])
