"""The S3 object behind a ResponseURL, on loopback: takes CloudFormation's answer by PUT."""

from __future__ import annotations

import secrets
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from . import http_loopback


# What can befall a PUT: the connection breaks before or after its body is stored, or the answer comes too late.
TROUBLES = ("reset before", "reset after", "stall")
# Seconds: longer than the function waits for an answer.
STALLED = 6.0


@dataclass(frozen=True)
class Delivery:
    """One PUT: its body, and the status that it was answered with."""

    body: bytes
    status: int


class Receiver:
    """`with Receiver() as receiver:` hands out URLs and keeps what is PUT to each.

    `status` decides the answer to each PUT by its body, and `trouble` what befalls it, one of TROUBLES or None; tests
    replace them to be hostile.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.status: Callable[[bytes], int] = lambda body: 200
        self.trouble: Callable[[], str | None] = lambda: None
        self._deliveries: dict[str, list[Delivery]] = {}
        self._lock = threading.Lock()
        self._server: http_loopback.Server | None = None

    def __enter__(self) -> Receiver:
        receiver = self

        class Handler(http_loopback.Handler):
            def do_PUT(self) -> None:
                trouble = receiver.trouble()
                if trouble == "reset before":
                    self.hang_up()
                    return
                status = receiver._take(self.path, self.body())
                if trouble == "reset after":
                    self.hang_up()
                    return
                if trouble == "stall":
                    time.sleep(STALLED)
                self.answer(status)

        self._handler = Handler
        self._server = http_loopback.Server(Handler, "receiver", self._tls)
        self.host = self._server.host
        return self

    def reopen(self) -> None:
        """Under the same address. After `close`, connections to it are refused."""
        self._server = http_loopback.Server(self._handler, "receiver", self._tls, int(self.host.rpartition(":")[2]))

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def url(self, stack_id: str = "stack") -> str:
        """A new pre-signed URL, shaped as CloudFormation's, signed now with a made-up signature."""
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        path = f"/{quote(stack_id, safe='')}%7C{uuid.uuid4()}"
        with self._lock:
            self._deliveries[path] = []
        return (
            f"{'https' if self._tls else 'http'}://{self.host}{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={now}"
            "&X-Amz-SignedHeaders=host&X-Amz-Expires=7200"
            f"&X-Amz-Credential=AKIALOCALRUN%2F{now[:8]}%2Fus-east-1%2Fs3%2Faws4_request"
            f"&X-Amz-Signature={secrets.token_hex(32)}"
        )

    def deliveries(self, url: str) -> list[Delivery]:
        """Every PUT to this URL, in order, refused ones included."""
        with self._lock:
            return list(self._deliveries.get(urlsplit(url).path, ()))

    def accepted(self, url: str) -> bytes | None:
        """What CloudFormation sees: the first body that was stored."""
        return next((each.body for each in self.deliveries(url) if each.status < 300), None)

    def _take(self, path: str, body: bytes) -> int:
        path = path.partition("?")[0]
        if path not in self._deliveries:
            return 403
        status = self.status(body)
        with self._lock:
            self._deliveries[path].append(Delivery(body, status))
        return status
