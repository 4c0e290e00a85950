"""Dynamic references, `{{resolve:ssm:/name}}`: CloudFormation puts the values in when all functions are resolved."""

from __future__ import annotations

import re
from typing import Any

from .errors import ResourceError

_REFERENCE = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)}}")


def resolve(value: Any, stored: dict[str, str], place: str) -> Any:
    """The value with what the Parameter Store holds in place of each `ssm` reference.

    `stored` maps names to values; `place` says where the value stands. Raises ResourceError.
    """
    if isinstance(value, dict):
        return {key: resolve(child, stored, f"{place}/{key}") for key, child in value.items()}
    if isinstance(value, list):
        return [resolve(child, stored, place) for child in value]
    if not isinstance(value, str):
        return value
    return _REFERENCE.sub(lambda found: _value(found, stored, place), value)


def _value(found: re.Match[str], stored: dict[str, str], place: str) -> str:
    service, name = found.group(1), re.sub(r":[0-9]+$", "", found.group(2))
    if service == "ssm-secure":
        raise ResourceError(f"SSM Secure reference is not supported in: [{place}]")
    if service == "secretsmanager":
        raise ResourceError(
            f"{found.group(0)} at {place} names a secret, which there are none of here; a repository needs none."
        )
    if name not in stored:
        raise ResourceError(f"Parameters: [{found.group(0)}] cannot be found.")
    return stored[name]
