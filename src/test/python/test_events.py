"""The packaged function in the real runtime client, event by event: calls, answer, and what ECR holds after."""

import json

import pytest

from local import events, find
from stories import changes, without_record

EVENTS = find.ROOT / "events"
OWNERSHIP = {"ecrrepo:applied", "ecrrepo:created-by", "ecrrepo:logical-id", "ecrrepo:managed-by", "ecrrepo:stack-id"}
ATTRIBUTES = {
    "Arn", "CriticalFindingEventPattern", "DualStackUri", "EncryptionType", "ImageScanCompletedEventPattern", "KmsKey",
    "RegistryId", "RegistryUri", "RepositoryName", "RepositoryUri", "RepositoryUrl"}


def play(run, *names):
    return [run.invoke((EVENTS / f"{name}.json").read_bytes(), name) for name in names]


def event(name, **changes):
    return json.loads((EVENTS / f"{name}.json").read_text()) | changes


def calls(step):
    return [each.operation for each in step.calls]


def writes(step):
    return [each.operation for each in step.calls if not each.read_only]


def tags(repository):
    return {each["Key"]: each["Value"] for each in repository["tags"]}


def test_create_makes_a_good_repository_in_two_calls(run):
    (step,) = play(run, "create")
    assert calls(step) == ["CreateRepository", "PutLifecyclePolicy"]
    assert step.response["Status"] == "SUCCESS"
    assert step.response["PhysicalResourceId"] == "team/checkout"
    (repository,) = run.repositories()
    assert repository["imageTagMutability"] == "IMMUTABLE"
    assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
    assert repository["encryptionConfiguration"]["encryptionType"] == "AES256"
    assert tags(repository).keys() == OWNERSHIP | {"team"}
    (rule,) = repository["lifecyclePolicy"]["rules"]
    assert (rule["selection"]["tagStatus"], rule["selection"]["countNumber"]) == ("untagged", 14)
    assert repository["repositoryPolicy"] is None


def test_the_answer_names_its_request_and_offers_every_attribute(run):
    (step,) = play(run, "create")
    sent = event("create")
    for key in ("StackId", "RequestId", "LogicalResourceId"):
        assert step.response[key] == sent[key]
    data = step.response["Data"]
    assert data.keys() == ATTRIBUTES
    assert data["Arn"] == "arn:aws:ecr:us-east-1:123456789012:repository/team/checkout"
    assert data["RepositoryUri"] == "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/checkout"


def test_update_changes_what_differs_and_nothing_else(run):
    _, step = play(run, "create", "update")
    assert step.response["Status"] == "SUCCESS", step.response
    assert step.response["PhysicalResourceId"] == "team/checkout"
    assert sorted(writes(step)) == ["PutImageTagMutability", "SetRepositoryPolicy", "TagResource"]
    (repository,) = run.repositories()
    assert repository["imageTagMutability"] == "IMMUTABLE_WITH_EXCLUSION"
    assert tags(repository)["stage"] == "production"
    assert repository["repositoryPolicy"]["Statement"][0]["Sid"] == "BuildersMayPull"


def test_the_same_update_again_writes_nothing(run):
    *_, step = play(run, "create", "update", "update")
    assert step.response["Status"] == "SUCCESS"
    assert changes(step.calls) == []


def test_another_name_is_another_repository_and_the_old_one_waits_for_its_clean_up(run):
    *_, step = play(run, "create", "update", "update-replace")
    assert step.response["PhysicalResourceId"] == "team/checkout-service"
    assert [each["repositoryName"] for each in run.repositories()] == ["team/checkout", "team/checkout-service"]
    (cleaned,) = play(run, "delete")
    assert cleaned.response["Status"] == "SUCCESS"
    assert [each["repositoryName"] for each in run.repositories()] == ["team/checkout-service"]


def test_a_rollback_brings_back_what_there_was(run):
    play(run, "create")
    before = without_record(run.repositories())
    *_, step = play(run, "update", "update-rollback")
    assert step.response["Status"] == "SUCCESS", step.response
    assert without_record(run.repositories()) == before


def test_delete_leaves_nothing_and_a_second_one_succeeds_too(run):
    _, first, second = play(run, "create", "delete", "delete")
    assert first.response["Status"] == second.response["Status"] == "SUCCESS"
    assert "DeleteRepository" in writes(first)
    assert writes(second) == []
    assert run.repositories() == []


def test_delete_of_a_repository_with_images_fails_and_keeps_them(run):
    play(run, "create")
    run.push("team/checkout", "v1")
    (step,) = play(run, "delete")
    assert step.response["Status"] == "FAILED"
    assert "EmptyOnDelete" in step.response["Reason"]
    assert len(run.repositories()) == 1


def test_delete_after_a_failed_create_touches_nothing(run):
    run.call("CreateRepository", repositoryName="team/checkout")
    (step,) = play(run, "delete-after-failed-create")
    assert step.response["Status"] == "SUCCESS"
    assert writes(step) == []
    assert len(run.repositories()) == 1


def test_delete_with_an_invented_id_leaves_the_repository_of_others(run):
    run.call("CreateRepository", repositoryName="team/checkout")
    (step,) = play(run, "delete-cancelled-create")
    assert step.response["Status"] == "SUCCESS"
    assert writes(step) == []


def test_every_native_property_is_taken_over(run):
    (step,) = play(run, "create-native-properties")
    assert step.response["Status"] == "SUCCESS", step.response
    (repository,) = run.repositories()
    wanted = event("create-native-properties")["ResourceProperties"]
    assert repository["imageTagMutability"] == "MUTABLE_WITH_EXCLUSION"
    assert {each["filter"] for each in repository["imageTagMutabilityExclusionFilters"]} == {"v*", "release-*"}
    assert repository["encryptionConfiguration"] == {
        "encryptionType": "KMS", "kmsKey": wanted["EncryptionConfiguration"]["KmsKey"]}
    assert repository["lifecyclePolicy"] == json.loads(wanted["LifecyclePolicy"]["LifecyclePolicyText"])
    assert repository["repositoryPolicy"] == json.loads(wanted["RepositoryPolicyText"])


@pytest.mark.parametrize("name", ["malformed-request-type", "malformed-properties"])
def test_a_malformed_event_is_refused_without_a_call(run, name):
    (step,) = play(run, name)
    assert step.response["Status"] == "FAILED"
    assert step.calls == ()


def test_all_faulty_properties_are_named_at_once(run):
    (step,) = play(run, "malformed-properties")
    for path in ("RepositoryName", "ImageTagMutabilty", "ImageScanningConfiguration.ScanOnPush",
                 "EncryptionConfiguration.KmsKey", "EmptyOnDelete", "LifecyclePolicy.LifecyclePolicyText", "Tags"):
        assert path in step.response["Reason"]
    assert step.response["PhysicalResourceId"].startswith("EcrRepo::CREATE_FAILED::")


@pytest.mark.parametrize("text", [b"{}", b"[]", b"null", b"no JSON", b"", b'{"RequestType": 1}'])
def test_an_event_that_nobody_can_be_told_of_makes_no_call_and_throws(run, text):
    step = run.invoke(text)
    assert (step.calls, step.response, step.outcome) == ((), None, "threw")
    assert step.message


def test_a_malformed_response_url_makes_no_call_and_throws(run):
    (step,) = play(run, "malformed-response-url")
    assert (step.calls, step.response, step.outcome) == ((), None, "threw")


def test_an_answer_that_is_refused_for_good_makes_the_function_throw(run):
    run.receiver.status = lambda body: 400
    (step,) = play(run, "create")
    assert (step.outcome, step.response) == ("threw", None)
    run.receiver.status = lambda body: 200
    (again,) = play(run, "create")
    assert again.response["Status"] == "SUCCESS"
    assert "CreateRepository" not in [each.operation for each in again.calls if not each.error]


def test_a_refused_answer_is_sent_again_byte_by_byte(run):
    bodies = []

    def busy_at_first(body):
        bodies.append(body)
        return 503 if len(bodies) == 1 else 200

    run.receiver.status = busy_at_first
    (step,) = play(run, "create")
    assert step.outcome == "answered"
    assert len(bodies) == 2 and bodies[0] == bodies[1]


def test_no_log_contains_a_response_url(run):
    steps = play(run, *(each.name.removesuffix(".json") for each in events.read(str(EVENTS), find.ROOT)))
    log = "".join(each.log for each in steps)
    assert log
    assert "X-Amz-Signature" not in log and "127.0.0.1" not in log


def test_every_log_line_is_a_json_object(run):
    run.cool_down()
    for line in play(run, "create")[0].log.splitlines():
        assert isinstance(json.loads(line), dict)
