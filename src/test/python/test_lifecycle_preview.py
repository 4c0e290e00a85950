"""The emulator's preview of a lifecycle policy takes the images that ECR's documentation says."""

import json

import pytest

from local.emulator import EcrError
from local.lifecycle_preview import Image, taken

DAY = 86_400
NOW = 1_000 * DAY


def image(name, days, *tags):
    return Image(name, tags, NOW - days * DAY)


def rule(priority, status, count_type, number, action="expire", **selection):
    return {
        "rulePriority": priority, "action": {"type": action},
        "selection": {"tagStatus": status, "countType": count_type, "countNumber": number, **selection}}


def names(images, *rules):
    return {each.image.digest: each.priority for each in taken({"rules": list(rules)}, images, NOW)}


IMAGES = [
    image("a", 1, "v1", "latest"), image("b", 20, "v2"), image("c", 40, "release-1"), image("d", 5), image("e", 30)]


@pytest.mark.parametrize("rules, expired", [
    ([rule(1, "untagged", "sinceImagePushed", 14)], {"e": 1}),
    ([rule(1, "untagged", "imageCountMoreThan", 1)], {"e": 1}),
    ([rule(1, "any", "imageCountMoreThan", 2)], {"b": 1, "e": 1, "c": 1}),
    ([rule(1, "any", "sinceImagePushed", 30)], {"c": 1}),
    ([rule(1, "tagged", "sinceImagePushed", 1, tagPatternList=["v*"])], {"b": 1}),
    ([rule(1, "tagged", "imageCountMoreThan", 1, tagPrefixList=["v", "late"])], {}),
    ([rule(1, "tagged", "sinceImagePushed", 10, tagPrefixList=["release"])], {"c": 1}),
], ids=["age", "count of untagged", "count of all", "not yet older", "pattern", "all of the list", "prefix"])
def test_one_rule(rules, expired):
    assert names(IMAGES, *rules) == expired


def test_what_an_earlier_rule_has_identified_no_later_one_takes():
    protected = rule(1, "tagged", "imageCountMoreThan", 999_999, tagPatternList=["release-*"])
    assert names(IMAGES, protected, rule(2, "any", "sinceImagePushed", 10)) == {"b": 2, "e": 2}


def test_the_order_is_the_priority_and_archived_images_are_others():
    late, early = rule(5, "any", "sinceImagePushed", 10), rule(1, "untagged", "sinceImagePushed", 10)
    archive = rule(9, "any", "sinceImageTransitioned", 90, storageClass="archive")
    assert names(IMAGES, late, archive, early) == {"e": 1, "b": 5, "c": 5}


def test_over_http_a_preview_is_first_at_work_and_then_complete(run):
    run.call("CreateRepository", repositoryName="shop/a")
    with pytest.raises(EcrError, match="LifecyclePolicyPreviewNotFoundException"):
        run.call("GetLifecyclePolicyPreview", repositoryName="shop/a")
    for tag, days in (("v1", 40), ("v2", 20), ("", 30), ("", 1)):
        run.push("shop/a", tag, days)
    text = json.dumps({"rules": [
        rule(1, "untagged", "sinceImagePushed", 14, countUnit="days"),
        rule(2, "tagged", "sinceImagePulled", 30, "transition", tagPatternList=["v*"], countUnit="days")]})
    text = text.replace('"type": "transition"', '"type": "transition", "targetStorageClass": "archive"')
    started = run.call("StartLifecyclePolicyPreview", repositoryName="shop/a", lifecyclePolicyText=text)
    assert (started["status"], started["lifecyclePolicyText"]) == ("IN_PROGRESS", text)
    assert run.call("GetLifecyclePolicyPreview", repositoryName="shop/a")["status"] == "IN_PROGRESS"
    preview = run.call("GetLifecyclePolicyPreview", repositoryName="shop/a", maxResults=1)
    assert (preview["status"], preview["lifecyclePolicyText"], len(preview["previewResults"])) == ("COMPLETE", text, 1)
    assert preview["summary"]["expiringImageTotalCount"] == 1
    # A preview takes nothing.
    assert len(run.call("ListImages", repositoryName="shop/a")["imageIds"]) == 4


def test_a_malformed_policy_and_a_missing_repository_are_refused(run):
    with pytest.raises(EcrError, match="RepositoryNotFoundException"):
        run.call("StartLifecyclePolicyPreview", repositoryName="none", lifecyclePolicyText="{}")
    run.call("CreateRepository", repositoryName="shop/a")
    with pytest.raises(EcrError, match="InvalidParameterException"):
        run.call("StartLifecyclePolicyPreview", repositoryName="shop/a", lifecyclePolicyText="{}")
    with pytest.raises(EcrError, match="LifecyclePolicyNotFoundException"):
        run.call("StartLifecyclePolicyPreview", repositoryName="shop/a")


def test_repositories_come_in_pages(run):
    every = [f"shop/r{number:03d}" for number in range(120)]
    for name in every:
        run.call("CreateRepository", repositoryName=name)
    first = run.call("DescribeRepositories")
    second = run.call("DescribeRepositories", nextToken=first["nextToken"])
    assert [len(page["repositories"]) for page in (first, second)] == [100, 20]
    assert "nextToken" not in second
    assert [each["repositoryName"] for each in run.repositories()] == every
