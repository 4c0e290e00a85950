"""local/prepare.py: what it says where it cannot set up, and how it says how far it is."""

from __future__ import annotations

import hashlib
import io
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from documents import ROOT
from environments import clean


@pytest.mark.parametrize("variable", ["HOME", "MAVEN_USER_HOME"])
def test_a_home_that_cannot_be_written_gets_a_sentence(variable: str) -> None:
    # Not even root can make a folder in /proc.
    environment = {**os.environ, variable: "/proc/none"}
    code = "import prepare; prepare.check_maven_home()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "local", env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Maven keeps what it downloads in /proc/none" in done.stderr.splitlines()[-1]
    assert "MAVEN_USER_HOME=<folder>" in done.stderr


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project that needs one Python package, `tiny`, and has nothing set up."""
    (tmp_path / "local").mkdir()
    for name in ("prepare.py", "progress.py", "inputs.py"):
        shutil.copy(ROOT / "local" / name, tmp_path / "local")
    digest = hashlib.sha256(_wheel()).hexdigest()
    (tmp_path / "local" / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    return tmp_path


def _wheel() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        files = {
            "tiny.py": "",
            "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
            "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)
        record = "".join(f"{name},,\n" for name in (*files, "tiny-1.0.dist-info/RECORD"))
        wheel.writestr(zipfile.ZipInfo("tiny-1.0.dist-info/RECORD"), record)
    return packed.getvalue()


def _prepare(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not re.match("(?i)pip_|https?_proxy|no_proxy", name)}
    return subprocess.run(
        [sys.executable, clone / "local" / "prepare.py", "venv"], capture_output=True, text=True, timeout=300,
        env={**kept, "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull, **environment})


@contextmanager
def _server(asked: list[str]) -> Iterator[str]:
    """A package index, or a proxy that lets nothing through. `asked` gets what it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = _wheel() if self.path.endswith(".whl") else b'<a href="/tiny-1.0-py3-none-any.whl">tiny</a>'
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream" if self.path.endswith(".whl") else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_error(502)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_without_a_network_one_sentence_says_what_is_missing(clone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    done = _prepare(clone, PIP_INDEX_URL=f"http://127.0.0.1:{closed}/simple")
    assert done.returncode == 1
    *_, last = done.stderr.splitlines()
    assert last.startswith("PyPI cannot be reached, and the Python packages have to be downloaded once.")
    assert "PIP_INDEX_URL" in last and "HTTPS_PROXY" in last
    assert "Traceback" not in done.stderr and "ERROR" not in done.stderr


def test_a_mirror_of_pypi_is_used(clone: Path) -> None:
    asked: list[str] = []
    with _server(asked) as url:
        done = _prepare(clone, PIP_INDEX_URL=f"{url}/simple")
    assert done.returncode == 0, done.stderr
    assert asked == ["/simple/tiny/", "/tiny-1.0-py3-none-any.whl"]


def test_a_proxy_is_used(clone: Path) -> None:
    asked: list[str] = []
    with _server(asked) as url:
        done = _prepare(clone, HTTPS_PROXY=url, PIP_INDEX_URL="https://index.example/simple")
    assert asked and set(asked) == {"index.example:443"}
    assert done.stderr.splitlines()[-1].startswith("PyPI cannot be reached")


@pytest.mark.parametrize("variable, sentence", [
    ("TEMPLATE", "The template nowhere.yaml cannot be read: No such file or directory."),
    ("UPDATE", "The template nowhere.yaml cannot be read: No such file or directory."),
    ("EVENT", "There is no event file nowhere.yaml (looked for "),
])
def test_a_file_that_does_not_exist_is_told_before_anything_is_built(tmp_path: Path, variable: str, sentence: str) -> None:
    """The clone has neither sources nor requirements: a build or an installation would fail in another way."""
    (tmp_path / "local").mkdir()
    for path in ("Makefile", "local/prepare.py", "local/progress.py", "local/inputs.py", "local/find-python"):
        shutil.copy(ROOT / path, tmp_path / path)
    done = subprocess.run(
        ["make", "local", f"{variable}=nowhere.yaml"], cwd=tmp_path, env=clean(PWD=str(tmp_path)),
        capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(sentence)
    assert not (tmp_path / ".venv").exists() and not (tmp_path / "target").exists()


def test_on_a_terminal_the_seconds_tick_while_a_command_is_silent(tmp_path: Path) -> None:
    """The command says nothing and ends only when the test has seen two different seconds."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    code = f"import progress; progress.follow('Working', ['cat', {str(gate)!r}], lambda line: None, 'no network')"
    reader, terminal = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT / "local", stderr=terminal, stdin=subprocess.DEVNULL) as run:
        os.close(terminal)
        seen = ""
        while len(set(re.findall(r"Working: (\d+) s", seen))) < 2:
            seen += os.read(reader, 1000).decode()
        gate.write_text("")
        while "done in" not in seen:
            seen += os.read(reader, 1000).decode()
    os.close(reader)
    assert run.returncode == 0
