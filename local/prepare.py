"""Sets up what a run needs, visibly, and only what is not there yet: .venv and the function's package.

    python3 local/prepare.py [inputs] [package | verify] [venv | test-venv] [node]

Runs before anything is installed: the standard library only. Everything it prints goes to stderr.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import inputs
from progress import Failed, follow

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
READY = VENV / "ready.txt"
PACKAGE = ROOT / "target" / "custom-ecrrepo-function.jar"
PACKAGE_READY = ROOT / "target" / "package-ready.txt"
REQUIREMENTS = {
    "venv": ROOT / "local" / "requirements.txt",
    "test-venv": ROOT / "local" / "requirements-test.txt",
}
MAVEN = (str(ROOT / "mvnw"), "-B", "-f", str(ROOT / "pom.xml"))
PACKAGE_SOURCES = ("pom.xml", ".mvn", "mvnw", "src/main", "schema")


def main(wanted: list[str]) -> int:
    if "inputs" in wanted and (problem := inputs.missing()):
        print(problem, file=sys.stderr)
        return 2
    try:
        with locked():
            # Before anything that takes minutes.
            java_home = find_jdk() if {"package", "verify"} & set(wanted) else ""
            for each in wanted:
                match each:
                    case "inputs":
                        pass
                    case "package":
                        prepare_package(java_home)
                    case "verify":
                        verify(java_home)
                    case "node":
                        prepare_node()
                    case tier:
                        prepare_venv(tier)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 0


@contextmanager
def locked() -> Iterator[None]:
    """Two runs at once set up one after the other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another run is setting up here; waiting for it.", file=sys.stderr)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def find_jdk() -> str:
    found = subprocess.run([ROOT / "local" / "find-jdk"], stdout=subprocess.PIPE, text=True)
    if found.returncode:
        raise SystemExit(found.returncode)
    return found.stdout.strip()


def check_maven_home() -> None:
    """Maven itself would end with the stack trace of whatever it could not write first."""
    home = Path(os.environ.get("MAVEN_USER_HOME") or Path.home() / ".m2")
    try:
        home.mkdir(parents=True, exist_ok=True)
        writable = os.access(home, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise Failed(
            f"Maven keeps what it downloads in {home}, which cannot be written. "
            "Set MAVEN_USER_HOME=<folder> and MAVEN_ARGS=-Dmaven.repo.local=<folder>/repository."
        )


def prepare_venv(tier: str) -> None:
    python = VENV / "bin" / "python"
    usable = READY.exists() and works(python)
    ready = READY.read_text().splitlines() if usable else []
    # What the tests need contains what the local run needs, at the same versions.
    if usable and any(fingerprint(each) in ready for each in {tier, "test-venv"}):
        return
    if not usable:
        shutil.rmtree(VENV, ignore_errors=True)
        print(f"Creating the Python environment .venv with Python {sys.version.split()[0]}", file=sys.stderr)
        venv.create(VENV, with_pip=True)
    requirements = REQUIREMENTS[tier]
    total = sum(1 for line in requirements.read_text().splitlines() if line[:1].isalnum())
    seen = 0

    def progress(line: str) -> str | None:
        nonlocal seen
        word, _, rest = line.strip().partition(" ")
        if word == "Collecting":
            seen += 1
            return f"{seen} of {total}: {rest.split('==')[0].split()[0]}"
        return "unpacking" if word == "Installing" else None

    follow(
        f"Installing {total} Python packages",
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--progress-bar=off",
            "--disable-pip-version-check",
            "--no-deps",
            "-r",
            str(requirements),
        ],
        progress,
        "PyPI cannot be reached, and the Python packages have to be downloaded once. Connect to the network, or set "
        "PIP_INDEX_URL to the address of a mirror, or HTTPS_PROXY to that of a proxy.",
    )
    READY.write_text(fingerprint(tier) + "\n")


def works(python: Path) -> bool:
    """An environment whose Python is gone, or was replaced by another version, is made anew."""
    return (
        python.exists()
        and subprocess.run([python, "-c", "import pip"], stderr=subprocess.DEVNULL).returncode == 0
    )


def fingerprint(tier: str) -> str:
    """Of the packages and the folder, which the environment's scripts name."""
    return hashlib.sha256(bytes(ROOT) + REQUIREMENTS[tier].read_bytes()).hexdigest()


def prepare_package(java_home: str) -> None:
    sources = package_fingerprint()
    built = PACKAGE.exists() and (ROOT / "target" / "runtime-client").exists()
    if built and PACKAGE_READY.exists() and PACKAGE_READY.read_text() == sources:
        return
    check_maven_home()
    downloads = 0

    def progress(line: str) -> str | None:
        nonlocal downloads
        if "Downloaded from" in line:
            downloads += 1
            return f"{downloads} files downloaded" if downloads % 10 == 0 else None
        if line.startswith("[INFO] --- "):
            return line.split()[2].rpartition(":")[2]
        return None

    follow(
        "Building the function with Maven",
        [*MAVEN, "package", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true"],
        progress,
        "Maven Central cannot be reached, and the function's libraries have to be downloaded once. Connect to the network, "
        "or name a mirror or a proxy in Maven's settings (~/.m2/settings.xml).",
        JAVA_HOME=java_home,
    )
    PACKAGE_READY.write_text(sources)


def verify(java_home: str) -> None:
    """The whole Java build with every test, in Maven's own words; leaves the package behind."""
    sources = package_fingerprint()
    print("── Java: format, static checks, unit and integration tests (Maven)", flush=True)
    status = subprocess.run(
        [*MAVEN, "-ntp", "verify", "-Pemulator"],
        cwd=ROOT,
        env={**os.environ, "JAVA_HOME": java_home},
        stdin=subprocess.DEVNULL,
    ).returncode
    if status:
        raise Failed(f"The Java build failed (status {status}).")
    PACKAGE_READY.write_text(sources)


def prepare_node() -> None:
    """The evaluator of IAM policies and CDK, for the tests."""
    prepare_packages(ROOT / "src" / "test" / "node", "the evaluator of IAM policies")
    prepare_packages(ROOT / "cdk", "jsii and CDK for the construct")


def prepare_packages(folder: Path, what: str) -> None:
    locked_versions = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    ready = folder / "node_modules" / "ready.txt"
    if ready.exists() and ready.read_text() == locked_versions:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Failed(f"No npm found: install Node.js 20 or later (https://nodejs.org); the tests need {what}.")
    follow(
        f"Installing {what} with npm",
        # A connection that stalls is given up after half a minute, not after npm's five.
        [npm, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-timeout=30000", "--fetch-retries=5",
         "--prefix", str(folder)],
        lambda line: None,
        "The npm registry cannot be reached, and the packages have to be downloaded once. Connect to the network, or set "
        "npm_config_registry to the address of a mirror, or HTTPS_PROXY to that of a proxy.",
    )
    ready.write_text(locked_versions)


def package_fingerprint() -> str:
    digest = hashlib.sha256()
    for source in PACKAGE_SOURCES:
        path = ROOT / source
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists():
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
