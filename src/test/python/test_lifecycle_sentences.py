"""Lifecycle policies read as sentences."""

import json
from pathlib import Path

import pytest

from local.lifecycle_sentences import sentences

AWS_EXAMPLES = Path(__file__).parents[1] / "resources" / "lifecycle" / "aws-examples"


def rule(count_type: str, number: int, action: str = "expire", priority: int = 1, **selection: object) -> dict:
    return {
        "rulePriority": priority,
        "selection": {"tagStatus": "any", "countType": count_type, "countNumber": number, **selection},
        "action": {"type": action},
    }


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (rule("sinceImagePushed", 14, tagStatus="untagged"), "untagged images: expire 14 days after push"),
        (rule("sinceImagePushed", 1), "all images: expire 1 day after push"),
        (
            rule("imageCountMoreThan", 10, tagStatus="tagged", tagPatternList=["v*"]),
            "images tagged v*: keep the newest 10, expire the others",
        ),
        (
            rule("imageCountMoreThan", 1, tagStatus="tagged", tagPrefixList=["a", "b"]),
            "images tagged a* and b*: keep the newest, expire the others",
        ),
        (rule("imageCountMoreThan", 999_999, tagStatus="tagged", tagPatternList=["lts"]), "images tagged lts: keep"),
        (
            rule("sinceImageTransitioned", 36_500, storageClass="archive", tagStatus="tagged", tagPatternList=["lts"]),
            "archived images tagged lts: keep",
        ),
        (rule("sinceImagePulled", 60, "transition"), "all images: archive 60 days after the last pull"),
        (
            rule("sinceImageTransitioned", 90, storageClass="archive"),
            "all archived images: expire 90 days after archiving",
        ),
        (rule("sinceLunch", 3), "all images: expire by sinceLunch 3"),
    ],
)
def test_a_rule_is_a_sentence(one: dict, expected: str) -> None:
    assert sentences({"rules": [one]}) == [expected]


def test_sentences_stand_in_the_order_of_priority() -> None:
    policy = {"rules": [rule("sinceImagePushed", 2, priority=9), rule("imageCountMoreThan", 5, priority=3)]}
    assert sentences(policy) == [
        "all images: keep the newest 5, expire the others",
        "all other images: expire 2 days after push",
    ]


def test_a_count_after_other_rules_counts_all_images() -> None:
    policy = {"rules": [rule("sinceImagePushed", 2, tagStatus="untagged"), rule("imageCountMoreThan", 5, priority=3)]}
    assert sentences(policy)[1] == "all other images: expire, unless among the newest 5 of all images"


@pytest.mark.parametrize("nothing", [None, "text", {}, {"rules": None}])
def test_no_policy_no_sentence(nothing: object) -> None:
    assert sentences(nothing) == []


@pytest.mark.parametrize("example", sorted(AWS_EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_documented_policy_is_understood(example: Path) -> None:
    policy = json.loads(example.read_text())["policy"]
    lines = sentences(policy)
    assert len(lines) == len(policy["rules"])
    assert not any("?" in line or " by " in line for line in lines)
