"""`make replay`: gives the events in the failure queue back to the function, oldest first.

The function does what of an event is left to do, so an event can be replayed any number of times. A message is deleted once
Lambda has accepted its event; if the event fails again, Lambda puts it into the queue again. An event whose stack no longer
waits stays in the queue: the function would refuse it. Response URLs are credentials and are never printed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import command

# While they are looked at, nobody else gets the messages.
_HIDDEN = 600
_USUAL_TIMEOUT = timedelta(hours=1)


@dataclass(frozen=True)
class Failure:
    """A message of the failure queue. `sent` is when CloudFormation signed the response URL, if the URL says so.

    A message that is no record of a failed invocation has no `function_arn`.
    """

    receipt: str
    function_arn: str
    condition: str
    event: dict[str, Any]
    sent: datetime | None

    @property
    def stack(self) -> str:
        stack_id = str(self.event.get("StackId", ""))
        return stack_id.split("/")[1] if stack_id.count("/") == 2 else stack_id

    def waits(self, now: datetime) -> bool:
        """Whether the stack still waits for the answer."""
        if self.sent is None or not self.function_arn:
            return bool(self.function_arn)
        properties = self.event.get("ResourceProperties")
        stated = properties.get("ServiceTimeout") if isinstance(properties, dict) else None
        timeout = timedelta(seconds=int(str(stated))) if str(stated).isdigit() else _USUAL_TIMEOUT
        return now < self.sent + timeout

    def row(self, now: datetime) -> tuple[str, ...]:
        return (
            self.sent.strftime("%Y-%m-%dT%H:%M:%SZ") if self.sent else "unknown",
            self.condition,
            str(self.event.get("RequestType", "?")),
            self.stack,
            str(self.event.get("LogicalResourceId", "?")),
            "replay" if self.waits(now) else "its stack no longer waits" if self.function_arn else "is not a record of an event",
        )


def queue_url(function: str, lambda_api: Any, sqs: Any) -> str:
    """Of the queue into which Lambda puts the events that this function could not answer."""
    configuration = lambda_api.get_function_event_invoke_config(FunctionName=function)
    arn = configuration.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    if ":sqs:" not in arn:
        raise command.Failed(f"The function {function} has no queue for events that fail.")
    url: str = sqs.get_queue_url(QueueName=arn.split(":")[5], QueueOwnerAWSAccountId=arn.split(":")[4])["QueueUrl"]
    return url


def waiting(sqs: Any, url: str) -> list[Failure]:
    """All messages of the queue that nobody else is looking at, oldest first."""
    found: list[Failure] = []
    while messages := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=_HIDDEN, WaitTimeSeconds=1
    ).get("Messages"):
        found += [_failure(message) for message in messages]
    return sorted(found, key=lambda failure: failure.sent or datetime.min.replace(tzinfo=timezone.utc))


def replay(failure: Failure, url: str, lambda_api: Any, sqs: Any) -> None:
    # By the alias of a tenant, if that is how the event came.
    function = failure.function_arn.removesuffix(":$LATEST")
    lambda_api.invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(failure.event).encode())
    sqs.delete_message(QueueUrl=url, ReceiptHandle=failure.receipt)


def put_back(failures: Iterable[Failure], url: str, sqs: Any) -> None:
    """They can be received again at once."""
    for failure in failures:
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=failure.receipt, VisibilityTimeout=0)


def _failure(message: dict[str, Any]) -> Failure:
    try:
        record = json.loads(message["Body"])
        context, event = record["requestContext"], record["requestPayload"]
        return Failure(
            message["ReceiptHandle"], context["functionArn"], context.get("condition", ""), event,
            _signed(str(event.get("ResponseURL", ""))))  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return Failure(message["ReceiptHandle"], "", "", {}, None)


def _signed(url: str) -> datetime | None:
    stated = parse_qs(urlsplit(url).query).get("X-Amz-Date", [""])[0]
    if not re.fullmatch(r"\d{8}T\d{6}Z", stated):
        return None
    return datetime.strptime(stated, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


def main() -> int:
    lambda_api, sqs = command.client("lambda"), command.client("sqs")
    url = queue_url(command.function_name(), lambda_api, sqs)
    failures = waiting(sqs, url)
    now = datetime.now(timezone.utc)
    chosen = [failure for failure in failures if failure.waits(now)]
    kept = list(failures)
    try:
        if failures:
            command.table([("SENT", "CONDITION", "REQUEST", "STACK", "RESOURCE", "")] + [each.row(now) for each in failures])
            command.say()
        if chosen and command.confirmed(f"Replay {len(chosen)}?"):
            for failure in chosen:
                replay(failure, url, lambda_api, sqs)
                kept.remove(failure)
    finally:
        put_back(kept, url, sqs)
    replayed = len(failures) - len(kept)
    command.document({"replayed": replayed, "kept": len(kept)})
    command.say(f"Replayed: {replayed}. Kept in the queue: {len(kept)}.")
    return 0


if __name__ == "__main__":
    sys.exit(command.run(main))
