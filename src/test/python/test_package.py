"""What Lambda gets: one jar, stored, so that the zip around it is compressed as a whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest


def test_the_jar_is_stored_and_small_once_it_is_zipped(package: Path, tmp_path: Path) -> None:
    if package.suffix != ".jar":
        pytest.skip("the fast variant's package is a folder")
    with zipfile.ZipFile(package) as jar:
        entries = jar.infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert "dev/ecrrepo/EcrRepoHandler.class" in {entry.filename for entry in entries}
    uploaded = tmp_path / "uploaded.zip"
    with zipfile.ZipFile(uploaded, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(package, f"lib/{package.name}")
    assert uploaded.stat().st_size < 5_000_000, uploaded.stat().st_size
