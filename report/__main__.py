"""`make plan` and `make drift`: `python -m report plan`, `python -m report drift`, with their wishes in the environment.

STACK, TEMPLATE, PARAMETERS (`Name=value …`): what would be deployed. FUNCTION: the name of the function that reports.
REGION: as AWS_REGION. FORMAT: `json` or `text`. The exit status of a plan: 0 nothing to do, 1 error, 2 changes, 3 something
would be refused; of drift: 0 none, 1 error, 2 some repository differs.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from . import printing, resources, verdict
from .changeset import ChangeSet, ChangeSetFailed

ERROR = 1
_FUNCTION = "custom-ecrrepo-reports"
# CloudFormation takes no longer text; a longer template would have to lie in S3.
_LONGEST_TEMPLATE = 51_200


class Problem(Exception):
    """One sentence for whoever called."""


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["plan"]:
                return plan()
            case ["drift"]:
                return drift()
        raise Problem("Write `python -m report plan` or `python -m report drift`.")
    except (Problem, resources.MissingValues, ChangeSetFailed, ClientError, BotoCoreError) as error:
        print(error, file=sys.stderr)
        return ERROR


def plan() -> int:
    stack, path = os.environ.get("STACK"), os.environ.get("TEMPLATE")
    if not stack or not path:
        raise Problem("Write make plan STACK=name TEMPLATE=my.yaml [PARAMETERS=\"Name=value Other=value\"].")
    with ChangeSet(_client("cloudformation"), stack, _template(path), _parameters()) as made:
        described = made.describe()
        found = resources.read(described.plain, described.valued, _provider())
        verdicts = verdict.plan(found.resources, made.stack_id, made.new_stack, _ask)
    return show(stack, verdicts, found.notes)


def show(stack: str, verdicts: list[verdict.Verdict], notes: list[str]) -> int:
    """Prints a plan; its exit status."""
    status = verdict.overall(verdicts)
    document = {"stack": stack, "exitStatus": status, "resources": [each.document() for each in verdicts], "notes": notes}
    _print(document, lambda: printing.plan(stack, verdicts, notes))
    return status


def drift() -> int:
    return show_drift(_ask({"Report": "Drift"}))


def show_drift(seen: dict[str, Any]) -> int:
    """Prints what differs; the exit status."""
    _print(seen, lambda: printing.drift(seen))
    return verdict.CHANGES if seen["drifted"] else verdict.NOTHING


def _print(document: Any, lines: Callable[[], Any]) -> None:
    if (os.environ.get("FORMAT") or "text") == "json":
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for line in lines():
        print(line)


def _ask(request: dict[str, Any]) -> Any:
    answer = _client("lambda").invoke(FunctionName=_function(), Payload=json.dumps(request).encode())
    body = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        raise Problem(f"The function {_function()} failed: {(body or {}).get('errorMessage', 'it gives no reason')}")
    return body


def _function() -> str:
    return os.environ.get("FUNCTION") or _FUNCTION


def _provider() -> str:
    return _function().removesuffix("-reports")


def _client(service: str) -> Any:
    # A report may take as long as the function may run; it is not asked for twice.
    config = Config(read_timeout=910, retries={"mode": "standard", "max_attempts": 1 if service == "lambda" else 5})
    return boto3.client(service, region_name=os.environ.get("REGION") or None, config=config)


def _template(path: str) -> str:
    try:
        text = Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read: {error}") from None
    if len(text.encode()) > _LONGEST_TEMPLATE:
        raise Problem(f"{path} is longer than {_LONGEST_TEMPLATE} bytes, the most that CloudFormation takes as a text.")
    return text


def _parameters() -> dict[str, str]:
    given = {}
    for word in shlex.split(os.environ.get("PARAMETERS", "")):
        name, equals, value = word.partition("=")
        if not equals:
            raise Problem(f'PARAMETERS is written "Name=value Other=value"; {word!r} has no value.')
        given[name] = value
    return given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
