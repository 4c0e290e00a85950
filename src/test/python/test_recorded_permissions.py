"""Every call that the packaged function makes, in all kinds of requests, put to a policy evaluator: the role of a provider deployed
with the same parameters must allow it, and must allow no action that no request ever needs."""

import json
import uuid
from unittest.mock import patch

import pytest
from moto.ecr.exceptions import InvalidParameterException
from moto.ecr.models import ECRBackend

import provider_stack
from local.run import LocalRun
from provider_stack import ACCOUNT, REGION, deploy
from recorded import Registry
from test_permissions import KEY, KEY_POLICY, ROLE

STACK = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/shop/6f2a1b70-9d1e-11f0-8c3b-0affd5a7c1e5"
TOKEN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:custom-ecrrepo"


def policy(*actions):
    """A repository policy for one other account."""
    return {"Version": "2012-10-17", "Statement": [
        {"Sid": "Consumer", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": list(actions)}]}


PULL = policy("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
NAMES = {"NamePrefix": "team/", "AllowAdoption": "true"}


def event(kind, properties, old=None, physical_id=None):
    body = {
        "RequestType": kind, "RequestId": str(uuid.uuid4()), "StackId": STACK, "LogicalResourceId": "Repository",
        "ResourceType": "Custom::EcrRepo", "ServiceToken": TOKEN,
        "ResponseURL": "https://cloudformation-custom-resource-response-eucentral1.s3.amazonaws.com/x",
        "ResourceProperties": {"ServiceToken": TOKEN} | properties}
    if old is not None:
        body["OldResourceProperties"] = {"ServiceToken": TOKEN} | old
    if physical_id is not None:
        body["PhysicalResourceId"] = physical_id
    return body


class Story:
    """One function and one registry; keeps what IAM would have been asked about each of the function's calls."""

    def __init__(self, run):
        self._run = run
        self._registry = Registry(ACCOUNT, REGION)
        self.asked = []

    def others_create(self, name, **tags):
        self._run.call("CreateRepository", repositoryName=name, tags=[{"Key": k, "Value": v} for k, v in tags.items()])
        self._registry.made_by_others(name, tags)

    def play(self, kind, properties, status="SUCCESS", **rest):
        self._last = event(kind, properties, **rest)
        return self._deliver(status)

    def play_again(self):
        """Lambda may deliver an event twice."""
        return self._deliver("SUCCESS")

    def _deliver(self, status):
        step = self._run.invoke(self._last, name=self._last["RequestType"])
        assert step.response is not None and step.response["Status"] == status, (step.response, step.message)
        for call in step.calls:
            self.asked += self._registry.questions(call.operation, call.parameters)
            if call.error is None:
                self._registry.happened(call.operation, call.parameters)
        return step.response["PhysicalResourceId"]

    def replace(self, old, new):
        """An Update, and the clean-up that CloudFormation sends when the physical ID has changed."""
        before = self.physical_id
        self.physical_id = self.play("Update", new, old=old, physical_id=before)
        if self.physical_id != before:
            self.play("Delete", old, physical_id=before)

    def create(self, properties):
        self.physical_id = self.play("Create", properties)

    def delete(self, properties):
        self.play("Delete", properties, physical_id=self.physical_id)


def every_property_changes(story):
    first = {"RepositoryName": "team/a", "Access": {"Pull": {"AccountIds": ["111122223333"]}}, "Tags": [{"Key": "Team", "Value": "a"}, {"Key": "Old", "Value": "1"}]}
    second = {"RepositoryName": "team/a", "ImageTagMutability": "MUTABLE", "ImageScanningConfiguration": {"ScanOnPush": "false"},
              "MaxImageCount": "5", "RepositoryPolicyText": policy("ecr:PutImage"), "Tags": [{"Key": "Team", "Value": "b"}]}
    bare = {"RepositoryName": "team/a", "Profile": "Native"}
    story.create(first)
    story.replace(first, second)
    story.replace(second, bare)
    story.replace(bare, first)
    story.delete(first)


def renamed_and_back(story):
    one, other = {"RepositoryName": "team/one"}, {"RepositoryName": "team/other", "EmptyOnDelete": "true"}
    story.create(one)
    story.replace(one, other)
    story.replace(other, {})
    story.delete({})


def encrypted_with_a_key(story):
    encrypted = {"RepositoryName": "team/secret", "EncryptionConfiguration": {"KmsKey": KEY}}
    story.create(encrypted)
    story.delete(encrypted)


def adopted_and_released(story):
    story.others_create("team/theirs", Team="x")
    adopting = {"RepositoryName": "team/theirs", "AdoptExisting": "true"}
    changed = adopting | {"MaxImageCount": "9", "RepositoryPolicyText": PULL}
    story.create(adopting)
    story.replace(adopting, changed)
    story.delete(changed)


def created_in_vain(story):
    """ECR refuses the lifecycle policy after the repository was made, so the function takes it away again."""
    refusal = InvalidParameterException("refused by the test")
    properties = {"RepositoryName": "team/b", "MaxImageCount": "5"}
    with patch.object(ECRBackend, "put_lifecycle_policy", side_effect=refusal):
        marker = story.play("Create", properties, status="FAILED")
    assert {"ecr:CreateRepository", "ecr:DeleteRepository"} <= {question.action for question in story.asked}
    story.play("Delete", properties, physical_id=marker)


def others_are_left_alone(story):
    story.others_create("team/foreign", Team="y")
    marker = story.play("Create", {"RepositoryName": "team/foreign"}, status="FAILED")
    story.play("Delete", {"RepositoryName": "team/foreign"}, physical_id=marker)
    story.play("Delete", {"RepositoryName": "team/foreign"}, physical_id="team/foreign")
    story.play("Create", {"RepositoryName": "elsewhere/a"}, status="FAILED")
    story.play("Delete", {"RepositoryName": "elsewhere/a"}, physical_id="elsewhere/a")


def delivered_twice(story):
    properties = {"RepositoryName": "team/twice", "RepositoryPolicyText": PULL}
    story.create(properties)
    assert story.play_again() == story.physical_id
    story.delete(properties)
    story.play_again()


def cancelled(story):
    """A sibling failed while the Create ran: CloudFormation makes an ID up and deletes that."""
    properties = {"RepositoryName": "team/cancelled"}
    story.create(properties)
    story.play("Delete", properties, physical_id="shop-Repository-1ABCDEFGHIJKL")


STORIES = [every_property_changes, renamed_and_back, encrypted_with_a_key, adopted_and_released, created_in_vain,
           others_are_left_alone, delivered_twice, cancelled]


@pytest.fixture(scope="module")
def stack():
    return deploy(**NAMES)


@pytest.fixture(scope="module")
def played(stack, package):
    """The questions of every story, by its name; the function has the variables that this deployment gives it."""
    environment = {k: v for k, v in stack.environment().items() if k.startswith("ECRREPO_")}
    asked = {}
    with LocalRun(ACCOUNT, REGION, package=package, environment=environment) as run:
        for play in STORIES:
            story = Story(run)
            play(story)
            asked[play.__name__] = story.asked
    return asked


@pytest.fixture(scope="module")
def decide(stack, evaluator):
    policies = stack.role_policies()

    def allowed(question):
        key_policy = KEY_POLICY if question.action.startswith("kms:") else None
        return evaluator.allowed(policies, ROLE, question.action, question.resource, question.context, key_policy)
    return allowed


@pytest.mark.parametrize("story", [play.__name__ for play in STORIES])
def test_the_role_allows_every_call_that_the_function_makes(played, decide, story):
    assert played[story], "nothing was recorded"
    assert [question for question in played[story] if not decide(question)] == []


def test_the_role_allows_no_action_that_no_request_needs(played, stack):
    needed = {question.action for asked in played.values() for question in asked}
    statements = [statement for policy in stack.role_policies() for statement in policy["Statement"]]
    granted = set()
    for statement in statements:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        granted |= {action for action in actions if action.startswith(("ecr:", "kms:"))}
    assert granted == needed


def test_adoption_needs_the_operators_leave_in_the_role_as_well(played, evaluator):
    policies = deploy(**NAMES | {"AllowAdoption": "false"}).role_policies()
    refused = [q.action for q in played["adopted_and_released"]
               if not evaluator.allowed(policies, ROLE, q.action, q.resource, q.context)]
    assert refused == ["ecr:TagResource"]


def test_recorded_questions_are_answered_no_by_another_providers_role(played, evaluator):
    """The evaluator really decides by these policies: under another prefix no writing call passes."""
    policies = provider_stack.deploy(NamePrefix="other-").role_policies()
    reads = ("ecr:Describe", "ecr:Get", "ecr:List", "kms:")
    passed = {q.action for asked in played.values() for q in asked if not q.action.startswith(reads)
              and evaluator.allowed(policies, ROLE, q.action, q.resource, q.context)}
    assert passed == set()


def test_every_setting_is_read_under_the_name_that_the_template_gives_it(stack, package):
    """All of them malformed at once: the answer names every parameter."""
    names = {k for k in stack.environment() if k.startswith("ECRREPO_")}
    with LocalRun(ACCOUNT, REGION, package=package, environment={name: "Not, Valid!" for name in names}) as run:
        step = run.invoke(event("Create", {"RepositoryName": "team/a"}))
    assert step.response["Status"] == "FAILED" and not step.calls
    parameters = {"NamePrefix", "AllowedGrantAccounts", "AllowedOrganizations", "AllowPublicAccess", "RequireImmutableTags",
                  "RequireScanOnPush", "RequireKmsEncryption", "AllowedKmsKeys", "AllowEmptyOnDelete", "AllowAdoption",
                  "RequiredTags", "AllowAdministrativeGrants", "MinExpiryDays", "MinImageCount", "FormerNamePrefix", "DefaultTags"}
    assert len(parameters) == len(names)
    assert {name for name in parameters if name in step.response["Reason"]} == parameters, json.dumps(step.response)
