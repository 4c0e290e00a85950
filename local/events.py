"""Events as CloudFormation sends them, read from files and made playable here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"

_STACK_ID = re.compile(r"arn:aws[a-z-]*:cloudformation:([a-z]{2}(?:-[a-z]+)+-\d+):(\d{12}):stack/[^/]+/[^/]+")
_SIGNED = re.compile(r"X-Amz-Date=[0-9]{8}T[0-9]{6}Z")
_RESPONSE_URL = re.compile(r'("ResponseURL"\s*:\s*)("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True)
class Event:
    """An event's text, byte by byte as its author wrote it, under a name to call it by."""

    name: str
    text: bytes

    @property
    def document(self) -> Any:
        """The event as JSON, or None where it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    def field(self, name: str) -> Any:
        document = self.document
        return document.get(name) if isinstance(document, dict) else None

    @property
    def home(self) -> tuple[str, str]:
        """Account and Region by the StackId, or the usual ones of examples."""
        stack_id = self.field("StackId")
        match = _STACK_ID.fullmatch(stack_id) if isinstance(stack_id, str) else None
        return (match[2], match[1]) if match else (DEFAULT_ACCOUNT, DEFAULT_REGION)

    @property
    def response_url(self) -> str | None:
        if self.document is None:  # not JSON, or nested too deep for Python: by its text
            match = _RESPONSE_URL.search(self.text.decode("utf-8-sig", "replace"))
            return json.loads(match[2]) if match else None
        url = self.field("ResponseURL")
        return url if isinstance(url, str) else None


def redirected(event: Event, new_url: Callable[[], str]) -> tuple[bytes, str | None]:
    """The event with its ResponseURL replaced by a new one, and that one.

    Only a well-formed https URL is replaced: any other is left to show what comes of it.
    """
    url = event.response_url
    if url is None or not _is_https(url):
        return event.text, None
    new = _signed_when(url, new_url())
    return _with_response_url(event, url, new), new


def _signed_when(old: str, new: str) -> str:
    """The new URL with the signing time of the old one, if it tells one: the function orders events by it."""
    signed = _SIGNED.search(old)
    return _SIGNED.sub(signed.group(), new) if signed else new


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s\x00]", url)
    except ValueError:
        return False


def _with_response_url(event: Event, old: str, new: str) -> bytes:
    """Edits the text in place, so that duplicate keys, `14.0` and the like arrive as written."""

    def replace(match: re.Match[str]) -> str:
        return match[1] + json.dumps(new) if json.loads(match[2]) == old else match[0]

    try:
        changed = _RESPONSE_URL.sub(replace, event.text.decode("utf-8-sig"))
        if event.document is None or json.loads(changed).get("ResponseURL") == new:
            return changed.encode()
    except ValueError:
        pass
    return json.dumps(event.document | {"ResponseURL": new}).encode()


class UnreadableEvent(Exception):
    """One sentence for whoever named the file."""


def read(named: str, folder: Path) -> list[Event]:
    """The event in a file, or all in a folder's `.json` files, sorted; `named` is relative to `folder`."""
    path = folder / named
    if path.is_dir():
        files = sorted(each for each in path.glob("*.json") if each.is_file())
        if not files:
            raise UnreadableEvent(f"The folder {named} has no .json file in it.")
        return [Event(each.name, _bytes(each)) for each in files]
    if not path.exists():
        raise UnreadableEvent(f"There is no event file {named} (looked for {path}).")
    return [Event(path.name, _bytes(path))]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableEvent(f"The event file {path} cannot be read: {error.strerror}.") from None
