"""Coming from elsewhere: the same intention makes the same repository.

`examples/coming-from/X.before.yaml` is the repository as X makes it, `X.after.yaml` the same wish for Custom::EcrRepo.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stories import failures

ROOT = Path(__file__).parents[3]
PAIRS = ROOT / "examples" / "coming-from"
NAMES = sorted(path.name.removesuffix(".before.yaml") for path in PAIRS.glob("*.before.yaml"))
PULL = {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
PUSH = {"ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"}


def listed(value):
    return value if isinstance(value, list) else [value]


def grants(policy):
    """Who may pull and who may push, whatever else they may."""
    found = {}
    for statement in (policy or {}).get("Statement", []):
        for principal in listed(statement["Principal"].get("AWS", [])):
            account = re.fullmatch(r"arn:[a-z-]+:iam::(\d{12}):root|(\d{12})", principal)
            who = (account.group(1) or account.group(2)) if account else principal
            found.setdefault(who, set()).update(listed(statement["Action"]))
    return {who: (actions >= PULL, actions >= PUSH) for who, actions in found.items()}


def essence(repository):
    """What an image's life depends on: not the tags, the descriptions or the numbers of the rules."""
    rules = sorted((repository["lifecyclePolicy"] or {"rules": []})["rules"], key=lambda rule: rule["rulePriority"])
    return {
        "name": repository["repositoryName"],
        "mutability": repository["imageTagMutability"],
        "scan": repository["imageScanningConfiguration"],
        # The emulator makes a key aws/ecr anew for each repository.
        "encryption": repository["encryptionConfiguration"]["encryptionType"],
        "rules": [(rule["selection"], rule["action"]) for rule in rules],
        "grants": grants(repository["repositoryPolicy"]),
    }


def made(stage, template):
    stack = stage.cloud.create("pair", template)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    (repository,) = stage.run.repositories()
    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", []), failures(stack)
    return essence(repository)


def test_every_tool_has_a_pair():
    assert NAMES == [
        "ack", "awsx", "cdk", "cloudposse", "copilot", "lgallard", "native", "panfactum", "planton", "readme", "sam",
        "shared-registry", "terraform-aws-modules",
    ]
    assert {path.name for path in PAIRS.glob("*.yaml")} == {f"{n}.{s}.yaml" for n in NAMES for s in ("before", "after")}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_intention_makes_the_same_repository(stage, name):
    before = made(stage, PAIRS / f"{name}.before.yaml")
    assert made(stage, PAIRS / f"{name}.after.yaml") == before


def test_the_pairs_lint():
    linter = Path(sys.executable).parent / "cfn-lint"
    done = subprocess.run(
        [linter, "--append-rules", ROOT / "schema" / "cfn-lint", "-t", *PAIRS.glob("*.yaml")],
        capture_output=True, text=True, timeout=300,
    )
    assert (done.returncode, done.stdout) == (0, "")
