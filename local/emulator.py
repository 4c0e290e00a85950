"""Amazon ECR on loopback: moto's emulator, with a record of every call in order.

moto keeps its state in the process, so one process can run one emulator at a time; starting one
begins with an empty registry.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import ssl
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from . import http_loopback, moto_gaps

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "false")
from moto.core.models import DEFAULT_ACCOUNT_ID  # noqa: E402,F401  (loads the core first)
from moto.ecr.models import ecr_backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.test import Client  # noqa: E402

TARGET = "AmazonEC2ContainerRegistry_V20150921"
_CREDENTIAL = re.compile(r"Credential=([^/]+)/")
TROUBLES = ("reset before", "reset after", "500", "503", "throttle", "cut", "stall")
# Seconds: longer than the function waits for a byte.
STALLED = 70.0
_THROTTLED = b'{"__type": "ThrottlingException", "message": "Rate exceeded"}'
_READS = ("Describe", "Get", "List", "BatchGet", "BatchCheck")


# Status, body and headers.
Answer = tuple[int, bytes, dict[str, str]]

_REFUSALS: dict[str, Answer] = {
    "500": (500, b'{"__type": "ServerException", "message": "internal"}', {}),
    "503": (503, b"", {}),
    "throttle": (400, _THROTTLED, {}),
}


class EcrError(Exception):
    """ECR's refusal of a call: its code, such as RepositoryNotFoundException, and its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Call:
    """One request to ECR. `caller` is the access key that signed it."""

    operation: str
    parameters: dict[str, Any]
    error: str | None
    status: int
    caller: str = field(repr=False, default="")

    @property
    def read_only(self) -> bool:
        return self.operation.startswith(_READS)


class Emulator:
    """`with Emulator(account, region) as emulator:` serves ECR at `emulator.url`."""

    def __init__(
        self, account: str, region: str, port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.account = account
        self.region = region
        self._port = port
        self._tls = tls
        self.calls: list[Call] = []
        # How long each call takes at least, in seconds from its first line; whether it is let in or throttled;
        # whether its connection breaks once it is done, so that its answer is lost.
        self.latency = 0.0
        self.admits: Callable[[str], bool] = lambda operation: True
        self.loses: Callable[[str], bool] = lambda operation: False
        # What befalls a call on its way, by its operation: one of TROUBLES, or None.
        self.troubles: Callable[[str], str | None] = lambda operation: None
        self._lock = threading.Lock()
        moto_gaps.close()
        # Not moto's own server: that closes the connection after each call, which ECR does not.
        self._moto = Client(DomainDispatcherApplication(create_backend_app), use_cookies=False)
        self._server: http_loopback.Server | None = None

    def __enter__(self) -> Emulator:
        emulator = self
        ecr_backends.reset()

        class Handler(http_loopback.Handler):
            def parse_request(self) -> bool:
                self.arrived = time.monotonic()
                return super().parse_request()

            def do_POST(self) -> None:
                body = self.body()
                # Half of the latency is the way there: the client has the processor to itself.
                _sleep_until(self.arrived + emulator.latency / 2)
                operation = _operation(self.headers)
                trouble = emulator.troubles(operation)
                if trouble == "reset before":
                    self.hang_up()
                    return
                answer = _REFUSALS.get(trouble or "") or emulator._record(self.path, self.headers, body)
                if trouble == "reset after" or emulator.loses(operation):
                    self.hang_up()
                    return
                if trouble == "stall":
                    time.sleep(STALLED)
                if trouble == "cut":
                    self.answer(*answer, cut=True)
                    return
                self.answer(*answer)
                # What is written leaves when this returns.
                _sleep_until(self.arrived + emulator.latency)

        self._server = http_loopback.Server(Handler, "ecr", self._tls, self._port)
        self.url = f"{'https' if self._tls else 'http'}://{self._server.host}"
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    @property
    def connections(self) -> int:
        """How many there were."""
        return self._server.accepted if self._server else 0

    def hang_up(self) -> int:
        """Closes the connections that are open, as ECR does with those that idle; returns how many."""
        return self._server.hang_up() if self._server else 0

    def reset(self) -> None:
        """Empties the registry and the record."""
        ecr_backends.reset()
        with self._lock:
            self.calls.clear()

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Calls ECR beside the record, as the test's or the printer's own hand."""
        headers = {
            "X-Amz-Target": f"{TARGET}.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": "AWS4-HMAC-SHA256 Credential=LOOKINGON"
            f"/20260101/{self.region}/ecr/aws4_request, SignedHeaders=host, Signature=0",
        }
        status, answer, _ = self._ask("/", headers, json.dumps(parameters).encode())
        body = json.loads(answer or b"{}")
        if status >= 400:
            code = str(body.get("__type", "UnknownError")).rpartition("#")[2]
            raise EcrError(code, body.get("message", ""))
        return body

    def repositories(self) -> list[dict[str, Any]]:
        """What ECR holds: DescribeRepositories, with tags and both policies as documents."""
        found = self._every_repository()
        return [self._whole(each) for each in sorted(found, key=lambda each: each["repositoryName"])]

    def _every_repository(self) -> list[dict[str, Any]]:
        page = self.call("DescribeRepositories")
        found = list(page["repositories"])
        while page.get("nextToken"):
            page = self.call("DescribeRepositories", nextToken=page["nextToken"])
            found += page["repositories"]
        return found

    def age(self, repository: str, digest: str, days: float) -> None:
        """Lets an image have been pushed so many days ago, which no call can do."""
        stored = ecr_backends[self.account][self.region].repositories[repository].images
        image = next(each for each in stored if each.get_image_digest() == digest)
        image.image_pushed_at = int(time.time() - days * 86_400)

    def _whole(self, repository: dict[str, Any]) -> dict[str, Any]:
        name = repository["repositoryName"]
        tags = self.call("ListTagsForResource", resourceArn=repository["repositoryArn"])["tags"]
        return repository | {
            "tags": sorted(tags, key=lambda tag: tag["Key"]),
            "lifecyclePolicy": self._policy("GetLifecyclePolicy", name, "lifecyclePolicyText"),
            "repositoryPolicy": self._policy("GetRepositoryPolicy", name, "policyText"),
        }

    def _policy(self, operation: str, name: str, key: str) -> Any:
        try:
            return json.loads(self.call(operation, repositoryName=name)[key])
        except EcrError as error:
            if error.code.endswith("PolicyNotFoundException"):
                return None
            raise

    def _ask(self, path: str, headers: Iterable[Any], body: bytes) -> Answer:
        account = {"HTTP_X_MOTO_ACCOUNT_ID": self.account}
        answer = self._moto.post(path, headers=headers, data=body, environ_overrides=account)
        sent = dict(answer.headers)
        sent.pop("Content-Length", None)
        return answer.status_code, answer.get_data(), sent

    def _record(self, path: str, headers: Message, body: bytes) -> Answer:
        operation = _operation(headers)
        if self.admits(operation):
            status, answer, sent = self._ask(path, headers.items(), body)
        else:
            status, answer, sent = 400, _THROTTLED, {}
        caller = _CREDENTIAL.search(headers.get("Authorization", ""))
        call = Call(
            operation=operation or path,
            parameters=json.loads(body or b"{}"),
            error=_error(status, answer),
            status=status,
            caller=caller.group(1) if caller else "",
        )
        with self._lock:
            self.calls.append(call)
        return status, answer, sent


def _sleep_until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)


def _operation(headers: Message) -> str:
    return headers.get("X-Amz-Target", "").rpartition(".")[2]


def _error(status: int, answer: bytes) -> str | None:
    if status < 400:
        return None
    try:
        return str(json.loads(answer)["__type"]).rpartition("#")[2]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {status}"


def serve() -> None:
    """Serves on its own, for tests in another language: see `local/ecr-emulator`."""
    arguments = argparse.ArgumentParser(prog="ecr-emulator")
    arguments.add_argument("-p", "--port", type=int, default=0)
    with Emulator("123456789012", "us-east-1", arguments.parse_args().port) as emulator:
        print(emulator.url, flush=True)
        # Whoever holds the other end of a pipe may die without a word: then there is nobody to serve.
        if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
            sys.stdin.read()
        else:
            signal.pause()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        serve()
    except KeyboardInterrupt:
        sys.exit(130)
