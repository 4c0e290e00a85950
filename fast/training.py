"""The real flow over TLS, by which Java learns what a cold start loads and where it spends its time."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from local import certificates, find
from local.run import LocalRun, Step


class Failed(Exception):
    """The function did not do in training what it is for."""


def train(package: Path, cache: Path) -> None:
    """A life of a repository; at its end Java writes the cache."""
    _play(package, f"-XX:AOTCacheOutput={cache}\n-XX:+UnlockDiagnosticVMOptions\n-XX:-AOTRecordTraining", _life())
    if not cache.exists():
        raise Failed(f"Java wrote no cache to {cache}.")


def check(package: Path, cache: Path) -> None:
    """Java refuses to start where the cache does not fit."""
    try:
        _play(package, f"-XX:AOTCache={cache}\n-XX:AOTMode=on", _life()[:1])
    except Failed as failed:
        raise Failed(f"The cache {cache.name} does not fit the package, or the function fails with it.\n{failed}") from None


def _play(package: Path, cache_option: str, life: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory(prefix="training-") as folder:
        trust = certificates.make(Path(folder))
        environment = {"ECRREPO_AOT": cache_option, "JAVA_TOOL_OPTIONS": trust.java_option}
        with LocalRun(package=package, environment=environment, tls=trust.server) as run:
            for event in life:
                _expect_success(run.invoke(event, name=event["RequestType"]))
            run.end()


def _expect_success(step: Step) -> None:
    if not isinstance(step.response, dict) or step.response["Status"] != "SUCCESS":
        raise Failed(f"{step.name}: {step.response} {step.message or ''}\n{step.log}")


def _policy() -> dict[str, Any]:
    pull = {"Sid": "Pull", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::210987654321:root"}}
    return {"Version": "2012-10-17", "Statement": [pull | {"Action": ["ecr:BatchGetImage"]}]}


def _lifecycle() -> dict[str, Any]:
    selection = {"tagStatus": "tagged", "tagPatternList": ["v*"], "countType": "imageCountMoreThan", "countNumber": 9}
    return {"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]}


def _life() -> list[dict[str, Any]]:
    events = find.ROOT / "events"
    create = json.loads((events / "create.json").read_text())
    texts = create["ResourceProperties"] | {
        "RepositoryName": "team/texts",
        "ImageScanningConfiguration": {"ScanOnPush": "true"},
        "RepositoryPolicyText": _policy(),
        "LifecyclePolicy": {"LifecyclePolicyText": _lifecycle()},
    }
    wanted = create["ResourceProperties"] | {
        "Access": {"Pull": {"AccountIds": ["210987654321"]}},
        "ProtectedTags": ["release*"],
        "MaxImageCount": "100",
        "ImageScanningConfiguration": {"ScanOnPush": "true"},
    }
    create["ResourceProperties"] = wanted
    name = {"PhysicalResourceId": wanted["RepositoryName"]}
    changed = wanted | {"MaxImageCount": "50", "ImageTagMutability": "MUTABLE", "Tags": []}
    return [
        create | {"LogicalResourceId": "Texts", "ResourceProperties": texts},
        create,
        create | name | {"RequestType": "Update", "OldResourceProperties": wanted},
        create | name | {"RequestType": "Update", "OldResourceProperties": wanted, "ResourceProperties": changed},
        create | name | {"RequestType": "Delete", "ResourceProperties": changed},
    ]
