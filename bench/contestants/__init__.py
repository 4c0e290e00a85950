"""Who is measured: each is a command line that serves Lambda's runtime API."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from local import certificates, find, native
from local.certificates import Trust
from local.function import HANDLER, Function

HERE = Path(__file__).parent
BUILT = find.ROOT / "target" / "bench"
FAST = find.ROOT / "target" / "fast"


@dataclass(frozen=True)
class Contestant:
    """`variables` make it trust the test authority, by its own custom."""

    name: str
    command: tuple[str, ...]
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)


@contextmanager
def authority() -> Iterator[Trust]:
    """An authority for as long as a part of the bench runs."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield certificates.make(Path(folder))


def maven(project: Path, *arguments: str) -> None:
    _run(str(find.ROOT / "mvnw"), "-B", "-ntp", "-q", "-f", str(project / "pom.xml"), *arguments,
         JAVA_HOME=str(find.java_home()))


def all_of(trust: Trust, only: tuple[str, ...] = ()) -> list[Contestant]:
    makers = {
        "packaged": packaged, "fast": fast, "straightforward": straightforward,
        "python": python, "python-compiled": python_compiled, "node": node,
    }
    return [make(trust) for name, make in makers.items() if not only or name in only]


def packaged(trust: Trust, package: Path | None = None, name: str = "packaged") -> Contestant:
    """The jar of `sam build` in Lambda's Java runtime client, with the flags of Lambda's java25."""
    return _java25(trust, package or find.package(), name, HANDLER)


def fast(trust: Trust) -> Contestant:
    """The package of `make fast`: Lambda runs its `bootstrap`."""
    return Contestant(
        "fast", (str(FAST / "bootstrap"),), FAST,
        {"LAMBDA_TASK_ROOT": str(FAST), "JAVA_TOOL_OPTIONS": _java_options(trust)},
    )


def straightforward(trust: Trust) -> Contestant:
    """A provider of AWS's own parts for Java: Powertools' base class, the SDK with its defaults, log4j; untuned."""
    folder = BUILT / "straightforward"
    source = HERE / "java"

    def install() -> None:
        maven(source, "package")

    _once(folder, install, source / "pom.xml", *sorted(each for each in source.glob("src/**/*.*") if each.is_file()))
    return _java25(trust, folder / "straightforward.jar", "straightforward", "example.Handler::handleRequest")


def _java25(trust: Trust, package: Path, name: str, handler: str) -> Contestant:
    client = BUILT / "runtime-client"
    if not client.exists():
        native.unpack(shutil.copytree(find.runtime_client(), client))
    function = Function(find.java(), package, client, "123456789012", "us-east-1", handler=handler)
    return Contestant(
        name, tuple(function.command()), function.package.parent,
        {"JAVA_TOOL_OPTIONS": _java_options(trust), "_HANDLER": handler},
    )


def python(trust: Trust) -> Contestant:
    """boto3 in AWS's own runtime client, as `sam build` packages it: without byte code, which Lambda
    cannot keep either, since the package's folder is read-only there."""
    return _python(trust, "python", compiled=False)


def python_compiled(trust: Trust) -> Contestant:
    """The same with byte code beside every module, for whoever goes to the length of packing it."""
    return _python(trust, "python-compiled", compiled=True)


def _python(trust: Trust, name: str, compiled: bool) -> Contestant:
    packages = BUILT / name
    requirements = HERE / "python" / "requirements.txt"

    def install() -> None:
        _run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--no-compile", "--target", str(packages), "-r", str(requirements))
        shutil.copy(HERE / "python" / "handler.py", packages)
        if compiled:
            _run(sys.executable, "-m", "compileall", "-q", str(packages))

    _once(packages, install, requirements, HERE / "python" / "handler.py")
    return Contestant(
        name,
        # Without site packages: botocore loads what it finds there, such as the CRT of the SAM CLI.
        (sys.executable, "-S", "-B", "-m", "awslambdaric", "handler.handler"),
        packages,
        {"PYTHONPATH": str(packages), "AWS_CA_BUNDLE": str(trust.pem), "SSL_CERT_FILE": str(trust.pem)},
    )


def node(trust: Trust) -> Contestant:
    """AWS SDK v3 in one bundle, minified, in the smallest runtime loop there can be."""
    folder = BUILT / "node"
    source = HERE / "node"

    def install() -> None:
        _run("npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", str(source))
        _run(str(source / "node_modules" / ".bin" / "esbuild"), str(source / "runtime.mjs"), "--bundle", "--minify",
             "--platform=node", "--target=node20", "--format=esm",
             "--banner:js=import{createRequire}from'module';const require=createRequire(import.meta.url);",
             "--log-level=error", f"--outfile={folder / 'index.mjs'}")

    _once(folder, install, *(source / each for each in ("package-lock.json", "runtime.mjs", "handler.mjs")))
    command = shutil.which("node")
    assert command, "Node.js is needed for the comparison with it"
    return Contestant("node", (command, str(folder / "index.mjs")), folder, {"NODE_EXTRA_CA_CERTS": str(trust.pem)})


def _java_options(trust: Trust) -> str:
    # A function has a machine of its memory's size; Java sizes its heap by the machine.
    return f"{trust.java_option} -XX:MaxRAM=1769m"


def _once(folder: Path, install, *sources: Path) -> None:
    wanted = hashlib.sha256(b"".join(each.read_bytes() for each in (*sources, Path(__file__)))).hexdigest()
    ready = folder / "ready.txt"
    if ready.exists() and ready.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    install()
    ready.write_text(wanted)


def _run(*command: str, **variables: str) -> None:
    subprocess.run(command, check=True, cwd=BUILT, env=os.environ | variables)
