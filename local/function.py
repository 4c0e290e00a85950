"""The packaged function in its own Java process, started as AWS Lambda starts it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import native
from .runtime_api import (
    Exited,
    Idle,
    InitFailed,
    Invocation,
    Report,
    Returned,
    RuntimeApi,
    Taken,
    Threw,
)

HANDLER = "dev.ecrrepo.EcrRepoHandler::handleRequest"
REPORT_HANDLER = "dev.ecrrepo.ReportHandler::handleRequest"
RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"

# Lambda gives up on an initialisation after 10 s and begins it anew within the first invocation.
# Here it has the time that a slow machine may need.
INIT_LIMIT = 60.0


@dataclass(frozen=True)
class Function:
    """What there is to start, and as which function it appears.

    `package` is a jar for Lambda's java25, or a folder whose `bootstrap` serves Lambda's provided.al2023.

    `timeout` is in seconds, `memory` in MB; `environment` are the function's own variables.
    """

    java: Path
    package: Path
    runtime_client: Path
    account: str
    region: str
    name: str = "custom-ecrrepo"
    timeout: float = 900
    memory: int = 1769
    environment: dict[str, str] = field(default_factory=dict)
    handler: str = HANDLER

    @property
    def arn(self) -> str:
        partition = "aws-cn" if self.region.startswith("cn-") else "aws"
        partition = "aws-us-gov" if self.region.startswith("us-gov-") else partition
        return f"arn:{partition}:lambda:{self.region}:{self.account}:function:{self.name}"

    @property
    def task_root(self) -> Path:
        return self.package if self.package.is_dir() else self.package.parent

    def command(self) -> list[str]:
        if self.package.is_dir():
            return [str(self.package / "bootstrap")]
        return [
            str(self.java),
            # Lambda leaves a part of the memory to everything that is not heap.
            f"-Xmx{self.memory * 85 // 100}m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            *native.options(self.runtime_client),
            "-classpath",
            f"{self.package}{os.pathsep}{self.runtime_client}{os.sep}*",
            RUNTIME_CLIENT,
            self.handler,
        ]

    def variables(self, runtime_api: str, access_key: str, log_stream: str) -> dict[str, str]:
        """https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "_HANDLER": self.handler,
            # As template.yaml sets it.
            "POWERTOOLS_SERVICE_NAME": self.name,
            "AWS_LAMBDA_RUNTIME_API": runtime_api,
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.memory),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{self.name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
            "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "AWS_EXECUTION_ENV": "AWS_Lambda_java25",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": access_key,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_SESSION_TOKEN": "local",
            "LAMBDA_TASK_ROOT": str(self.task_root),
            "LAMBDA_RUNTIME_DIR": str(self.runtime_client),
        } | self.environment


@dataclass(frozen=True)
class Outcome:
    """How an invocation ended: `error` is None where the handler returned.

    `taken` is when the function got the event, on time.monotonic's clock; None where it never did. `body` is what it
    returned, None where it threw.
    """

    error: str | None
    cold: bool
    taken: float | None
    body: bytes | None = None


class ExecutionEnvironment:
    """One process at a time, which takes one event at a time; a dead one is replaced at the next.

    Its output goes to `log`. Lambda's words describe what went wrong.
    """

    def __init__(self, function: Function, number: int, log: Path) -> None:
        self.function = function
        self.access_key = f"ASIALOCAL{number:07d}"
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._api: RuntimeApi | None = None

    def invoke(self, event: bytes, qualifier: str = "") -> Outcome:
        cold = self._process is None or self._process.poll() is not None
        if cold:
            self.stop()
            self._start()
        assert self._api is not None
        arn = f"{self.function.arn}:{qualifier}" if qualifier else self.function.arn
        invocation = Invocation(event, arn, self.function.timeout)
        self._api.offer(invocation)
        self._body: bytes | None = None
        error, taken = self._follow(self._api, invocation)
        return Outcome(error, cold, taken, self._body)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def end(self) -> None:
        """Lets the process end in good order, which Lambda never does."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def stop(self) -> None:
        """Ends the process, whatever it does; Lambda, too, gives no notice to a function."""
        if self._process is not None:
            _kill(self._process)
            self._process = None
        if self._api is not None:
            self._api.__exit__()
            self._api = None

    def _start(self) -> None:
        api = RuntimeApi().__enter__()
        self._api = api
        stream = time.strftime("%Y/%m/%d/[$LATEST]", time.gmtime()) + self.access_key.lower()
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                self.function.command(),
                env=self.function.variables(api.address, self.access_key, stream),
                cwd=self.function.task_root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the runner, which then stops the function itself.
                start_new_session=True,
            )
        self._process = process

        def watch() -> None:
            api.reports.put(Exited(process.wait()))

        threading.Thread(target=watch, name="watch", daemon=True).start()

    def _follow(self, api: RuntimeApi, invocation: Invocation) -> tuple[str | None, float | None]:
        """Reads reports until the function asks for more or is gone: an error, and when it took the event."""
        limit = time.monotonic() + INIT_LIMIT
        taken: float | None = None
        ended = False
        error: str | None = None
        while True:
            report = _next(api.reports, limit)
            match report:
                case Taken(request_id, at) if request_id == invocation.request_id:
                    taken = at
                    limit = at + invocation.timeout
                case Returned(request_id, body) if request_id == invocation.request_id:
                    ended, self._body = True, body
                case Threw(request_id, message) if request_id == invocation.request_id:
                    ended, error = True, message
                case Idle() if ended:
                    return error, taken
                case InitFailed(message):
                    error = f"The function could not be initialised: {message}"
                case Exited(_) if ended:
                    return error, taken
                case Exited(code):
                    return error or f"Runtime exited {_manner(code)}", taken
                case None:
                    self.stop()
                    if ended:
                        return error, taken
                    if taken is None:
                        return f"Initialisation timed out after {INIT_LIMIT:.2f} seconds", None
                    return f"Task timed out after {invocation.timeout:.2f} seconds", taken


def _next(reports: queue.Queue[Report], limit: float) -> Report | None:
    try:
        return reports.get(timeout=max(0.0, limit - time.monotonic()))
    except queue.Empty:
        return None


def _manner(code: int) -> str:
    if code < 0:
        return f"with error: signal: {signal.Signals(-code).name}"
    return f"with error: exit status {code}" if code else "without providing a reason"


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()
