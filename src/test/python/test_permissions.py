"""The provider's permissions, judged by a policy evaluator that is not ours: the function may do what it does and nothing
else, and the policies to hand out give what their names say."""

import pytest

from provider_stack import ACCOUNT, REGION, deploy
from recorded import Registry

ROLE = f"arn:aws:iam::{ACCOUNT}:role/Role"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = KEY.replace("1234abcd", "9999abcd")
# As the policy of a key usually is: it leaves the decision to IAM.
KEY_POLICY = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}]}
OWNER = {"ecrrepo:managed-by": "Custom::EcrRepo", "ecrrepo:stack-id": "arn:aws:cloudformation:…:stack/s/1",
         "ecrrepo:logical-id": "Repository"}
CREATED = OWNER | {"ecrrepo:created-by": "11111111-2222-3333-4444-555555555555"}
ADOPTED = OWNER | {"ecrrepo:adopted": "true"}
CHANGES = ["DeleteLifecyclePolicy", "DeleteRepository", "DeleteRepositoryPolicy", "PutImageScanningConfiguration",
           "PutImageTagMutability", "PutLifecyclePolicy", "SetRepositoryPolicy", "TagResource", "UntagResource"]
READS = ["DescribeRepositories", "GetLifecyclePolicy", "GetRepositoryPolicy", "ListTagsForResource"]


@pytest.fixture
def may(evaluator, transformed):
    """`may(question, **parameters)`: whether the function of a provider deployed with these parameters may do it."""
    def ask(question, **parameters):
        policy = KEY_POLICY if question.action.startswith("kms:") else None
        policies = deploy(transformed, **parameters).role_policies()
        return evaluator.allowed(policies, ROLE, question.action, question.resource, question.context, policy)
    return ask


def questions(operation, name="team-a", tags=None, live=None, key=None, **parameters):
    """What IAM is asked about an operation on a repository that has the live tags."""
    registry = Registry(ACCOUNT, REGION)
    registry.made_by_others(name, live or {}, key)
    listed = [{"Key": k, "Value": v} for k, v in (tags or {}).items()]
    arn = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}"
    if operation == "CreateRepository":
        parameters |= {"repositoryName": name, "tags": listed}
    elif operation == "TagResource":
        parameters |= {"resourceArn": arn, "tags": listed or [{"Key": "Team", "Value": "a"}]}
    elif operation == "UntagResource":
        parameters |= {"resourceArn": arn, "tagKeys": list(tags or {"Team": "a"})}
    elif operation == "ListTagsForResource":
        parameters |= {"resourceArn": arn}
    elif operation == "DescribeRepositories":
        parameters |= {"repositoryNames": [name]}
    else:
        parameters |= {"repositoryName": name}
    return registry.questions(operation, parameters)


def question(*args, **kwargs):
    (only,) = questions(*args, **kwargs)
    return only


@pytest.mark.parametrize("operation", CHANGES + READS)
def test_the_function_may_keep_a_repository_of_its_own(may, operation):
    assert may(question(operation, live=CREATED))


@pytest.mark.parametrize("operation", CHANGES)
@pytest.mark.parametrize("live", [{}, {"Team": "a"}, {"ecrrepo:managed-by": "somebody else"}, {"managed-by": "Custom::EcrRepo"}],
                         ids=["untagged", "tagged", "another manager", "a tag that looks alike"])
def test_a_repository_of_others_cannot_be_changed(may, operation, live):
    assert not may(question(operation, live=live))


@pytest.mark.parametrize("operation", CHANGES)
def test_nothing_outside_the_prefix_can_be_changed(may, operation):
    assert may(question(operation, name="team-a", live=CREATED), NamePrefix="team-")
    assert not may(question(operation, name="other", live=CREATED), NamePrefix="team-")
    assert not may(question(operation, name="x/team-a", live=CREATED), NamePrefix="team-")


@pytest.mark.parametrize("operation", READS)
def test_reading_is_not_confined_so_that_refusals_can_say_why(may, operation):
    assert may(question(operation, name="other"), NamePrefix="team-")


def test_a_creation_with_ownership_tags_is_allowed_under_the_prefix_only(may):
    def created(name):
        return [may(q, NamePrefix="team-") for q in questions("CreateRepository", name=name, tags=CREATED | {"Team": "a"})]
    assert created("team-a") == [True, True]
    assert created("other") == [False, False]


@pytest.mark.parametrize("missing", sorted(CREATED))
def test_a_creation_without_its_whole_ownership_is_refused(may, missing):
    tags = {k: v for k, v in CREATED.items() if k != missing}
    assert [may(q) for q in questions("CreateRepository", tags=tags)] == [False, False]


def test_a_creation_without_tags_is_refused(may):
    assert not may(question("CreateRepository"))


@pytest.mark.parametrize("operation", CHANGES)
def test_a_former_prefix_can_be_maintained_until_its_repositories_are_gone(may, operation):
    old = question(operation, name="old-a", live=CREATED)
    assert not may(old, NamePrefix="team-")
    assert may(old, NamePrefix="team-", FormerNamePrefix="old-")
    assert may(old, NamePrefix="team-", FormerNamePrefix="*")
    foreign = question(operation, name="old-a")
    assert not may(foreign, NamePrefix="team-", FormerNamePrefix="old-")


def test_nothing_new_is_created_under_a_former_prefix(may):
    asked = questions("CreateRepository", name="old-a", tags=CREATED)
    assert [may(q, NamePrefix="team-", FormerNamePrefix="*") for q in asked] == [False, False]


def test_a_repository_is_adopted_only_where_the_operator_allows_it(may):
    adoption = question("TagResource", tags=ADOPTED, live={"Team": "a"})
    assert not may(adoption)
    assert may(adoption, AllowAdoption="true")
    elsewhere = question("TagResource", name="other", tags=ADOPTED)
    assert not may(elsewhere, AllowAdoption="true", NamePrefix="team-")


def test_adoption_cannot_put_other_tags_on_a_repository_of_others(may):
    assert not may(question("TagResource", tags={"Team": "b"}), AllowAdoption="true")


def test_an_adopted_repository_can_be_released(may):
    live = ADOPTED | {"Team": "a"}
    assert may(question("UntagResource", tags=ADOPTED, live=live))


@pytest.mark.parametrize("action", [
    "ecr:BatchDeleteImage", "ecr:PutImage", "ecr:BatchGetImage", "ecr:InitiateLayerUpload", "ecr:StartImageScan",
    "ecr:ReplicateImage", "ecr:DescribeImages"])
def test_images_are_out_of_reach(evaluator, transformed, action):
    policies = deploy(transformed, AllowAdoption="true").role_policies()
    context = {f"aws:ResourceTag/{k}": v for k, v in CREATED.items()}
    assert not evaluator.allowed(policies, ROLE, action, f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team-a", context)


@pytest.mark.parametrize("action", [
    "ecr:PutRegistryPolicy", "ecr:DeleteRegistryPolicy", "ecr:PutReplicationConfiguration", "ecr:GetAuthorizationToken",
    "ecr:PutRegistryScanningConfiguration", "iam:CreateServiceLinkedRole", "logs:CreateLogGroup", "kms:CreateKey",
    "lambda:UpdateFunctionConfiguration", "sqs:ReceiveMessage"])
def test_the_registry_and_the_provider_itself_are_out_of_reach(evaluator, transformed, action):
    resources = {
        "ecr": "*", "iam": f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/ecr.amazonaws.com/AWSServiceRoleForECR",
        "kms": "*", "logs": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/custom-ecrrepo",
        "lambda": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:custom-ecrrepo",
        "sqs": f"arn:aws:sqs:{REGION}:{ACCOUNT}:FailureQueue"}
    policies = deploy(transformed).role_policies()
    assert not evaluator.allowed(policies, ROLE, action, resources[action.split(":")[0]])


def test_another_accounts_or_regions_registry_is_out_of_reach(evaluator, transformed):
    policies = deploy(transformed).role_policies()
    context = {f"aws:ResourceTag/{k}": v for k, v in CREATED.items()}
    for account, region in (("999999999999", REGION), (ACCOUNT, "us-east-1")):
        arn = f"arn:aws:ecr:{region}:{account}:repository/team-a"
        assert not evaluator.allowed(policies, ROLE, "ecr:DeleteRepository", arn, context)
        assert not evaluator.allowed(policies, ROLE, "ecr:DescribeRepositories", arn)


def test_keys_are_granted_through_ecr_only_and_only_those_allowed(may):
    encryption = {"encryptionType": "KMS", "kmsKey": KEY}
    asked = [q for q in questions("CreateRepository", tags=CREATED, encryptionConfiguration=encryption)
             if q.action.startswith("kms:")]
    asked += [q for q in questions("DeleteRepository", live=CREATED, key=KEY) if q.action.startswith("kms:")]
    assert [q.action for q in asked] == ["kms:DescribeKey", "kms:CreateGrant", "kms:RetireGrant"]
    for q in asked:
        assert may(q)
        assert may(q, AllowedKmsKeys=f"{OTHER_KEY},{KEY}")
        # A key that is no longer allowed gets no new grant, and can still be released.
        assert may(q, AllowedKmsKeys=OTHER_KEY) == (q.action != "kms:CreateGrant")
        q.context["kms:ViaService"] = f"secretsmanager.{REGION}.amazonaws.com"
        assert not may(q)
        del q.context["kms:ViaService"]
        assert not may(q)


@pytest.mark.parametrize("action", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:RevokeGrant", "kms:PutKeyPolicy"])
def test_keys_cannot_be_used_otherwise(evaluator, transformed, action):
    context = {"kms:ViaService": f"ecr.{REGION}.amazonaws.com"}
    if action == "kms:RevokeGrant":
        context["kms:GrantIsForAWSResource"] = "true"
    assert not evaluator.allowed(deploy(transformed).role_policies(), ROLE, action, KEY, context, KEY_POLICY)


def test_the_function_logs_to_its_own_group_and_keeps_failures_in_its_own_queue(evaluator, transformed):
    policies = deploy(transformed, FunctionName="second").role_policies()

    def allowed(action, resource):
        return evaluator.allowed(policies, ROLE, action, resource)
    own = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/second:log-stream:2026/11/21/[$LATEST]abc"
    assert allowed("logs:PutLogEvents", own)
    assert allowed("logs:CreateLogStream", own)
    assert not allowed("logs:PutLogEvents", own.replace("/second:", "/custom-ecrrepo:"))
    assert allowed("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:FailureQueue")
    assert not allowed("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:another")


REPORT_ROLE = f"arn:aws:iam::{ACCOUNT}:role/ReportRole"
PREVIEWS = ["StartLifecyclePolicyPreview", "GetLifecyclePolicyPreview"]


@pytest.fixture
def may_report(evaluator, transformed):
    """Whether the function that reports may do it; with every parameter that widens the provider's own role."""
    policies = deploy(transformed, Reports="true", AllowAdoption="true").role_policies("ReportRole")

    def ask(action, resource, context=None):
        return evaluator.allowed(policies, REPORT_ROLE, action, resource, context)
    return ask


@pytest.mark.parametrize("operation", READS)
def test_reports_may_read_every_repository(may_report, operation):
    asked = question(operation, name="other")
    assert may_report(asked.action, asked.resource, asked.context)


@pytest.mark.parametrize("operation", PREVIEWS)
def test_reports_may_preview_lifecycle_policies_and_the_provider_may_not(may_report, evaluator, transformed, operation):
    arn = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team-a"
    assert may_report(f"ecr:{operation}", arn)
    assert not evaluator.allowed(deploy(transformed, Reports="true").role_policies(), ROLE, f"ecr:{operation}", arn)


@pytest.mark.parametrize("operation", [*CHANGES, "CreateRepository"])
@pytest.mark.parametrize("tags", [CREATED, ADOPTED], ids=["created", "adopted"])
def test_reports_may_change_nothing(may_report, operation, tags):
    for asked in questions(operation, tags=tags if operation in ("CreateRepository", "TagResource") else None, live=CREATED):
        assert not may_report(asked.action, asked.resource, asked.context)


@pytest.mark.parametrize("action", [
    "ecr:BatchDeleteImage", "ecr:PutImage", "ecr:BatchGetImage", "ecr:ListImages", "ecr:StartImageScan"])
def test_images_are_out_of_the_reach_of_reports(may_report, action):
    assert not may_report(action, f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team-a")


@pytest.mark.parametrize("action, resource", [
    ("kms:CreateGrant", KEY), ("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:FailureQueue"),
    ("lambda:InvokeFunction", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:custom-ecrrepo"),
    ("ecr:PutRegistryPolicy", "*"), ("ecr:GetAuthorizationToken", "*")])
def test_reports_reach_nothing_else(may_report, action, resource):
    assert not may_report(action, resource)


def test_reports_log_to_their_own_group(may_report):
    own = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/custom-ecrrepo-reports:log-stream:2026/11/21/[$LATEST]abc"
    assert may_report("logs:PutLogEvents", own)
    assert not may_report("logs:PutLogEvents", own.replace("-reports:", ":"))


PULL = {"BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"}
PUSH = PULL | {"CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "UploadLayerPart"}
NEITHER = {"BatchDeleteImage", "DeleteRepository", "SetRepositoryPolicy", "DeleteRepositoryPolicy", "PutLifecyclePolicy",
           "PutImageTagMutability", "TagResource", "CreateRepository"}


@pytest.mark.parametrize("policy, given", [("PullPolicy", PULL), ("PushPolicy", PUSH)])
def test_a_policy_to_hand_out_gives_its_actions_under_the_prefix_and_no_others(evaluator, transformed, policy, given):
    document = deploy(transformed, NamePrefix="team-").managed_policy(policy)

    def allowed(action, name):
        resource = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}"
        return evaluator.allowed([document], ROLE, f"ecr:{action}", resource)
    assert {action for action in PUSH | NEITHER if allowed(action, "team-a")} == given
    assert {action for action in PUSH | NEITHER if allowed(action, "other")} == set()
    assert not evaluator.allowed([document], ROLE, "ecr:GetAuthorizationToken", "*")


def test_a_token_policy_logs_in_to_its_own_registry_and_gives_no_image(evaluator, transformed):
    stack = deploy(transformed)
    private, public = (stack.managed_policy(name) for name in ("RegistryTokenPolicy", "PublicGalleryTokenPolicy"))
    bearer = {"sts:AWSServiceName": "ecr-public.amazonaws.com"}
    codeartifact = {"sts:AWSServiceName": "codeartifact.amazonaws.com"}

    def allowed(document, action, resource="*", context=None):
        return evaluator.allowed([document], ROLE, action, resource, context)
    assert allowed(private, "ecr:GetAuthorizationToken")
    assert not allowed(private, "ecr-public:GetAuthorizationToken")
    assert allowed(public, "ecr-public:GetAuthorizationToken")
    assert allowed(public, "sts:GetServiceBearerToken", context=bearer)
    assert not allowed(public, "sts:GetServiceBearerToken", context=codeartifact)
    assert not allowed(public, "ecr:GetAuthorizationToken")
    for document in (private, public):
        assert not allowed(document, "ecr:BatchGetImage", f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team-a")
