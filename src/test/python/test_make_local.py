"""`make local` as people and their scripts use it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from environments import clean
from local import find

ROOT = find.ROOT
CREATE = str(ROOT / "events" / "create.json")
pytestmark = pytest.mark.usefixtures("package")


def environment(**more):
    """The caller's, with the package that is tested."""
    return clean(ECRREPO_PACKAGE=os.environ["ECRREPO_PACKAGE"]) | more


def make(*arguments, cwd=ROOT, **more):
    return subprocess.run(
        ["make", *arguments], cwd=cwd, env=environment(**{"PWD": str(cwd)} | more), capture_output=True, text=True, timeout=300)


def documented(*arguments, **options):
    done = make("local", "FORMAT=json", *arguments, **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def python(*, cwd=ROOT, **variables):
    """The run itself, without make before it."""
    return subprocess.Popen(
        [sys.executable, "-m", "local"], cwd=cwd, env=environment(PYTHONPATH=str(ROOT), **variables),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_json_is_one_document_of_the_promised_shape():
    document = documented(f"EVENT={CREATE} events/delete.json {CREATE}")
    assert document.keys() == {"steps", "repositories"}
    assert [each["name"] for each in document["steps"]] == ["create.json", "delete.json", "create.json"]
    for step in document["steps"]:
        assert step.keys() == {"name", "calls", "response", "outcome", "message"}
        assert step["outcome"] == "answered" and step["message"] is None
        assert step["response"]["Status"] == "SUCCESS"
        for call in step["calls"]:
            assert call.keys() == {"operation", "readOnly"}
            assert call["readOnly"] is call["operation"].startswith(("Describe", "Get", "List"))
    (repository,) = document["repositories"]
    assert repository["repositoryName"] == "team/checkout"
    assert repository.keys() >= {"repositoryArn", "tags", "lifecyclePolicy", "repositoryPolicy"}


def test_json_tells_what_the_function_threw():
    (step,) = documented("EVENT=events/malformed-response-url.json")["steps"]
    assert (step["outcome"], step["response"], step["calls"]) == ("threw", None, [])
    assert "ResponseURL" in step["message"]


def test_a_folder_means_its_json_files_in_order(tmp_path):
    for name in ("2.json", "10.json", "1.json"):
        shutil.copy(CREATE, tmp_path / name)
    (tmp_path / "notes.txt").write_text("no event")
    document = documented(f"EVENT={tmp_path}")
    assert [each["name"] for each in document["steps"]] == ["1.json", "10.json", "2.json"]


def test_paths_are_relative_to_the_caller_of_make(tmp_path):
    shutil.copy(CREATE, tmp_path / "mine.json")
    done = make("-s", "-C", str(ROOT), "local", "EVENT=mine.json", "FORMAT=json", cwd=tmp_path)
    assert json.loads(done.stdout)["steps"][0]["name"] == "mine.json"


def test_paths_are_relative_to_the_working_directory_of_a_program_that_calls_make():
    done = make("local", "EVENT=events/create.json", "FORMAT=json", PWD="/")
    assert json.loads(done.stdout)["steps"][0]["name"] == "create.json"


def test_account_and_region_are_those_of_the_first_stack(tmp_path):
    text = Path(CREATE).read_text().replace("us-east-1:123456789012:stack", "eu-central-1:210987654321:stack")
    (tmp_path / "elsewhere.json").write_text(text)
    document = documented(f"EVENT={tmp_path / 'elsewhere.json'}")
    assert document["steps"][0]["response"]["Status"] == "SUCCESS"
    assert document["repositories"][0]["repositoryArn"].startswith("arn:aws:ecr:eu-central-1:210987654321:")


def test_guardrails_of_the_caller_reach_the_function():
    (step,) = documented(f"EVENT={CREATE}", ECRREPO_NAME_PREFIX="other/")["steps"]
    assert step["response"]["Status"] == "FAILED"
    assert "other/" in step["response"]["Reason"]


def test_text_shows_calls_holdings_and_answer():
    done = make("local", f"EVENT={CREATE} events/malformed-properties.json", COLUMNS="80", NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    for text in ("write  CreateRepository", "Tag mutability  IMMUTABLE", "1. untagged images: expire 14 days after push",
                 "Status       SUCCESS", "Physical ID  team/checkout", "Status       FAILED", "team/checkout, unchanged"):
        assert text in done.stdout
    assert "\033" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "2 events: 1 answered SUCCESS, 1 answered FAILED." in done.stdout


def test_a_failed_event_shows_in_the_exit_status_only_on_request():
    """Events are often played because they fail."""
    failing = "EVENT=events/malformed-properties.json"
    assert make("local", failing).returncode == 0
    strict = make("local", failing, "STRICT=1", "FORMAT=json")
    assert strict.returncode == 2, "make's own status for a command that failed"
    assert json.loads(strict.stdout)["steps"][0]["response"]["Status"] == "FAILED"


def test_the_log_is_printed_only_on_request():
    quiet = make("local", f"EVENT={CREATE}")
    loud = make("local", f"EVENT={CREATE}", "VERBOSE=1")
    assert '"level"' not in quiet.stdout
    assert '"level"' in loud.stdout


@pytest.mark.parametrize("arguments, sentence", [
    (["EVENT=nowhere.json"], "There is no event file nowhere.json"),
    (["EVENT=src"], "The folder src has no .json file in it."),
    ([f"EVENT={CREATE}", "FORMAT=xml"], "FORMAT is 'xml'; it can be json or text."),
    (["EVENT='unclosed"], "EVENT has a quotation mark that is never closed."),
])
def test_a_usage_error_is_one_sentence(arguments, sentence):
    done = make("local", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    said, made = done.stderr.splitlines()
    assert said.startswith(sentence)
    assert made.startswith("make:")


def test_no_event_stops_the_ones_after_it(tmp_path):
    (tmp_path / "1.json").write_text("this is no JSON")
    (tmp_path / "2.json").write_text("[]")
    shutil.copy(CREATE, tmp_path / "3.json")
    steps = documented(f"EVENT={tmp_path}")["steps"]
    assert [each["outcome"] for each in steps] == ["threw", "threw", "answered"]


def test_two_runs_at_once_do_not_disturb_each_other():
    runs = [python(EVENT=f"{CREATE} {ROOT / 'events' / 'update.json'}", FORMAT="json") for _ in range(2)]
    for each in runs:
        out, err = each.communicate(timeout=120)
        assert each.returncode == 0, err
        assert [step["response"]["Status"] for step in json.loads(out)["steps"]] == ["SUCCESS", "SUCCESS"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_process_and_no_file_behind(tmp_path, number):
    run = python(EVENT=" ".join([CREATE] * 500), TMPDIR=str(tmp_path))
    for line in run.stdout:
        if line.startswith("── 3."):
            break
    assert any("AWSLambda" in each for each in commands_in(tmp_path))
    run.send_signal(number)
    run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert list(commands_in(tmp_path)) == []
    assert list(tmp_path.glob("ecrrepo-*")) == []


def test_a_killed_run_takes_the_function_with_it(tmp_path):
    run = python(EVENT=" ".join([CREATE] * 500), TMPDIR=str(tmp_path))
    for line in run.stdout:
        if line.startswith("── 3."):
            break
    run.kill()
    run.communicate(timeout=60)
    until = time.monotonic() + 60
    while list(commands_in(tmp_path)) and time.monotonic() < until:
        pass
    assert list(commands_in(tmp_path)) == []


def commands_in(folder):
    """The command lines of the living processes that run something in this folder."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if str(folder) in command:
            yield command


def test_an_event_keeps_the_time_at_which_it_was_signed(tmp_path):
    """So an event can be played late: the function answers an older one than it applied with FAILED."""
    def signed(name, seconds_ago):
        event = json.loads((ROOT / "events" / name).read_text())
        when = (datetime.now(timezone.utc) - timedelta(seconds=seconds_ago)).strftime("%Y%m%dT%H%M%SZ")
        event["ResponseURL"] += f"&X-Amz-Date={when}"
        file = tmp_path / f"{seconds_ago}-{name}"
        file.write_text(json.dumps(event))
        return str(file)

    created, newer, older = signed("create.json", 120), signed("update.json", 30), signed("update.json", 90)
    steps = documented(f"EVENT={created} {newer} {older}")["steps"]
    assert [step["response"]["Status"] for step in steps] == ["SUCCESS", "SUCCESS", "FAILED"]
    assert "older than what was last applied" in steps[2]["response"]["Reason"]
