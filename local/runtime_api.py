"""The Lambda Runtime API of one execution environment, on loopback.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import queue
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from . import http_loopback

PREFIX = "/2018-06-01/runtime/"


@dataclass(frozen=True)
class Invocation:
    """One event on its way into the function; `timeout` in seconds counts from its hand-over."""

    event: bytes
    function_arn: str
    timeout: float
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Taken:
    """The function asked for the event and has it; `at` is on time.monotonic's clock."""

    request_id: str
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Idle:
    """The function asks for the next event, so that whatever it did before is over."""


@dataclass(frozen=True)
class Returned:
    request_id: str
    body: bytes


@dataclass(frozen=True)
class Threw:
    request_id: str
    message: str


@dataclass(frozen=True)
class InitFailed:
    message: str


@dataclass(frozen=True)
class Exited:
    """Not the API's own: reported by whoever watches the process."""

    code: int


Report = Taken | Idle | Returned | Threw | InitFailed | Exited


class RuntimeApi:
    """Serves one function process: `offer` an invocation, then read `reports`."""

    def __init__(self) -> None:
        self.reports: queue.Queue[Report] = queue.Queue()
        self._offers: queue.Queue[Invocation | None] = queue.Queue()

    def __enter__(self) -> RuntimeApi:
        api = self

        class Handler(http_loopback.Handler):
            def do_GET(self) -> None:
                if self.path == PREFIX + "invocation/next":
                    api._next(self)
                else:
                    self.answer(404)

            def do_POST(self) -> None:
                api._report(self, self.path.removeprefix(PREFIX).split("/"), self.body())

        self._server = http_loopback.Server(Handler, "runtime")
        self.address = self._server.host
        return self

    def __exit__(self, *_: object) -> None:
        self._offers.put(None)
        self._server.close()

    def offer(self, invocation: Invocation) -> None:
        self._offers.put(invocation)

    def _next(self, handler: http_loopback.Handler) -> None:
        self.reports.put(Idle())
        invocation = self._offers.get()
        if invocation is None:
            handler.close_connection = True
            return
        self.reports.put(Taken(invocation.request_id))
        handler.answer(
            200,
            invocation.event,
            {
                "Content-Type": "application/json",
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + invocation.timeout) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
                "Lambda-Runtime-Trace-Id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]};"
                f"Parent={uuid.uuid4().hex[:16]};Sampled=0",
            },
        )

    def _report(self, handler: http_loopback.Handler, path: list[str], body: bytes) -> None:
        match path:
            case ["invocation", request_id, "response"]:
                self.reports.put(Returned(request_id, body))
            case ["invocation", request_id, "error"]:
                self.reports.put(Threw(request_id, _message(body)))
            case ["init", "error"]:
                self.reports.put(InitFailed(_message(body)))
            case _:
                handler.answer(404)
                return
        handler.answer(202, b'{"status":"OK"}')


def _message(body: bytes) -> str:
    """An error report's message, or else its type: `{"errorMessage": …, "errorType": …}`."""
    try:
        error: Any = json.loads(body)
        return error.get("errorMessage") or error.get("errorType") or "unknown error"
    except (ValueError, AttributeError):
        return body.decode("utf-8", "replace") or "unknown error"
