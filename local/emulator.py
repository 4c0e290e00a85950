"""Amazon ECR on loopback: moto's emulator, with a record of every call in order.

moto keeps its state in the process, so one process can run one emulator at a time; starting one
begins with an empty registry.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import re
import signal
import ssl
import stat
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import moto_gaps
from .http_loopback import over_tls

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "false")
from moto.core.models import DEFAULT_ACCOUNT_ID  # noqa: E402,F401  (loads the core first)
from moto.ecr.models import ecr_backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server  # noqa: E402
from werkzeug.test import Client  # noqa: E402

TARGET = "AmazonEC2ContainerRegistry_V20150921"
_CREDENTIAL = re.compile(r"Credential=([^/]+)/")
_ARRIVED = "local.arrived"
_READS = ("Describe", "Get", "List", "BatchGet", "BatchCheck")


class EcrError(Exception):
    """ECR's refusal of a call: its code, such as RepositoryNotFoundException, and its message."""

    def __init__(self, code: str, message: str):
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
    ):
        self.account = account
        self.region = region
        self._port = port
        self._tls = tls
        self.calls: list[Call] = []
        # How long each call takes at least, in seconds from its first line, and whether it is let in or throttled.
        self.latency = 0.0
        self.admits: Callable[[str], bool] = lambda operation: True
        self._lock = threading.Lock()
        moto_gaps.close()
        self._app = DomainDispatcherApplication(create_backend_app)
        self._client = Client(self._serve)
        self._server: BaseWSGIServer | None = None

    def __enter__(self) -> Emulator:
        ecr_backends.reset()
        server = make_server(
            "127.0.0.1", self._port, self._record, threaded=True, request_handler=_QuietHandler
        )
        server.daemon_threads = True
        server.block_on_close = False
        if self._tls:
            server.socket = over_tls(self._tls, server.socket)
        self._server = server
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), name="ecr", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def reset(self) -> None:
        """Empties the registry and the record."""
        ecr_backends.reset()
        with self._lock:
            self.calls.clear()

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Calls ECR beside the record, as the test's or the printer's own hand."""
        answer = self._client.post(
            "/",
            data=json.dumps(parameters),
            headers={
                "X-Amz-Target": f"{TARGET}.{operation}",
                "Content-Type": "application/x-amz-json-1.1",
                "Authorization": "AWS4-HMAC-SHA256 Credential=LOOKINGON"
                f"/20260101/{self.region}/ecr/aws4_request, SignedHeaders=host, Signature=0",
            },
        )
        body = json.loads(answer.get_data() or b"{}")
        if answer.status_code >= 400:
            code = str(body.get("__type", "UnknownError")).rpartition("#")[2]
            raise EcrError(code, body.get("message", ""))
        return body

    def repositories(self) -> list[dict[str, Any]]:
        """What ECR holds: DescribeRepositories, with tags and both policies as documents."""
        found = self.call("DescribeRepositories")["repositories"]
        return [self._whole(each) for each in sorted(found, key=lambda each: each["repositoryName"])]

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

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = self.account
        return self._app(environ, start_response)

    def _record(self, environ: dict[str, Any], start_response: Any) -> Any:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        status = []

        def started(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            status.append(int(line.split()[0]))
            return start_response(line, headers, *rest)

        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if self.admits(target.rpartition(".")[2]):
            answer = b"".join(self._serve(environ, started))
        else:
            answer = b'{"__type": "ThrottlingException", "message": "Rate exceeded"}'
            started("400 Bad Request", [("Content-Length", str(len(answer)))])
        if self.latency:
            time.sleep(max(0.0, environ[_ARRIVED] + self.latency - time.monotonic()))
        caller = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        call = Call(
            operation=target.rpartition(".")[2] or environ.get("PATH_INFO", ""),
            parameters=json.loads(body or b"{}"),
            error=_error(status[0], answer),
            status=status[0],
            caller=caller.group(1) if caller else "",
        )
        with self._lock:
            self.calls.append(call)
        return [answer]


def _error(status: int, answer: bytes) -> str | None:
    if status < 400:
        return None
    try:
        return str(json.loads(answer)["__type"]).rpartition("#")[2]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {status}"


class _QuietHandler(WSGIRequestHandler):
    """The calls are recorded; werkzeug need not print them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        self._arrived = time.monotonic()
        return super().parse_request()

    def make_environ(self) -> dict[str, Any]:
        return super().make_environ() | {_ARRIVED: self._arrived}

    def log(self, *_: Any) -> None:
        pass


logging.getLogger("werkzeug").setLevel(logging.ERROR)


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
