"""README and summary say what the tables say, and the benchmark writes its tables into the page and nothing else."""

import re
import shutil
from pathlib import Path

import pytest

from bench import __main__ as bench_command
from bench import report
from local import find

PAGE = find.ROOT / "docs" / "performance.md"
WHERE = {"machine": "a machine", "at": "2026-01-01 00:00 UTC", "load": 0.1}
NAMES = {
    "as packaged": "packaged", "the [fast variant]": "fast", "a Java handler": "straightforward", "a Python handler": "python",
    "the same with precompiled bytecode": "python-compiled", "a Node.js handler": "node",
}


def _medians() -> dict[str, float]:
    """Seconds over TLS with 2 cores, from the page's table."""
    lines = PAGE.read_text().split("| **TLS, 2 cores** |")[1].splitlines()[1:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[: len(NAMES)]]
    return {row[0]: float(row[1]) for row in rows}


def test_the_readme_quotes_the_medians_over_tls_with_two_processors() -> None:
    medians, readme = _medians(), (find.ROOT / "README.md").read_text()
    quoted = re.search(r"a Create takes ([\d.]+) s\. With the \[fast variant\]\([^)]*\), .*?it takes ([\d.]+) s, and with a Python handler that uses boto3, ([\d.]+) s\.", " ".join(readme.split()))
    assert quoted
    assert [float(each) for each in quoted.groups()] == [medians[name] for name in ("packaged", "fast", "python")]


@pytest.mark.parametrize("start", NAMES)
def test_the_summary_has_the_medians_over_tls_with_two_processors(start: str) -> None:
    medians = _medians()
    line = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| {start}"))
    quoted = re.fullmatch(r"\|.*\| ([\d.]+) \| (?:([\d.]+) × Python)? *\|", line)
    assert quoted
    assert float(quoted[1]) == medians[NAMES[start]]
    if quoted[2]:
        assert float(quoted[2]) == pytest.approx(medians[NAMES[start]] / medians["python"], abs=0.06)


def test_the_page_has_the_calls_that_the_tests_hold_the_function_to() -> None:
    page = PAGE.read_text()
    assert report.filled(page, {"calls": report.calls()}) == page


def test_a_part_replaces_its_own_table_and_leaves_the_rest_of_the_page(tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path)
    rows = [{"flow": "create", "rounds": 2, "seconds": 0.0765, "ratio": 1.275, "bare": 0.07}]
    report.write("latency", rows, WHERE, tmp_path)
    before, after = PAGE.read_text(), (tmp_path / "performance.md").read_text()
    assert "| create | 2 | 76 | 1.27 | 70 | 1.09 |" in after and "*a machine; 2026-01-01" in after
    without = [re.sub(r"(?s)<!-- table latency -->.*?<!-- end of table -->", "", page) for page in (before, after)]
    assert without[0] == without[1]


@pytest.mark.parametrize("part", ["cold", "phases", "classes", "latency", "growth", "throttle", "calls"])
def test_the_page_has_a_place_for_each_table(part: str) -> None:
    assert PAGE.read_text().count(f"<!-- table {part} -->") == 1


@pytest.mark.parametrize(
    ("arguments", "chosen"), [([], ["cold", "latency"]), (["latency"], ["latency"]), (["latency", "cold"], ["latency", "cold"])]
)
def test_the_command_measures_the_parts_that_it_is_given_or_all(arguments, chosen):
    assert bench_command._chosen(["cold", "latency"], arguments) == chosen


def test_the_command_names_the_parts_there_are(capsys):
    with pytest.raises(SystemExit):
        bench_command._chosen(["cold", "latency"], ["warm"])
    assert "there is no part warm; the parts are cold, latency" in capsys.readouterr().err
