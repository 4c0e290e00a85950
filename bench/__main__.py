"""`python -m bench cold [--rounds 11] [--only packaged,python]`, and so on; see `--help`."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from local import find

from local import certificates

from . import cold, contestants


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench")
    arguments.add_argument("part", choices=("cold",))
    arguments.add_argument("--rounds", type=int, default=11)
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    contestants.BUILT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        trust = certificates.make(Path(folder), find.java().parent.parent)
        those = contestants.all_of(trust, tuple(filter(None, given.only.split(","))))
        rows = cold.measure(those, trust, given.rounds, contestants.BUILT / "cold.log")
    for key in dict.fromkeys((r["transport"], r["cores"], r["contestant"]) for r in rows):
        mine = [r for r in rows if (r["transport"], r["cores"], r["contestant"]) == key]
        print(*key, *(f"{statistics.median(r[each] for r in mine):.2f}" for each in ("seconds", "cpu", "mib")))


if __name__ == "__main__":
    main()
