"""One warm process: how long each flow takes when ECR is far away, and what grows with what."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local import find, function
from local.run import LocalRun, Step

from .events import event, lifecycle, policy, repository

LATENCY = 0.03
URL = "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/bench"
FLOWS = find.ROOT / "src" / "test" / "resources" / "calls" / "flows.txt"


def round_trips() -> dict[str, int]:
    lines = [line for line in FLOWS.read_text().splitlines() if not line.startswith("#")]
    return {name: calls.count(">") + 1 for name, calls in (line.split(" | ") for line in lines)}


def latency(repeats: int = 41) -> list[dict[str, Any]]:
    """Each call to ECR takes 30 ms; the time is from the event's hand-over to CloudFormation's having the answer."""
    trips = round_trips()
    rows = []
    # The servers are threads of this one Python: none shall hold up another for the usual 5 ms.
    sys.setswitchinterval(0.0005)
    with LocalRun() as run:
        # Until all that is called often enough has been compiled.
        for _ in range(200):
            for flow in _flows():
                _play(run, flow)
        run.emulator.latency = LATENCY
        call, put = _bare(run)
        for flow in _flows():
            seconds = statistics.median(_play(run, flow) for _ in range(repeats))
            rows.append({
                "flow": flow, "rounds": trips[flow], "seconds": seconds, "ratio": seconds / trips[flow] / LATENCY,
                "bare": trips[flow] * call + put,
            })
    return rows


def _bare(run: LocalRun) -> tuple[float, float]:
    """Seconds of one call and of one answer by a client of its own process that does nothing else."""
    client = Path(__file__).with_name("bare_client.py")
    command = (sys.executable, str(client), run.emulator.url, run.receiver.url("bare"))
    call, put = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(call) / 1000, float(put) / 1000


def _flows() -> list[str]:
    return [
        "create, no policies", "create, one policy", "create, both policies", "update, nothing changed",
        "update, lifecycle policy", "update, repository policy", "delete",
    ]


def _play(run: LocalRun, flow: str) -> float:
    """Sets the scene without delay, plays the flow, and clears up."""
    wanted = {
        "create, no policies": repository("bench/warm", rules=0, statements=0),
        "create, one policy": repository("bench/warm", statements=0),
    }.get(flow, repository("bench/warm"))
    with_delay, run.emulator.latency = run.emulator.latency, 0.0
    if not flow.startswith("create"):
        _sound(run.invoke(event("Create", URL, wanted)))
    changed = dict(wanted)
    if flow == "update, lifecycle policy":
        changed["LifecyclePolicy"] = {"LifecyclePolicyText": lifecycle(3)}
    if flow == "update, repository policy":
        changed["RepositoryPolicyText"] = policy(2)
    run.emulator.latency = with_delay
    known = {"PhysicalResourceId": "bench/warm"}
    match flow.split(",")[0]:
        case "create":
            sent = event("Create", URL, wanted)
        case "update":
            sent = event("Update", URL, changed, **known, OldResourceProperties=wanted)
        case _:
            sent = event("Delete", URL, wanted, **known)
    answers: list[float] = []
    run.receiver.status = lambda body: (answers.append(time.monotonic()), 200)[1]
    step = _sound(run.invoke(sent))
    assert step.taken
    seconds = answers[0] - step.taken
    run.emulator.latency = 0.0
    if flow != "delete":
        _sound(run.invoke(event("Delete", URL, wanted, **known)))
    run.emulator.latency = with_delay
    run.emulator.calls.clear()
    return seconds


def growth(events: int = 2000, repeats: int = 9) -> dict[str, list[dict[str, Any]]]:
    """Times of one Create against the size of its parts, and the memory of one process against its events."""
    result: dict[str, list[dict[str, Any]]] = {}
    with LocalRun() as run:
        for _ in range(60):
            _cycle(run, repository("bench/grow"))
        sizes = {"rules": (1, 5, 10, 20, 30, 40, 50), "statements": (1, 5, 10, 20, 30, 38), "tags": (0, 11, 22, 33, 43)}
        for part, numbers in sizes.items():
            result[part] = [
                {
                    "number": number,
                    "seconds": statistics.median(
                        _cycle(run, repository("bench/grow", **{part: number})) for _ in range(repeats)
                    ),
                }
                for number in numbers
            ]
    with LocalRun() as run:
        rows = result["events"] = []
        for number in range(1, events + 1):
            seconds = _cycle(run, repository("bench/grow")) if number % 2 else 0.0
            if number in (1, 11, 51, 101) or (number - 1) % 200 == 0:
                rows.append({"number": number, "seconds": seconds, "mib": _memory(run.processes()[0])})
    return result


def _cycle(run: LocalRun, wanted: dict[str, Any]) -> float:
    """A Create, which is timed, and the Delete after it."""
    step = _sound(run.invoke(event("Create", URL, wanted)))
    _sound(run.invoke(event("Delete", URL, wanted, PhysicalResourceId="bench/grow")))
    run.emulator.calls.clear()
    return step.seconds


class Limit:
    """A bucket for each operation, as ECR's: so many calls a second, and as many at once."""

    def __init__(self, rate: float):
        self._rate = rate
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()
        self.refused = 0

    def __call__(self, operation: str) -> bool:
        with self._lock:
            now = time.monotonic()
            tokens, last = self._buckets.get(operation, (self._rate, now))
            tokens = min(self._rate, tokens + (now - last) * self._rate)
            admitted = tokens >= 1
            self._buckets[operation] = (tokens - admitted, now)
            self.refused += not admitted
            return admitted


def throttle(repositories: int = 500, handlers: int = 100, rate: float = 10) -> dict[str, Any]:
    """All repositories at once, to so many processes, while ECR admits so many calls a second and operation."""
    limit = Limit(rate)
    function.INIT_LIMIT = 600.0  # a hundred processes start at once on a machine that has not a hundred processors
    free, _ = _flood(repositories, handlers, lambda operation: True)
    seconds, failures = _flood(repositories, handlers, limit)
    return {
        "repositories": repositories, "handlers": handlers, "rate": rate, "seconds": seconds, "free": free,
        "refused": limit.refused, "least": (repositories - rate) / rate, "failures": failures,
    }


def _flood(repositories: int, handlers: int, admits: Callable[[str], bool]) -> tuple[float, list[str]]:
    """How long it takes, and the answers that are not SUCCESS; all processes start cold."""
    with LocalRun() as run, ThreadPoolExecutor(handlers) as pool:
        run.emulator.admits = admits
        began = time.monotonic()
        create: Callable[[int], Step] = lambda number: run.invoke(
            event("Create", URL, repository(f"bench/many-{number}"), LogicalResourceId=f"Repository{number}")
        )
        steps = list(pool.map(create, range(repositories)))
        seconds = time.monotonic() - began
        run.emulator.admits = lambda operation: True
        failures = [f"{step.response} {step.message}" for step in steps if not _is_sound(step)]
        whole = [each for each in run.repositories() if each["lifecyclePolicy"] and each["repositoryPolicy"] and each["tags"]]
    if len(whole) != repositories - len(failures):
        raise RuntimeError(f"{len(whole)} whole repositories, {len(failures)} failures of {repositories}")
    return seconds, failures


def _is_sound(step: Step) -> bool:
    return isinstance(step.response, dict) and step.response["Status"] == "SUCCESS"


def _sound(step: Step) -> Step:
    if not _is_sound(step):
        raise RuntimeError(f"{step.response} {step.message}")
    return step


def _memory(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1024
