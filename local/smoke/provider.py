"""The provider, deployed into a world as its user deploys it: by the SAM CLI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from local import find

from .world import Stack, World, Wrong

FAST = find.ROOT / "target" / "fast-template.yaml"
BUILT = find.ROOT / ".aws-sam" / "build" / "template.yaml"
# Adoption and reports are a part of the stories.
PARAMETERS = {"AllowAdoption": "true", "LogRetentionDays": "1", "Reports": "true"}


def build() -> None:
    """`sam build`, as documented."""
    _sam("build", environment={})


def deploy(world: World, template: Path, function: str, region: str | None = None) -> Stack:
    """`sam deploy` of a template under a function's name; its stack has the same name and is removed with the rest."""
    region = region or world.region
    stack = Stack(world, f"{function}-provider", region)
    # By its name, as long as it has no other ID; first in the list, so that it is removed last.
    stack.id = stack.name
    world.stacks.insert(0, stack)
    parameters = {"FunctionName": function, **PARAMETERS}
    _sam(
        "deploy", "--template-file", str(template), "--config-file", str(find.ROOT / "samconfig.toml"),
        "--stack-name", stack.name, "--region", region, "--no-confirm-changeset", "--no-progressbar",
        "--s3-bucket", bucket(world, region), "--no-resolve-s3",
        "--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items()),
        environment=_environment(world, region),
    )  # fmt: skip
    stack.id = world.client("cloudformation", region).describe_stacks(StackName=stack.name)["Stacks"][0]["StackId"]
    stack.look()
    return stack


def bucket(world: World, region: str) -> str:
    """The bucket of this run in a Region, made when it is first asked for."""
    name = f"{world.prefix}-{world.account}-{region}"
    if (region, name) not in world.buckets:
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        world.client("s3", region).create_bucket(Bucket=name, **place)
        world.buckets.append((region, name))
    return name


def _environment(world: World, region: str) -> dict[str, str]:
    if world.url is None:
        return {}
    return {
        "AWS_ENDPOINT_URL": world.url,
        "AWS_ACCESS_KEY_ID": world.account,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": region,
    }


def _sam(*arguments: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "sam"), *arguments],
        cwd=find.ROOT,
        env={**os.environ, "SAM_CLI_TELEMETRY": "0", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise Wrong(f"sam {arguments[0]} fails: " + " ".join(line.strip() for line in said[-6:]))
