"""The packaged function over TLS, as in life, with servers that take less than the usual."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from local import certificates, find
from local.certificates import Trust
from local.run import LocalRun


def _as_it_is(_: ssl.SSLContext) -> None:
    pass


def _p256_only(server: ssl.SSLContext) -> None:
    """As FIPS endpoints are expected to: the key exchange x25519 is refused."""
    server.set_ecdh_curve("prime256v1")


def _tls12_only(server: ssl.SSLContext) -> None:
    server.maximum_version = ssl.TLSVersion.TLSv1_2


def _old_and_p256_only(server: ssl.SSLContext) -> None:
    _p256_only(server)
    _tls12_only(server)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trust")


def _trust(folder: Path) -> Trust:
    return certificates.make(folder)


@pytest.mark.parametrize("takes", [_as_it_is, _p256_only, _tls12_only, _old_and_p256_only])
def test_a_repositorys_life(package: Path, folder: Path, takes: Callable[[ssl.SSLContext], None]) -> None:
    trust = _trust(folder)
    takes(trust.server)
    create = json.loads((find.ROOT / "events" / "create.json").read_text())
    create["ResourceProperties"]["Access"] = {"Pull": {"AccountIds": ["210987654321"]}}
    known = {"PhysicalResourceId": create["ResourceProperties"]["RepositoryName"]}
    update = create | known | {"RequestType": "Update", "OldResourceProperties": create["ResourceProperties"]}
    options = {"JAVA_TOOL_OPTIONS": trust.java_option}
    with LocalRun(package=package, environment=options, tls=trust.server) as run:
        for event in (create, update, create | known | {"RequestType": "Delete"}):
            step = run.invoke(event, name=event["RequestType"])
            assert step.response and step.response["Status"] == "SUCCESS", (step.response, step.log)
        assert run.emulator.repositories() == []


def test_a_server_of_an_unknown_authority_is_told_nothing(package: Path, folder: Path) -> None:
    trust = _trust(folder)
    create = json.loads((find.ROOT / "events" / "create.json").read_text())
    with LocalRun(package=package, tls=trust.server) as run:
        step = run.invoke(create, name="Create")
        assert (step.response, step.calls, step.outcome) == (None, (), "threw")
        assert "no secure connection" in (step.message or "")
        assert run.emulator.repositories() == []
