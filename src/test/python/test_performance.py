"""The page and the README say what was measured: bench/results holds every single measurement."""

import json
import re

import pytest

from bench import report
from local import find

COLD = json.loads((report.RESULTS / "cold.json").read_text())["rows"]
NAMES = {
    "as deployed": "packaged", "the [fast variant]": "fast", "a Java handler": "straightforward", "a Python handler": "python",
    "the same with its byte code": "python-compiled", "a Node.js handler": "node",
}


def test_the_page_is_what_the_measurements_give(tmp_path):
    report.write(tmp_path)
    for made in tmp_path.iterdir():
        assert made.read_text() == (report.DOCS / made.name).read_text(), f"{made.name} is stale: python -m bench report"
    assert "Not measured yet" not in (tmp_path / "performance.md").read_text()


@pytest.mark.parametrize("start", NAMES)
def test_the_readme_quotes_the_medians_over_tls_with_two_processors(start):
    group = report.medians(COLD)["TLS", 2]
    line = next(line for line in (find.ROOT / "README.md").read_text().splitlines() if line.startswith(f"| {start}"))
    seconds, times = re.fullmatch(r"\|.*\| ([\d.]+) \| (?:([\d.]+) × Python)? *\|", line).groups()
    assert seconds == f"{group[NAMES[start]]['seconds']:.2f}"
    if times:
        assert times == f"{group[NAMES[start]]['seconds'] / group['python']['seconds']:.1f}"
