"""MiniStack on loopback, in a process of its own that ends with the run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from local import find

ACCOUNT = "123456789012"
_SERVICES = "cloudformation,cloudwatch,ecr,events,iam,lambda,logs,s3,servicecatalog,sns,sqs,ssm,sts"
_START_LIMIT = 60.0


class NotStarted(Exception):
    """MiniStack ended before it answered."""


class MiniStack:
    """`with MiniStack() as world:` serves AWS's APIs at `world.url`; `world.log` is what it printed."""

    def __enter__(self) -> MiniStack:
        self._folder = tempfile.TemporaryDirectory(prefix="ministack-")
        folder = Path(self._folder.name)
        self.log = find.ROOT / "target" / "local" / "ministack.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "local.smoke.ministack_gaps"],
                cwd=folder,
                env=_environment(port, folder),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        """Ends it and the function's processes, which are of its process group."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self._process.pid, 9)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._folder.cleanup()

    def _wait(self) -> None:
        end = time.monotonic() + _START_LIMIT
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise NotStarted(f"MiniStack did not start; see {self.log}.")


def _environment(port: int, folder: Path) -> dict[str, str]:
    """Not the caller's own AWS_… settings: nothing that runs in there may reach AWS."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ECRREPO_", "MINISTACK_"))}
    host = f"127.0.0.1:{port}"
    return kept | {
        "PYTHONPATH": str(find.ROOT),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "SERVICES": _SERVICES,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "TMPDIR": str(folder),
        "AWS_ENDPOINT_URL": f"http://{host}",
        "AWS_EC2_METADATA_DISABLED": "true",
        # Its response URLs are of this host; the function answers to AWS's own, and to those named here.
        "ECRREPO_RESPONSE_HOSTS": host,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
