"""One local run: an emulated ECR, a receiver of answers, and the packaged function between them."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import find, native
from .emulator import Call, Emulator
from .events import DEFAULT_ACCOUNT, DEFAULT_REGION, Event, redirected
from .function import REPORT_HANDLER, ExecutionEnvironment, Function
from .receiver import Receiver

_LOGS_KEPT = 10


class ReportFailed(Exception):
    """The function that reports threw: its words."""


@dataclass(frozen=True)
class Step:
    """One event played: what the function did, and how it ended.

    `response` is the body that was PUT, parsed, or None where nothing was delivered. `outcome` is
    `answered` where the handler returned, `threw` where it did not, and then `message` says why.
    `seconds` is the whole, a cold start included; `taken` is when the function got the event, on
    time.monotonic's clock.
    """

    name: str
    calls: tuple[Call, ...]
    response: Any
    outcome: str
    message: str | None
    log: str
    cold: bool
    seconds: float
    taken: float | None

    def document(self) -> dict[str, Any]:
        """As `FORMAT=json` prints it."""
        return {
            "name": self.name,
            "calls": [{"operation": each.operation, "readOnly": each.read_only} for each in self.calls],
            "response": self.response,
            "outcome": self.outcome,
            "message": self.message,
        }


class LocalRun:
    """`with LocalRun(account, region) as run: step = run.invoke(event, name="create")`.

    The function answers under `run.function_arn`, in this account and Region; `environment` are
    its own variables, such as `ECRREPO_NAME_PREFIX`. `invoke` may be called from several threads:
    like Lambda, it starts another process while the first is busy. One run at a time in one
    Python process, since the emulator's state is the process's.
    """

    def __init__(
        self,
        account: str = DEFAULT_ACCOUNT,
        region: str = DEFAULT_REGION,
        *,
        package: Path | None = None,
        timeout: float = 900,
        memory: int = 1769,
        environment: dict[str, str] | None = None,
        handler: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.account = account
        self.region = region
        self.emulator = Emulator(account, region, tls=tls)
        self.receiver = Receiver(tls)
        self._package = package
        self._settings: dict[str, Any] = {"timeout": timeout, "memory": memory}
        if handler:
            self._settings["handler"] = handler
        self._environment = dict(environment or {})
        self._environments: list[ExecutionEnvironment] = []
        self._idle: list[ExecutionEnvironment] = []
        self._reporter: ExecutionEnvironment | None = None
        self._pushed = 0
        self._lock = threading.Lock()

    def __enter__(self) -> LocalRun:
        self._folder = Path(tempfile.mkdtemp(prefix="ecrrepo-local-"))
        try:
            self.log = _new_log()
            self.emulator.__enter__()
            self.receiver.__enter__()
            self._function = self._prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._environments:
            each.stop()
        self.receiver.close()
        self.emulator.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def function_arn(self) -> str:
        return self._function.arn

    def invoke(self, event: Any, name: str = "event", qualifier: str = "") -> Step:
        """Plays one event: a document, or its text as str or bytes, which stays as it is written.

        A well-formed https ResponseURL is replaced by one of the local receiver's. `qualifier` is the alias through
        which the function is invoked, which it finds at the end of its own ARN.
        """
        if isinstance(event, bytes):
            text = event
        else:
            text = (event if isinstance(event, str) else json.dumps(event)).encode()
        given = Event(name, text)
        stack_id = given.field("StackId")
        sent, url = redirected(
            given, lambda: self.receiver.url(stack_id if isinstance(stack_id, str) else "stack")
        )
        environment = self._take()
        try:
            written = self.log.stat().st_size
            made = len(self.emulator.calls)
            began = time.monotonic()
            outcome = environment.invoke(sent, qualifier)
            seconds = time.monotonic() - began
            calls = [each for each in self.emulator.calls[made:] if each.caller == environment.access_key]
        finally:
            with self._lock:
                self._idle.append(environment)
        body = self.receiver.accepted(url) if url else None
        return Step(
            name=name,
            calls=tuple(calls),
            response=_parsed(body),
            outcome="threw" if outcome.error else "answered",
            message=outcome.error,
            log=_from(self.log, written),
            cold=outcome.cold,
            seconds=seconds,
            taken=outcome.taken,
        )

    def report(self, request: dict[str, Any]) -> Any:
        """Asks the second function, which only reports. Raises ReportFailed with the function's own words."""
        if self._reporter is None:
            function = replace(self._function, handler=REPORT_HANDLER, name=f"{self._function.name}-reports")
            self._reporter = ExecutionEnvironment(function, len(self._environments) + 5000, self.log)
            self._environments.append(self._reporter)
        outcome = self._reporter.invoke(json.dumps(request).encode())
        if outcome.error is not None:
            raise ReportFailed(outcome.error)
        return _parsed(outcome.body)

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Calls ECR beside the record, as somebody else in the account would."""
        return self.emulator.call(operation, **parameters)

    def push(self, repository: str, tag: str = "", days: float = 0) -> None:
        """Puts an image into a repository, as a developer would, so many days ago; without a tag, an untagged one."""
        self._pushed += 1
        digest = f"sha256:{self._pushed:0>64x}"
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json",
                "digest": digest,
                "size": 2,
            },
            "layers": [],
        }
        tagged = {"imageTag": tag} if tag else {}
        self.call(
            "PutImage", repositoryName=repository, imageManifest=json.dumps(manifest), imageDigest=digest, **tagged
        )
        if days:
            self.emulator.age(repository, digest, days)

    def repositories(self) -> list[dict[str, Any]]:
        """As DescribeRepositories, with `tags`, `lifecyclePolicy` and `repositoryPolicy`."""
        return self.emulator.repositories()

    def processes(self) -> list[int]:
        """Of the function: their IDs."""
        return [each.pid for each in self._environments if each.pid is not None]

    def end(self) -> None:
        """Lets the warm processes end in good order."""
        with self._lock:
            for each in self._idle:
                each.end()

    def cool_down(self) -> None:
        """Stops the warm processes, so that the next invocation is a cold start."""
        with self._lock:
            for each in self._idle:
                each.stop()

    def _prepare(self) -> Function:
        """Copies what is run, so that a build beside this run cannot disturb it."""
        package = self._package or find.package()
        copied = self._folder / package.name
        shutil.copytree(package, copied) if package.is_dir() else shutil.copy(package, copied)
        client = shutil.copytree(find.runtime_client(), self._folder / "runtime-client")
        native.unpack(client)
        return Function(
            java=find.java(),
            package=copied,
            runtime_client=Path(client),
            account=self.account,
            region=self.region,
            environment={
                "AWS_ENDPOINT_URL_ECR": self.emulator.url,
                "ECRREPO_RESPONSE_HOSTS": self.receiver.host,
            }
            | self._environment,
            **self._settings,
        )

    def _take(self) -> ExecutionEnvironment:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            new = ExecutionEnvironment(self._function, len(self._environments) + 1, self.log)
            self._environments.append(new)
            return new


def _parsed(body: bytes | None) -> Any:
    if body is None:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def _from(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        return file.read().decode("utf-8", "replace")


def _new_log() -> Path:
    """A log file of this run's own; of earlier runs' only the last few are kept, and those that may still be running."""
    folder = find.ROOT / "target" / "local"
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.log"), key=_age)[_LOGS_KEPT - 1 :]:
        if time.time() + _age(old) > 3600:
            old.unlink(missing_ok=True)
    now = time.strftime("%Y%m%d-%H%M%S")
    log = folder / f"{now}-{os.getpid()}.log"
    log.touch()
    return log


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0
