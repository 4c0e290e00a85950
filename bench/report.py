"""docs/performance.md: the text of bench/performance.md with the measured tables in it, and the plots."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

from local import find

from . import plot
from .warm import FLOWS

DOCS = find.ROOT / "docs"


def write(results: Path) -> None:
    measured = {path.stem: json.loads(path.read_text()) for path in results.glob("*.json")}
    tables = {"calls": _calls()}
    for part, table in {"cold": _cold, "latency": _latency, "growth": _growth, "throttle": _throttle}.items():
        if part in measured:
            where = measured[part]
            tables[part] = table(where["rows"]) + f"\n\n*{where['machine']}; {where['at']}; load at the end {where['load']:.1f}*"
    text = (find.ROOT / "bench" / "performance.md").read_text()
    text = re.sub(r"<!-- table (\w+) -->", lambda match: tables.get(match[1], "Not measured yet."), text)
    (DOCS / "performance.md").write_text("<!-- Made by `make bench` from bench/performance.md and bench/results. -->\n" + text)


def _cold(rows: list[dict[str, Any]]) -> str:
    medians = _medians(rows)
    lines = ["| | s | × python | × python-compiled | × node | processor s | MiB |", "|---|---|---|---|---|---|---|"]
    groups: dict[str, dict[str, float]] = {}
    for (transport, cores), group in medians.items():
        title = f"{transport}, {cores} core{'s' * (cores > 1)}"
        lines.append(f"| **{title}** | | | | | | |")
        groups[title] = {who: each["seconds"] for who, each in group.items()}
        for who, each in group.items():
            ratios = (f"{each['seconds'] / group[peer]['seconds']:.2f}" for peer in ("python", "python-compiled", "node"))
            lines.append(f"| {who} | {each['seconds']:.2f} | {' | '.join(ratios)} | {each['cpu']:.2f} | {each['mib']:.0f} |")
    plot.bars(DOCS / "performance-cold.svg", "Cold start: from exec to CloudFormation's answer", groups, "s")
    runs = len(rows) // sum(len(group) for group in medians.values())
    return "\n".join(lines) + f"\n\nMedians of {runs} interleaved runs each, after one that does not count."


def _medians(rows: list[dict[str, Any]]) -> dict[tuple[str, int], dict[str, dict[str, float]]]:
    result: dict[tuple[str, int], dict[str, dict[str, float]]] = {}
    for row in rows:
        result.setdefault((row["transport"], row["cores"]), {}).setdefault(row["contestant"], {})
    for (transport, cores), group in result.items():
        for who in group:
            runs = [r for r in rows if (r["transport"], r["cores"], r["contestant"]) == (transport, cores, who)]
            group[who] = {key: statistics.median(r[key] for r in runs) for key in ("seconds", "cpu", "mib")}
    return result


def _calls() -> str:
    lines = ["| flow | calls | round trips | which |", "|---|---|---|---|"]
    for line in FLOWS.read_text().splitlines():
        if not line.startswith("#"):
            name, calls = line.split(" | ")
            trips = calls.split(" > ")
            lines.append(f"| {name} | {sum(len(trip.split(' + ')) for trip in trips)} | {len(trips)} | {calls.replace('>', '→')} |")
    return "\n".join(lines)


def _latency(rows: list[dict[str, Any]]) -> str:
    lines = ["| flow | round trips | ms | ÷ (round trips × 30 ms) |", "|---|---|---|---|"]
    lines += [f"| {r['flow']} | {r['rounds']} | {r['seconds'] * 1000:.0f} | {r['ratio']:.2f} |" for r in rows]
    return "\n".join(lines)


def _growth(rows: dict[str, list[dict[str, Any]]]) -> str:
    panels = {
        f"ms by {part}": [(r["number"], r["seconds"] * 1000) for r in rows[part]] for part in ("rules", "statements", "tags")
    }
    panels["MiB by events"] = [(r["number"], r["mib"]) for r in rows["events"]]
    plot.lines(DOCS / "performance-growth.svg", "One warm process", panels, "milliseconds of one Create; resident memory of the process")
    lines = ["| | smallest | largest |", "|---|---|---|"]
    for part in ("rules", "statements", "tags"):
        first, last = rows[part][0], rows[part][-1]
        lines.append(f"| {part} | {first['number']}: {first['seconds'] * 1000:.0f} ms | {last['number']}: {last['seconds'] * 1000:.0f} ms |")
    kept = [f"{r['number']}: {r['mib']:.0f} MiB" for r in rows["events"]]
    return "\n".join(lines) + "\n\nMemory after so many events: " + ", ".join(kept) + "."


def _throttle(row: dict[str, Any]) -> str:
    return (
        f"{row['succeeded']} of {row['repositories']} succeeded and {row['held']} repositories were there, in"
        f" {row['seconds']:.0f} s; the limit itself allows no less than {row['least']:.0f} s. {row['refused']} calls were"
        f" refused on the way, of {row['refused'] + 3 * row['repositories']}."
    )
