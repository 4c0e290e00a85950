"""The local Lambda is honest: what it starts, what it tells a function, and what it makes of one that fails."""

import json
import re
import threading

import pytest

from local.run import LocalRun

URL = "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?X-Amz-Signature=1"


@pytest.fixture(scope="module")
def module_run(probe):
    with LocalRun("111122223333", "eu-west-1", package=probe, handler="Probe::handleRequest", timeout=2) as run:
        yield run


@pytest.fixture
def run(module_run):
    module_run.emulator.reset()
    return module_run


def told(step):
    return dict(re.findall(r"(\w+)=(\S+)", step.log[step.log.index("remaining="):]))


def test_the_function_learns_its_account_region_name_memory_and_deadline(run):
    about = told(run.invoke({"Do": "tell"}))
    assert about["arn"] == run.function_arn == "arn:aws:lambda:eu-west-1:111122223333:function:custom-ecrrepo"
    assert (about["name"], about["memory"], about["region"]) == ("custom-ecrrepo", "1769", "eu-west-1")
    assert 0 < int(about["remaining"]) <= 2000


def test_a_function_that_is_invoked_through_an_alias_finds_it_at_the_end_of_its_arn(run):
    about = told(run.invoke({"Do": "tell"}, qualifier="account-444455556666"))
    assert about["arn"] == f"{run.function_arn}:account-444455556666"
    assert about["name"] == "custom-ecrrepo"


def test_a_warm_process_takes_the_next_event(run):
    first = told(run.invoke({"Do": "tell"}))
    second = run.invoke({"Do": "tell"})
    assert not second.cold
    assert told(second)["pid"] == first["pid"]


def test_a_process_that_was_stopped_between_events_starts_anew(run):
    first = told(run.invoke({"Do": "tell"}))
    run.cool_down()
    second = run.invoke({"Do": "tell"})
    assert second.cold
    assert told(second)["pid"] != first["pid"]


def test_an_exception_is_told_and_the_process_lives_on(run):
    run.invoke({})
    step = run.invoke({"Do": "throw"})
    assert (step.outcome, step.message) == ("threw", "told to throw")
    assert not run.invoke({}).cold


def test_a_process_that_ends_itself_is_told_and_a_fresh_one_follows(run):
    step = run.invoke({"Do": "exit"})
    assert (step.outcome, step.message) == ("threw", "Runtime exited with error: exit status 3")
    after = run.invoke({})
    assert (after.outcome, after.cold) == ("answered", True)


def test_after_running_out_of_memory_a_fresh_process_follows(run):
    step = run.invoke({"Do": "run out of memory"})
    assert (step.outcome, step.message) == ("threw", "told to")
    assert run.invoke({}).cold


def test_a_function_over_its_time_is_killed_and_a_fresh_process_follows(run):
    before = told(run.invoke({"Do": "tell"}))
    step = run.invoke({"Do": "hang"})
    assert (step.outcome, step.message) == ("threw", "Task timed out after 2.00 seconds")
    after = told(run.invoke({"Do": "tell"}))
    assert after["pid"] != before["pid"]


def test_a_handler_that_cannot_be_built_fails_the_invocation(probe):
    with LocalRun(package=probe, handler="Probe$Unstartable::handleRequest") as run:
        step = run.invoke({})
    assert step.outcome == "threw"
    assert "cannot start" in step.message


def test_an_https_response_url_becomes_the_receivers(run):
    step = run.invoke({"ResponseURL": URL, "Answer": "yes"})
    assert (step.outcome, step.response) == ("answered", "yes")


@pytest.mark.parametrize("url", ["https:///nobody", "https://a b/c", "ftp://host/x", "nothing"])
def test_a_malformed_response_url_is_left_as_it_is(run, url):
    step = run.invoke({"ResponseURL": url, "Answer": "yes"})
    assert f'"ResponseURL": "{url}"' in step.log
    assert (step.outcome, step.response) == ("threw", None)


def test_an_events_text_arrives_as_it_was_written(run):
    text = '{"a": 14.0, "a": 1.4E1 ,\n "b":"\\u00e9",   "ResponseURL" : "%s"}' % URL
    log = run.invoke(text).log
    assert '{"a": 14.0, "a": 1.4E1 ,\n "b":"\\u00e9",   "ResponseURL" : "http://127.0.0.1:' in log


def test_only_the_events_own_response_url_is_replaced(run):
    log = run.invoke({"ResponseURL": URL, "ResourceProperties": {"ResponseURL": "https://example.com/mine"}}).log
    assert '"ResponseURL": "https://example.com/mine"' in log
    assert URL not in log


@pytest.mark.parametrize("text", [b"", b"not JSON", b"[]", b"null", b"\xff\xfe"])
def test_what_is_no_event_is_played_all_the_same(run, text):
    assert run.invoke(text).outcome == "answered"


def test_an_answer_that_the_receiver_refuses_is_not_seen(run):
    run.receiver.status = lambda body: 503
    try:
        step = run.invoke({"ResponseURL": URL, "Answer": "yes"})
    finally:
        run.receiver.status = lambda body: 200
    assert (step.outcome, step.message, step.response) == ("threw", "PUT answered 503", None)


def test_calls_are_recorded_with_their_parameters_and_errors(run):
    run.call("CreateRepository", repositoryName="there")
    found = run.invoke({"Do": "describe", "Name": "there"}).calls
    missed = run.invoke({"Do": "describe", "Name": "elsewhere"}).calls
    assert [(each.operation, each.read_only, each.error) for each in (*found, *missed)] == [
        ("DescribeRepositories", True, None),
        ("DescribeRepositories", True, "RepositoryNotFoundException"),
    ]
    assert missed[0].parameters == {"repositoryNames": ["elsewhere"]}


def test_a_second_process_serves_while_the_first_is_busy(run):
    steps = []
    hanging = threading.Thread(target=lambda: steps.append(run.invoke({"Do": "hang"})))
    hanging.start()
    described = run.invoke({"Do": "describe", "Name": "x"})
    hanging.join()
    assert described.outcome == "answered"
    assert [each.operation for each in described.calls] == ["DescribeRepositories"]
    assert steps[0].calls == ()


def test_the_registry_shows_tags_and_policies_as_documents(run):
    rules = {"rules": [{"rulePriority": 1, "action": {"type": "expire"}, "selection": {
        "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 3}}]}
    run.call("CreateRepository", repositoryName="b", tags=[{"Key": "k", "Value": "v"}])
    run.call("CreateRepository", repositoryName="a")
    run.call("PutLifecyclePolicy", repositoryName="b", lifecyclePolicyText=json.dumps(rules))
    a, b = run.repositories()
    assert (a["repositoryName"], a["tags"], a["lifecyclePolicy"], a["repositoryPolicy"]) == ("a", [], None, None)
    assert (b["repositoryName"], b["tags"], b["lifecyclePolicy"]) == ("b", [{"Key": "k", "Value": "v"}], rules)


def test_the_emulator_takes_archiving_rules_as_ecr_does(run):
    rule = {"rulePriority": 1, "action": {"type": "transition", "targetStorageClass": "archive"}, "selection": {
        "tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 30}}
    run.call("CreateRepository", repositoryName="a")
    run.call("PutLifecyclePolicy", repositoryName="a", lifecyclePolicyText=json.dumps({"rules": [rule]}))
    assert run.repositories()[0]["lifecyclePolicy"] == {"rules": [rule]}
