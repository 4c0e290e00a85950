"""The page and the README say what was measured: bench/results holds every single measurement."""

import json
import re
import subprocess

import pytest

from bench import __main__ as bench_command
from bench import candidates, report
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


@pytest.mark.parametrize(
    ("arguments", "chosen"), [([], ["cold", "latency", "report"]), (["latency"], ["latency"]), (["report", "cold"], ["report", "cold"])]
)
def test_the_command_measures_the_parts_that_it_is_given_or_all(arguments, chosen):
    assert bench_command._chosen(["cold", "latency", "report"], arguments) == chosen


def test_the_command_names_the_parts_there_are(capsys):
    with pytest.raises(SystemExit):
        bench_command._chosen(["cold", "latency"], ["warm"])
    assert "there is no part warm; the parts are cold, latency" in capsys.readouterr().err


@pytest.mark.parametrize("patch", sorted(candidates.HERE.glob("*.patch")), ids=lambda patch: patch.stem)
def test_a_candidate_is_a_change_of_the_source_as_it_is(patch):
    fits = subprocess.run(("patch", "--dry-run", "--silent", "-p1", "-i", str(patch)), cwd=find.ROOT, capture_output=True, text=True)
    assert fits.returncode == 0, fits.stdout
