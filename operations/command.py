"""What the commands have in common: their variables, clients, and a sentence in place of a stack trace."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Calls that AWS throttles are made again, ever more slowly.
_PATIENT = Config(retries={"mode": "adaptive", "max_attempts": 10})


class Failed(Exception):
    """One sentence for whoever called."""


def client(service: str) -> Any:
    """In REGION, or where the caller's AWS configuration says."""
    region = os.environ.get("REGION") or None
    return boto3.client(service, region_name=region, config=_PATIENT)  # type: ignore[call-overload]


def function_name() -> str:
    return os.environ.get("FUNCTION") or "custom-ecrrepo"


def is_json() -> bool:
    return os.environ.get("FORMAT") == "json"


def say(text: str = "") -> None:
    """For people; with FORMAT=json standard output holds the document and nothing else."""
    print(text, file=sys.stderr if is_json() else sys.stdout)


def document(content: Any) -> None:
    if is_json():
        print(json.dumps(content, indent=2))


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Columns as wide as their widest cell; nothing is cut."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def confirmed(question: str) -> bool:
    if os.environ.get("YES") == "1":
        return True
    if not sys.stdin.isatty():
        raise Failed("Nothing was done: nobody is here to answer. YES=1 answers in advance.")
    print(f'{question} Type "yes": ', end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == "yes"


def run(command: Callable[[], int]) -> int:
    try:
        return command()
    except Failed as error:
        print(error, file=sys.stderr)
    except (BotoCoreError, ClientError) as error:
        print(f"AWS refused: {error}", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
