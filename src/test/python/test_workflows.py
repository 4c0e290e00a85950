"""What GitHub reads is YAML, and what it runs of ours exists."""

import re

import pytest
import yaml

from documents import ROOT

FILES = sorted((ROOT / ".github").rglob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_is_yaml_and_each_target_exists(path):
    text = path.read_text()
    assert isinstance(yaml.safe_load(text), dict)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"run: make ([a-z]+)", text)) <= targets


def test_each_action_is_pinned_by_its_commit():
    """A tag can be moved to other code; the comment is what Dependabot reads and updates."""
    used = [line.strip() for path in FILES for line in path.read_text().splitlines() if re.search(r"\buses:", line)]
    assert used
    assert [line for line in used if not re.fullmatch(r"- uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
