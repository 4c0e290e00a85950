"""The cold path: from the start of a process to its answer, one Create with everything."""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from local.emulator import Emulator
from local.receiver import Receiver
from local.runtime_api import Exited, Idle, InitFailed, Invocation, Returned, RuntimeApi, Threw

import json
import threading

from local.certificates import Trust
from .contestants import Contestant
from .events import FUNCTION, event, repository

PATIENCE = 60.0


@dataclass(frozen=True)
class Run:
    """Seconds of the clock until the answer, seconds of all processors, and MiB at the peak.

    On the way, in seconds since the start: `asked` for its event, `called` ECR first and `last`.
    """

    seconds: float
    asked: float
    called: float
    last: float
    cpu: float
    mib: float


class Unequal(Exception):
    """A contestant did less, or something else, than asked."""


class Stage:
    """An emulator and a receiver, over TLS or plain, on which one contestant at a time appears."""

    def __init__(self, trust: Trust, tls: bool, log: Path):
        self._emulator = Emulator("123456789012", "us-east-1", tls=trust.server if tls else None)
        self._receiver = Receiver(tls=trust.server if tls else None)
        self._log = log
        self._number = 0
        self._expected: Any = None

    def __enter__(self) -> Stage:
        self._emulator.__enter__()
        self._receiver.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._receiver.close()
        self._emulator.close()

    def run(self, contestant: Contestant, cores: int) -> Run:
        url = self._receiver.url("bench")
        sent = event("Create", url, repository("bench/cold"))
        answered: list[float] = []
        called: list[float] = []
        self._receiver.status = lambda body: (answered.append(time.perf_counter()), 200)[1]
        self._emulator.admits = lambda operation: (called.append(time.perf_counter()), True)[1]
        with RuntimeApi() as api, self._log.open("ab") as log:
            api.offer(Invocation(json.dumps(sent).encode(), FUNCTION, 900))
            began = time.perf_counter()
            process = subprocess.Popen(
                ("taskset", "-c", "0" if cores == 1 else "0,1", *contestant.command),
                env=self._variables(api.address) | contestant.variables,
                cwd=contestant.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            try:
                asked = self._wait(api, process)
                mib = _peak(process.pid)
                ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
                cpu = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
            finally:
                process.kill()
                process.wait()
        self._check(contestant.name, sent, self._receiver.accepted(url))
        times = (answered[0], asked, called[0], called[-1])
        return Run(*(each - began for each in times), cpu, mib)

    def _variables(self, api: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "LANG": "en_US.UTF-8", "TZ": ":UTC",
            "_HANDLER": "dev.ecrrepo.EcrRepoHandler::handleRequest",
            "AWS_LAMBDA_RUNTIME_API": api,
            "AWS_LAMBDA_FUNCTION_NAME": "custom-ecrrepo",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/custom-ecrrepo",
            "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
            "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "ASIABENCH", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_SESSION_TOKEN": "bench",
            "AWS_ENDPOINT_URL_ECR": self._emulator.url,
            "ECRREPO_RESPONSE_HOSTS": self._receiver.host,
        }

    def _wait(self, api: RuntimeApi, process: subprocess.Popen[bytes]) -> float:
        """Until the handler has returned, not only answered: so that its memory is all there.

        When it asked for its event.
        """
        threading.Thread(target=lambda: api.reports.put(Exited(process.wait())), daemon=True).start()
        returned = False
        asked = 0.0
        while True:
            match api.reports.get(timeout=PATIENCE):
                case Returned():
                    returned = True
                case Idle() if returned:
                    return asked
                case Idle():
                    asked = time.perf_counter()
                case (Threw() | InitFailed() | Exited()) as failure:
                    raise Unequal(f"{failure}; see {self._log}")

    def _check(self, name: str, sent: dict[str, Any], body: bytes | None) -> None:
        """That the answer and the repository are the same for all contestants; then clears the stage."""
        answer = json.loads(body or b"null")
        repositories = self._emulator.repositories()
        for each in repositories:
            # The provider's record of what it applied, which has the time; the others keep none.
            each["tags"] = [tag for tag in each["tags"] if tag["Key"] != "ecrrepo:applied"]
            self._emulator.call("DeleteRepository", repositoryName=each["repositoryName"], force=True)
        text = json.dumps([_plain(answer), _plain(repositories)], sort_keys=True).replace(sent["RequestId"], "REQUEST")
        if answer is None or answer["Status"] != "SUCCESS" or len(repositories) != 1:
            raise Unequal(f"{name} answered {answer}; see {self._log}")
        if self._expected is None:
            self._expected = (name, text)
        if text != self._expected[1]:
            raise Unequal(f"{name} and {self._expected[0]} differ:\n{text}\n{self._expected[1]}")


def _plain(value: Any) -> Any:
    """By meaning: without times, a null answer for an absent one, patterns as documents, policies in any order."""
    match value:
        case dict():
            return {
                key: _plain(json.loads(each) if key.endswith("EventPattern") else each)
                for key, each in value.items()
                if key not in ("createdAt", "Reason", "NoEcho") and each is not None
            }
        case list():
            return sorted((_plain(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        case _:
            return value


def _peak(pid: int) -> float:
    """Of the process alone: what `wait` reports counts the parent's memory from before the start."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found
    return int(found[1]) / 1024


def measure(contestants: list[Contestant], trust: Trust, rounds: int, log: Path) -> list[dict[str, Any]]:
    """Interleaved: each round runs every contestant once in every setting; the first round does not count."""
    rows: list[dict[str, Any]] = []
    with Stage(trust, True, log) as stage:
        _rounds(stage, "TLS", contestants, rounds, rows)
    with Stage(trust, False, log) as stage:
        _rounds(stage, "HTTP", contestants, rounds, rows)
    return rows


def _rounds(stage: Stage, transport: str, contestants: list[Contestant], rounds: int, rows: list[dict[str, Any]]) -> None:
    for number in range(rounds + 1):
        for cores in (2, 1):
            for contestant in contestants:
                run = stage.run(contestant, cores)
                if number:
                    rows.append({"contestant": contestant.name, "transport": transport, "cores": cores} | asdict(run))
