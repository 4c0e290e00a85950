"""`make smoke AWS=1`: the stories and the claims in an account of the caller's own. It asks first and leaves nothing."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from . import provider, verdicts
from .claims import CLAIMS
from .stories import STORIES
from .verdicts import AS_EXPECTED, WRONG, Story, Verdict
from .world import Stack, World, Wrong

_WILL_CREATE = """\
This runs in the account {account}, as {caller}, in {region} and {second}. It takes about an hour, and costs a few cents:
calls to Lambda, storage of a few bytes in ECR and S3, six CloudWatch alarms for each provider. It creates, and removes
again at its end, whatever happens:

  the bucket                      {prefix}-{account}-REGION, in both Regions
  the provider's stack            {prefix}-provider, in both Regions, each with two functions, their roles and log
                                  groups, a queue, six alarms, five saved log queries, four managed policies
  stacks                          {stacks} of them, named {prefix}-…
  ECR repositories                {prefix}/… and {prefix}-…, some with an image of no layers
  SSM parameters                  /{prefix}/…
  an EventBridge rule             named by CloudFormation after the stack {prefix}-pattern
  an IAM role                     {prefix}-untagging, for the one step that needs a caller with fewer rights
  two aliases of the function     account-{account}, account-210987654321

Nothing else is changed. The repositories' images are removed with them.
"""


def play() -> tuple[str, list[Verdict]]:
    """Raises Wrong if there are no credentials, or the caller does not want to."""
    region = os.environ.get("REGION") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise Wrong("Say where: make smoke AWS=1 REGION=eu-central-1")
    try:
        caller = boto3.client("sts", region_name=region).get_caller_identity()
    except (ClientError, BotoCoreError) as error:
        raise Wrong(f"There are no AWS credentials that work: {error}") from None
    second = os.environ.get("SECOND_REGION") or ("eu-west-1" if region != "eu-west-1" else "eu-central-1")
    # A bucket's name is unique in the world, and what is left of a run that was killed must not meet the next one.
    prefix = os.environ.get("PREFIX") or f"ecrrepo-smoke-{secrets.token_hex(3)}"
    _ask(_WILL_CREATE.format(
        account=caller["Account"], caller=caller["Arn"], region=region, second=second, prefix=prefix,
        stacks=len(STORIES) + len(CLAIMS)))  # fmt: skip
    world = World(
        "AWS", prefix, region, caller["Account"], prefix, provider.BUILT, second_region=second, settling=30, limit=1800
    )
    return world.engine, run(world, _say)


def run(world: World, say: Callable[[str], None]) -> list[Verdict]:
    # The build is what this run deploys, so it comes before anything exists.
    provider.build()
    try:
        found = verdicts.play([Story("deploy the provider", _deploy)], world, progress=True)
        if found[0].verdict != WRONG:
            found += verdicts.play([*STORIES, *CLAIMS], world, progress=True)
    finally:
        left = clean(world, say)
    found.append(Verdict("nothing is left", WRONG if left else AS_EXPECTED, "; ".join(left)))
    return found


def clean(world: World, say: Callable[[str], None]) -> list[str]:
    """The provider's stack keeps by design what living stacks need; here none lives, so that goes too."""
    providers = [stack for stack in world.stacks if stack.name.endswith("-provider") and stack.id]
    kept: list[tuple[Stack, dict[str, Any]]] = []
    left: list[str] = []
    for stack in providers:
        try:
            kept += [(stack, resource) for resource in stack.resources()] if stack.exists() else []
        except (ClientError, BotoCoreError) as error:
            left.append(f"what the stack {stack.name} retains: {error}")
    left += world.clean(say)
    for stack, resource in kept:
        try:
            _remove(world, stack, resource)
        except (ClientError, BotoCoreError) as error:
            left.append(f"{resource['LogicalResourceId']} of {stack.name}: {error}")
    return left


def _remove(world: World, stack: Stack, resource: dict[str, Any]) -> None:
    name = resource.get("PhysicalResourceId", "")
    match resource["ResourceType"]:
        case "AWS::Lambda::Function":
            api = world.client("lambda", stack.region)
            _unless_gone(api.delete_function, FunctionName=name)
        case "AWS::Logs::LogGroup":
            _unless_gone(world.client("logs", stack.region).delete_log_group, logGroupName=name)
        case "AWS::SQS::Queue":
            _unless_gone(world.client("sqs", stack.region).delete_queue, QueueUrl=name)
        case "AWS::IAM::Role":
            iam = world.client("iam")
            try:
                for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
                    iam.delete_role_policy(RoleName=name, PolicyName=policy)
            except iam.exceptions.NoSuchEntityException:
                return
            _unless_gone(iam.delete_role, RoleName=name)


_GONE = ("ResourceNotFoundException", "NoSuchEntity", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")


def _unless_gone(call: Any, **request: Any) -> None:
    try:
        call(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _GONE:
            raise


def _deploy(world: World) -> None:
    provider.deploy(world, world.template, world.function).expect("CREATE_COMPLETE")


def _ask(what: str) -> None:
    print(what, file=sys.stderr)
    if os.environ.get("YES") == "1":
        return
    if not sys.stdin.isatty():
        raise Wrong("Nothing was created: nobody is here to answer. YES=1 answers in advance.")
    print('Type "yes" to go on: ', end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != "yes":
        raise Wrong("Nothing was created.")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
