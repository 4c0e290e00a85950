"""The measured tables in docs/performance.md, and the plots beside it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from local import find

from . import plot
from .warm import FLOWS

DOCS = find.ROOT / "docs"


def write(part: str, rows: Any, where: dict[str, Any], docs: Path = DOCS) -> None:
    """Replaces the tables of one part; the text and the tables of all other parts stay."""
    made: dict[str, dict[str, Callable[[], str]]] = {
        "cold": {"cold": lambda: _cold(rows, docs), "phases": lambda: _phases(rows)},
        "classes": {"classes": lambda: _classes(rows)},
        "latency": {"latency": lambda: _latency(rows)},
        "growth": {"growth": lambda: _growth(rows, docs)},
        "throttle": {"throttle": lambda: _throttle(rows)},
    }
    note = f"\n\n*{where['machine']}; {where['at']}; load at the end {where['load']:.1f}*"
    tables = {name: table() + note for name, table in made[part].items()}
    page = docs / "performance.md"
    page.write_text(filled(page.read_text(), tables | {"calls": calls()}))


def filled(page: str, tables: dict[str, str]) -> str:
    def table(match: re.Match[str]) -> str:
        return f"{match[1]}\n\n{tables[match[2]]}\n\n{match[4]}" if match[2] in tables else match[0]

    return re.sub(r"(<!-- table (\w+) -->)(.*?)(<!-- end of table -->)", table, page, flags=re.DOTALL)


def _cold(rows: list[dict[str, Any]], docs: Path) -> str:
    settings = medians(rows)
    lines = ["| | s | × python | × python-compiled | × node | processor s | MiB |", "|---|---|---|---|---|---|---|"]
    groups: dict[str, dict[str, float]] = {}
    for (transport, cores), group in settings.items():
        title = f"{transport}, {cores} core{'s' * (cores > 1)}"
        lines.append(f"| **{title}** | | | | | | |")
        groups[title] = {who: each["seconds"] for who, each in group.items()}
        for who, each in group.items():
            ratios = (f"{each['seconds'] / group[peer]['seconds']:.2f}" for peer in ("python", "python-compiled", "node"))
            lines.append(f"| {who} | {each['seconds']:.2f} | {' | '.join(ratios)} | {each['cpu']:.2f} | {each['mib']:.0f} |")
    plot.bars(docs / "performance-cold.svg", "Cold start: from exec to CloudFormation's answer", groups, "s")
    runs = len(rows) // sum(len(group) for group in settings.values())
    return "\n".join(lines) + f"\n\nMedians of {runs} interleaved runs each, after one that does not count."


def _phases(rows: list[dict[str, Any]]) -> str:
    """How long each part of the way took, over TLS with 2 cores; the median of each part by itself."""
    parts = {"until it asks for its event": ("", "asked"), "to its first call": ("asked", "called"),
             "to its last call": ("called", "last"), "to its answer": ("last", "seconds")}
    lines = ["| | " + " | ".join(parts) + " |", "|---" * (len(parts) + 1) + "|"]
    runs = [row for row in rows if (row["transport"], row["cores"]) == ("TLS", 2)]
    for who in dict.fromkeys(row["contestant"] for row in runs):
        own = [row for row in runs if row["contestant"] == who]
        times = (statistics.median(row[end] - row.get(start, 0.0) for row in own) for start, end in parts.values())
        lines.append(f"| {who} | " + " | ".join(f"{seconds * 1000:.0f}" for seconds in times) + " |")
    return "\n".join(lines)


def _classes(rows: list[dict[str, Any]]) -> str:
    libraries = list(dict.fromkeys(row["library"] for row in rows))
    lines = ["| | in all | from an archive of the JVM | " + " | ".join(libraries) + " |", "|---" * (len(libraries) + 3) + "|"]
    for who in dict.fromkeys(row["contestant"] for row in rows):
        own = [row for row in rows if row["contestant"] == who]
        count = lambda wanted: sum(row["number"] for row in own if wanted(row))  # noqa: E731
        numbers = [count(lambda row: True), count(lambda row: row["archived"])]
        numbers += [count(lambda row, library=library: row["library"] == library) for library in libraries]
        lines.append(f"| {who} | " + " | ".join(f"{number:,}" for number in numbers) + " |")
    return "\n".join(lines)


def medians(rows: list[dict[str, Any]]) -> dict[tuple[str, int], dict[str, dict[str, float]]]:
    """By transport and number of processors, then by contestant: seconds, processor seconds and MiB."""
    result: dict[tuple[str, int], dict[str, dict[str, float]]] = {}
    for row in rows:
        result.setdefault((row["transport"], row["cores"]), {}).setdefault(row["contestant"], {})
    for (transport, cores), group in result.items():
        for who in group:
            runs = [r for r in rows if (r["transport"], r["cores"], r["contestant"]) == (transport, cores, who)]
            group[who] = {key: statistics.median(r[key] for r in runs) for key in ("seconds", "cpu", "mib")}
    return result


def calls() -> str:
    lines = ["| flow | calls | round trips | which |", "|---|---|---|---|"]
    for line in FLOWS.read_text().splitlines():
        if not line.startswith("#"):
            name, calls = line.split(" | ")
            trips = calls.split(" > ")
            lines.append(f"| {name} | {sum(len(trip.split(' + ')) for trip in trips)} | {len(trips)} | {calls.replace('>', '→')} |")
    return "\n".join(lines)


def _latency(rows: list[dict[str, Any]]) -> str:
    lines = ["| flow | round trips | ms | ÷ (round trips × 30 ms) | bare client, ms | ÷ bare client |", "|---" * 6 + "|"]
    for row in rows:
        lines.append(
            f"| {row['flow']} | {row['rounds']} | {row['seconds'] * 1000:.0f} | {row['ratio']:.2f} |"
            f" {row['bare'] * 1000:.0f} | {row['seconds'] / row['bare']:.2f} |"
        )
    return "\n".join(lines)


def _growth(rows: dict[str, list[dict[str, Any]]], docs: Path) -> str:
    panels = {
        f"ms by {part}": [(r["number"], r["seconds"] * 1000) for r in rows[part]] for part in ("rules", "statements", "tags")
    }
    panels["MiB by events"] = [(r["number"], r["mib"]) for r in rows["events"]]
    plot.lines(docs / "performance-growth.svg", "One warm process", panels, "milliseconds of one Create; resident memory of the process")
    lines = ["| | smallest | largest |", "|---|---|---|"]
    for part in ("rules", "statements", "tags"):
        first, last = rows[part][0], rows[part][-1]
        lines.append(f"| {part} | {first['number']}: {first['seconds'] * 1000:.0f} ms | {last['number']}: {last['seconds'] * 1000:.0f} ms |")
    kept = [f"{r['number']}: {r['mib']:.0f} MiB" for r in rows["events"]]
    return "\n".join(lines) + "\n\nMemory after this number of events: " + ", ".join(kept) + "."


def _throttle(row: dict[str, Any]) -> str:
    calls = 3 * row["repositories"]
    return (
        f"{row['repositories'] - len(row['failures'])} of {row['repositories']} succeeded in {row['seconds']:.0f} s. With this"
        f" limit, at least {row['least']:.0f} s are needed. Without a limit, the same events take {row['free']:.0f} s on this machine,"
        f" mostly for the start of {row['handlers']} processes. ECR refused {row['refused']:,} of the {calls + row['refused']:,} calls."
    )
