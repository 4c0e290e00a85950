"""Long commands: how far each is, and its last lines if it fails. The standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable

# What pip, Maven and npm print where a registry cannot be reached.
_UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError|Failed to establish a new connection"
    r"|UnknownHostException|Unknown host|Connection refused|Network is unreachable|No route to host|Connect timed out"
    r"|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT"
)


class Failed(Exception):
    """One sentence for whoever runs this."""


def follow(
    what: str, command: list[str], progress: Callable[[str], str | None], unreachable: str, **variables: str
) -> None:
    """Runs a command and says how far it is; if it fails, shows its last lines, or `unreachable` where it found no network."""
    lines: list[str] = []
    with Ticker(what) as ticker:
        try:
            process = subprocess.Popen(
                command,
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise Failed(f"{what}: {command[0]} cannot be run: {error.strerror}.") from None
        try:
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line.rstrip())
                ticker.show(progress(line))
            status = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        ticker.end("done" if status == 0 else "failed")
    if status == 0:
        return
    if any(_UNREACHABLE.search(line) for line in lines):
        raise Failed(unreachable)
    interesting = [line for line in lines if line.startswith("[ERROR]")] or lines
    raise Failed("\n".join(interesting[-30:]) + f"\n{what} failed (status {status}); its last lines are above.")


class Ticker:
    """One line that counts the seconds on a terminal; elsewhere a line every ten seconds."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._moving = sys.stderr.isatty()
        self._began = time.monotonic()
        self._state = ""
        self._ended = threading.Event()
        self._clock = threading.Thread(target=self._tick, daemon=True)
        print(
            what + (" …" if not self._moving else ""),
            end="" if self._moving else "\n",
            file=sys.stderr,
            flush=True,
        )

    def __enter__(self) -> Ticker:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def show(self, state: str | None) -> None:
        if state:
            self._state = state

    def end(self, state: str) -> None:
        self._stop()
        self._print(f"{state} in {self._seconds} s")
        if self._moving:
            print(file=sys.stderr)

    @property
    def _seconds(self) -> int:
        return round(time.monotonic() - self._began)

    def _tick(self) -> None:
        while not self._ended.wait(1 if self._moving else 10):
            self._print(", ".join(each for each in (f"{self._seconds} s", self._state) if each))

    def _stop(self) -> None:
        self._ended.set()
        self._clock.join()

    def _print(self, state: str) -> None:
        if self._moving:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{self._what}: {state}"[: width + 4], end="", file=sys.stderr, flush=True)
        else:
            print(f"  {state}", file=sys.stderr, flush=True)
