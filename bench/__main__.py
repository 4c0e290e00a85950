"""`python -m bench [cold classes latency growth throttle]`: measures the parts named, or all, and writes their tables into the page."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from typing import Any

from . import classes, cold, contestants, report, warm


def main(arguments: list[str]) -> None:
    parts: dict[str, Callable[[], Any]] = {
        "cold": _cold, "classes": classes.measure,
        "latency": warm.latency, "growth": warm.growth, "throttle": warm.throttle,
    }
    chosen = _chosen([*parts], arguments)
    contestants.BUILT.mkdir(parents=True, exist_ok=True)
    for part in chosen:
        print(f"Measuring: {part}", flush=True)
        rows = parts[part]()
        where = _where()
        (contestants.BUILT / f"{part}.json").write_text(json.dumps(where | {"rows": rows}, indent=1) + "\n")
        report.write(part, rows, where)


def _chosen(parts: list[str], arguments: list[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog="bench", description="Measures the parts named, or all, and writes the page.")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(parts))
    named: list[str] = parser.parse_args(arguments).parts
    unknown = [each for each in named if each not in parts]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; the parts are {', '.join(parts)}")
    return named or parts


def _cold() -> list[dict[str, Any]]:
    with contestants.authority() as trust:
        return cold.measure(contestants.all_of(trust), trust, 15, contestants.BUILT / "cold.log")


def _where() -> dict[str, Any]:
    processor = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    return {
        "at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "machine": f"{os.cpu_count()} × {processor}, {platform.system()} {platform.release().split('-')[0]}",
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
