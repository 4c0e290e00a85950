"""Long commands: how far each is, and its last lines if it fails. The standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable


class Failed(Exception):
    """One sentence for whoever runs this."""


def follow(what: str, command: list[str], progress: Callable[[str], str | None], **variables: str) -> None:
    """Runs a command, says how far it is, and shows its last lines only if it fails."""
    ticker = Ticker(what)
    lines: list[str] = []
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
    if status:
        interesting = [line for line in lines if line.startswith("[ERROR]")] or lines
        raise Failed(
            "\n".join(interesting[-30:]) + f"\n{what} failed (status {status}); its last lines are above."
        )


class Ticker:
    """One line that moves on a terminal; elsewhere a line every few seconds."""

    def __init__(self, what: str):
        self.what = what
        self.moving = sys.stderr.isatty()
        self.began = self.shown = time.monotonic()
        print(
            what + (" …" if not self.moving else ""),
            end="" if self.moving else "\n",
            file=sys.stderr,
            flush=True,
        )

    def show(self, state: str | None) -> None:
        now = time.monotonic()
        if state and now - self.shown > (0.1 if self.moving else 10):
            self.shown = now
            self._print(f"{now - self.began:.0f} s, {state}")

    def end(self, state: str) -> None:
        self._print(f"{state} in {time.monotonic() - self.began:.0f} s")
        if self.moving:
            print(file=sys.stderr)

    def _print(self, state: str) -> None:
        if self.moving:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{self.what}: {state}"[: width + 5], end="", file=sys.stderr, flush=True)
        else:
            print(f"  {state}", file=sys.stderr, flush=True)
