"""The custom resource protocol: the event that CloudFormation sends, and what it makes of the answer.

See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from .resource import Resource

MAX_BODY = 4096
MAX_PHYSICAL_ID = 1024
DEFAULT_TIMEOUT = 3600


@dataclass(frozen=True)
class Late:
    """A provider's answer together with the seconds that it took."""

    body: object
    seconds: float


@dataclass
class Exchange:
    """One event, the answer that came for it (None: none), and what went wrong with it ("": nothing)."""

    event: dict[str, Any]
    answer: object
    problem: str = ""


@dataclass(frozen=True)
class Verdict:
    """What CloudFormation reads from an answer: the problem is "" for a SUCCESS that keeps to the protocol."""

    problem: str
    physical_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


def event(request_type: str, request_id: str, stack_id: str, resource: Resource, *, physical_id: str | None = None, old: dict[str, Any] | None = None) -> dict[str, Any]:
    """An event as the function gets it. `resource` has logical_id, type and properties (strings all through)."""
    region = stack_id.split(":")[3]
    out = {
        "RequestType": request_type,
        "ServiceToken": resource.properties["ServiceToken"],
        "ResponseURL": _response_url(region, stack_id, resource.logical_id, request_id),
        "StackId": stack_id,
        "RequestId": request_id,
        "LogicalResourceId": resource.logical_id,
        "ResourceType": resource.type,
        "ResourceProperties": resource.properties,
    }
    if physical_id is not None:
        out["PhysicalResourceId"] = physical_id
    if old is not None:
        out["OldResourceProperties"] = old
    return out


def judge(sent: dict[str, Any], answer: Any) -> Verdict:
    """CloudFormation's verdict on the answer to the event `sent`."""
    late = isinstance(answer, Late) and answer.seconds > timeout(sent["ResourceProperties"])
    body = answer.body if isinstance(answer, Late) else answer
    if body is None or late:
        return Verdict(_silence(sent))
    raw: Any = body.encode() if isinstance(body, str) else body
    raw = (
        json.dumps(raw, separators=(",", ":"), ensure_ascii=False).encode() if isinstance(raw, dict) else raw
    )
    if len(raw) > MAX_BODY:
        return Verdict("Response object is too long.")
    try:
        read = json.loads(raw)
    except ValueError:
        return Verdict(_silence(sent))
    # A null anywhere on the top level voids the whole answer, as does anything that is no object: CloudFormation waits on.
    if not isinstance(read, dict) or None in read.values():
        return Verdict(_silence(sent))
    return _read(sent, read)


def timeout(properties: dict[str, Any]) -> int:
    """Seconds that CloudFormation waits for an answer. Raises ValueError for a ServiceTimeout that it refuses."""
    stated = properties.get("ServiceTimeout")
    if stated is None:
        return DEFAULT_TIMEOUT
    if not (isinstance(stated, str) and stated.isascii() and stated.isdigit() and 1 <= int(stated) <= 3600):
        raise ValueError(
            f"Value of property ServiceTimeout must be an integer between 1 and 3600; it is {stated!r}."
        )
    return int(stated)


def _read(sent: dict[str, Any], read: dict[str, Any]) -> Verdict:
    # "Invalid PhysicalResourceId" is what CloudFormation says; the wording for the other fields follows its pattern.
    physical_id = read.get("PhysicalResourceId")
    if not isinstance(physical_id, str) or not physical_id or len(physical_id.encode()) > MAX_PHYSICAL_ID:
        return Verdict("Invalid PhysicalResourceId")
    for name in ("StackId", "RequestId", "LogicalResourceId"):
        if read.get(name) != sent[name]:
            return Verdict(f"Invalid {name}", physical_id)
    status, reason, data = read.get("Status"), read.get("Reason"), read.get("Data", {})
    if status not in ("SUCCESS", "FAILED"):
        return Verdict("Invalid Status", physical_id)
    if not isinstance(data, dict):
        return Verdict("Invalid Data", physical_id)
    if status == "SUCCESS":
        return Verdict("", physical_id, data)
    if not isinstance(reason, str) or not reason:
        return Verdict("Invalid Reason", physical_id)
    said = f"Received response status [FAILED] from custom resource. Message returned: {reason} (RequestId: {sent['RequestId']})"
    return Verdict(said, physical_id, data)


def _silence(sent: dict[str, Any]) -> str:
    return (
        "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId "
        f"[{sent['RequestId']}]. If you are using the Python cfn-response module, you may need to update your Lambda "
        "function code so that CloudFormation can attach the updated version."
    )


def _response_url(region: str, stack_id: str, logical_id: str, request_id: str) -> str:
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    bucket = f"cloudformation-custom-resource-response-{region.replace('-', '')}"
    return (
        f"https://{bucket}.s3.{region}.amazonaws.com/{quote(f'{stack_id}|{logical_id}|{request_id}', safe='')}"
        f"?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={now}&X-Amz-SignedHeaders=host&X-Amz-Expires=7200"
        f"&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F{now[:8]}%2F{region}%2Fs3%2Faws4_request&X-Amz-Signature={'0' * 64}"
    )
