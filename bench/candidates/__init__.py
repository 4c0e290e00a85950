"""What one change each costs or saves at a cold start, against the function as it is packaged.

A `.patch` here is a change of the source; its first line says which. The others change the package or how it is started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from local import find
from local.certificates import Trust

from .. import contestants
from ..cold import Stage
from ..contestants import Contestant

HERE = Path(__file__).parent
BUILT = contestants.BUILT / "candidates"
BASE = "as packaged"

# The CRT client brings a TLS of its own, which does not trust the test's authority.
WITHOUT_TLS = ("crt.patch",)


def measure(rounds: int = 15) -> list[dict[str, Any]]:
    """Interleaved, two processors, so that each run has its neighbour of the same round to be compared with."""
    shutil.rmtree(BUILT, ignore_errors=True)
    with contestants.authority() as trust:
        patches = sorted(HERE.glob("*.patch"))
        patched = {patch.name: _patched(patch, trust) for patch in patches}
        over_tls = [each for name, each in patched.items() if name not in WITHOUT_TLS]
        plain = [patched[name] for name in WITHOUT_TLS]
        layouts = [make(trust) for make in (_stored, _exploded, _separate_jars, _plain_lambdas, _whole_metadata, _compact_headers, _c2)]
        base = replace(contestants.packaged(trust), name=BASE)
        rows: list[dict[str, Any]] = []
        for transport, tried in (("TLS", [*over_tls, *layouts]), ("HTTP", plain)):
            with Stage(trust, transport == "TLS", contestants.BUILT / "candidates.log") as stage:
                turns = [base, *tried]
                for number in range(rounds + 1):
                    # Each round begins with another one: whose turn it is may matter.
                    first = number % len(turns)
                    for each in turns[first:] + turns[:first]:
                        run = stage.run(each, 2)
                        if number:
                            rows.append({"candidate": each.name, "transport": transport, "round": number} | asdict(run))
        return rows


def _patched(patch: Path, trust: Trust) -> Contestant:
    folder = BUILT / patch.stem
    folder.mkdir(parents=True)
    shutil.copy(find.ROOT / "pom.xml", folder)
    for each in (".mvn", "schema", "src/main"):
        shutil.copytree(find.ROOT / each, folder / each)
    try:
        subprocess.run(("patch", "--silent", "-p1", "-i", str(patch)), cwd=folder, check=True)
    except subprocess.CalledProcessError:
        raise SystemExit(f"{patch.relative_to(find.ROOT)} no longer fits the source: make it anew.") from None
    contestants.maven(folder, "package", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true")
    title = patch.read_text().splitlines()[0]
    return contestants.packaged(trust, folder / "target" / find.package().name, title)


def _stored(trust: Trust) -> Contestant:
    path = BUILT / "stored" / find.package().name
    path.parent.mkdir()
    with zipfile.ZipFile(find.package()) as packed, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        for each in packed.namelist():
            stored.writestr(each, packed.read(each))
    return contestants.packaged(trust, path, "The jar stored instead of compressed")


def _exploded(trust: Trust) -> Contestant:
    folder = BUILT / "exploded"
    with zipfile.ZipFile(find.package()) as packed:
        packed.extractall(folder)
    return _on_class_path(trust, [folder], "Loose classes instead of a jar")


def _separate_jars(trust: Trust) -> Contestant:
    folder = BUILT / "jars"
    folder.mkdir()
    listed = folder / "list.txt"
    contestants.maven(find.ROOT, "dependency:build-classpath", "-DincludeScope=runtime", f"-Dmdep.outputFile={listed}")
    jars = [Path(each) for each in listed.read_text().strip().split(os.pathsep)]
    return _on_class_path(trust, [find.ROOT / "target" / "custom-ecrrepo.jar", *jars], f"{len(jars) + 1} jars instead of one")


def _plain_lambdas(trust: Trust) -> Contestant:
    path = BUILT / "plain-lambdas" / find.package().name
    path.parent.mkdir()
    subprocess.run((find.java(), HERE / "PlainLambdas.java", find.package(), path), check=True)
    return contestants.packaged(trust, path, "The classes behind lambdas in the jar instead of made at run time")


def _whole_metadata(trust: Trust) -> Contestant:
    """With the SDK's own class before ours."""
    repository = Path.home() / ".m2" / "repository" / "software" / "amazon" / "awssdk" / "regions"
    jar = next(repository.glob("*/regions-*.jar"))
    return _on_class_path(trust, [jar, find.package()], "The SDK's metadata of all services instead of ECR's")


def _compact_headers(trust: Trust) -> Contestant:
    return _with_flags(trust, ["-XX:+UseCompactObjectHeaders"], "Compact object headers (not ours to choose in Lambda's java25)")


def _c2(trust: Trust) -> Contestant:
    return _with_flags(trust, ["-XX:TieredStopAtLevel=4"], "The optimising compiler as well (not ours to choose either)")


def _with_flags(trust: Trust, flags: list[str], name: str) -> Contestant:
    base = contestants.packaged(trust)
    at = base.command.index("-classpath")
    return replace(base, name=name, command=(*base.command[:at], *flags, *base.command[at:]))


def _on_class_path(trust: Trust, paths: list[Path], name: str) -> Contestant:
    base = contestants.packaged(trust)
    at = base.command.index("-classpath") + 1
    client = base.command[at].split(os.pathsep)[1:]
    changed = os.pathsep.join([*map(str, paths), *client])
    return replace(base, name=name, command=(*base.command[:at], changed, *base.command[at + 1 :]))
