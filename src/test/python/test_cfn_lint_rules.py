"""`cfn-lint --append-rules schema/cfn-lint`: what it finds in templates with Custom::EcrRepo, and what it leaves alone."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CASES = ROOT / "src" / "test" / "resources" / "cfn-lint"
RULES = ROOT / "schema" / "cfn-lint"


def lint(*files):
    linter = Path(sys.executable).parent / "cfn-lint"
    done = subprocess.run(
        [linter, "--append-rules", RULES, "--format", "json", *files], capture_output=True, text=True, timeout=300
    )
    assert done.stderr == ""
    return [
        (found["Location"]["Start"]["LineNumber"], found["Rule"]["Id"], found["Message"])
        for found in json.loads(done.stdout or "[]")
    ]


@pytest.fixture(scope="module")
def found():
    return lint(CASES / "bad.yaml")


def test_every_fault_is_found_on_its_line_and_nothing_else(found):
    expected = {}
    for number, line in enumerate((CASES / "bad.yaml").read_text().splitlines(), 1):
        words = re.search(r" # fault: (.*)$", line)
        if words:
            expected[number] = words.group(1)
    assert {number for number, _, _ in found} == set(expected)
    assert [row for row in found if expected[row[0]] not in row[2]] == []
    own = {rule for _, rule, words in found if "'ServiceToken' is a required" not in words}
    assert own == {"E9101", "E9102", "E9103", "W9104"}


ADVICE = """\
Parameters:
  Name: {Type: String}
Resources:
  Repository:
    Type: Custom::EcrRepo
    Properties:
      ServiceToken: !ImportValue custom-ecrrepo-ServiceToken
      RepositoryName: !Join ['', [team/, !Ref Name]]
      ImageTagMutability: !Sub IMMUTABLE
      MaxImageCount: !Ref Nowhere
      Access: {Pull: {AccountIds: [!GetAtt Nobody.Arn]}}
"""


def test_what_cfn_lint_says_by_itself_is_not_repeated_nor_made_an_error(tmp_path):
    (tmp_path / "advice.yaml").write_text(ADVICE)
    found = lint(tmp_path / "advice.yaml")
    assert sorted((line, rule) for line, rule, _ in found) == [(9, "W1020"), (10, "E1020"), (11, "E1010")], found


def test_the_documented_command_works():
    words = "-t examples/minimal.yaml --append-rules schema/cfn-lint".split()
    done = subprocess.run([Path(sys.executable).parent / "cfn-lint", *words], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert "cfn-lint -t my-template.yaml --append-rules schema/cfn-lint" in (ROOT / "schema/cfn-lint/custom_ecrrepo.py").read_text()
    assert "`cfn-lint-ecrrepo -t my-template.yaml`" in (ROOT / "docs/errors.md").read_text()


def test_intrinsics_conditions_and_other_custom_resources_are_no_faults():
    assert lint(CASES / "good.yaml") == []


def test_every_example_passes():
    assert lint(*sorted((ROOT / "examples").glob("*.yaml"))) == []


def test_the_attributes_are_those_that_the_function_answers(run):
    sys.path.insert(0, str(RULES))
    try:
        from custom_ecrrepo import ATTRIBUTES
    finally:
        sys.path.remove(str(RULES))
    event = json.loads((ROOT / "events" / "create.json").read_text())
    assert sorted(run.invoke(event, name="create").response["Data"]) == ATTRIBUTES


def test_every_companion_is_a_fault_for_the_function_too(run):
    """The messages of companions.json are kept by hand; this keeps them true."""
    event = json.loads((ROOT / "events" / "create.json").read_text())
    for properties in (
        {"ImageTagMutability": "IMMUTABLE_WITH_EXCLUSION"},
        {"ImageTagMutabilityExclusionFilters": [
            {"ImageTagMutabilityExclusionFilterType": "WILDCARD", "ImageTagMutabilityExclusionFilterValue": "a"}]},
        {"EncryptionConfiguration": {"EncryptionType": "AES256", "KmsKey": "alias/x"}},
        {"MaxImageCount": "1", "ExpireAllImagesAfterDays": "1"},
        {"LifecycleRules": [{"TagStatus": "untagged"}]},
        {"LifecycleRules": [{"TagPrefixList": ["a"], "TagPatternList": ["b"], "MaxImageCount": "1"}]},
        {"LifecycleRules": [{"TagStatus": "tagged", "MaxImageCount": "1"}]},
    ):  # fmt: skip
        event["ResourceProperties"] = {"ServiceToken": event["ResourceProperties"]["ServiceToken"], **properties}
        step = run.invoke(event, name="create")
        assert (step.response["Status"], step.calls) == ("FAILED", ()), properties
