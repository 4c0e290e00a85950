"""docs/promises.md: no promise without proof, and the proofs that need images in a repository."""

import json
import re
from pathlib import Path

import pytest

from stories import MANIFEST, failures

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "promises.md"
ROWS = re.findall(r"^\| ([PQRS]\d+) \| (.+?) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
# The emulator tells images apart by their layers.
LAYER = {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "size": 32, "digest": "sha256:" + "ab" * 32}
ANOTHER = {**MANIFEST, "layers": [LAYER]}


def template(**properties):
    return {
        "Resources": {
            "Repository": {
                "Type": "Custom::EcrRepo",
                "Properties": {
                    "ServiceToken": {"Fn::ImportValue": "custom-ecrrepo-ServiceToken"},
                    "RepositoryName": "team/app",
                    **properties,
                },
            }
        }
    }


def deployed(stage, **properties):
    stack = stage.cloud.create("promises", template(**properties))
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    return stage.repository("team/app")


def put(stage, manifest, tag="v1"):
    return stage.run.call("PutImage", repositoryName="team/app", imageManifest=json.dumps(manifest), imageTag=tag)


def pull(stage, tag="v1"):
    answer = stage.run.call("BatchGetImage", repositoryName="team/app", imageIds=[{"imageTag": tag}])
    return json.loads(answer["images"][0]["imageManifest"])


def test_every_promise_has_its_row():
    numbers = {"P": 13, "Q": 22, "R": 17, "S": 12}
    expected = [f"{letter}{number}" for letter, last in numbers.items() for number in range(1, last + 1)]
    assert [row for row, _, _ in ROWS] == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_promise_is_shown_by_something_that_exists(row):
    _, _, shown = row
    targets = re.findall(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)", shown)
    assert targets
    for path, name in targets:
        target = (PAGE.parent / path).resolve()
        assert target.exists(), path
        if name and target.suffix in (".java", ".py"):
            assert re.search(rf"(void|Stream<DynamicTest>|def) {re.escape(name)}\(", target.read_text()), name


def test_images_are_pushed_and_pulled(stage):
    deployed(stage)
    put(stage, MANIFEST)
    assert pull(stage) == MANIFEST


def test_a_pushed_tag_never_becomes_another_image(stage):
    deployed(stage)
    put(stage, MANIFEST)
    with pytest.raises(Exception, match="tag 'v1' already exists"):
        put(stage, ANOTHER)
    assert pull(stage) == MANIFEST


def test_a_template_may_let_tags_move(stage):
    deployed(stage, ImageTagMutability="MUTABLE")
    put(stage, MANIFEST)
    put(stage, ANOTHER)
    assert pull(stage) == ANOTHER


def test_an_image_is_scanned_by_hand(stage):
    deployed(stage, ImageScanningConfiguration={"ScanOnPush": False})
    put(stage, MANIFEST)
    answer = stage.run.call("StartImageScan", repositoryName="team/app", imageId={"imageTag": "v1"})
    assert answer["imageScanStatus"]["status"] == "IN_PROGRESS"


def test_a_repository_without_properties_is_a_good_one(stage):
    repository = deployed(stage)
    assert repository["imageTagMutability"] == "IMMUTABLE"
    assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
    assert repository["encryptionConfiguration"] == {"encryptionType": "AES256"}
    assert [rule["selection"]["tagStatus"] for rule in repository["lifecyclePolicy"]["rules"]] == ["untagged"]
