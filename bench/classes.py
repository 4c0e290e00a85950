"""Which classes a cold start loads, by library, as the JVM itself logs it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from . import contestants
from .cold import Stage

_LIBRARIES = (
    ("generated at run time", re.compile(r".*(LambdaForm|\$\$Lambda|TypeSwitch|/0x|\+0x|\$Proxy|StringConcat)")),
    ("JDK", re.compile(r"(java|javax|jdk|sun|com\.sun)\.")),
    ("logging", re.compile(r"org\.slf4j\.|software\.amazon\.lambda\.powertools\.|org\.apache\.logging\.|ch\.qos\.")),
    ("AWS SDK", re.compile(r"software\.amazon\.(awssdk|eventstream)|org\.(reactivestreams|apache)\.|io\.netty")),
    ("Jackson", re.compile(r"com\.fasterxml\.")),
    ("Lambda's runtime client", re.compile(r"com\.amazonaws\.")),
    ("the function", re.compile(r"")),
)
_LOADED = re.compile(r"\] (\S+) source: (.*)")


def measure() -> list[dict[str, object]]:
    """One run each of the Java contestants: the count is the same each time, but for some that threads race for."""
    rows: list[dict[str, object]] = []
    with contestants.authority() as trust, Stage(trust, True, contestants.BUILT / "classes.log") as stage:
        for contestant in contestants.all_of(trust, ("packaged", "fast", "straightforward")):
            log = contestants.BUILT / f"classes-{contestant.name}.txt"
            options = contestant.variables["JAVA_TOOL_OPTIONS"] + f" -Xlog:class+load:file={log}"
            stage.run(replace(contestant, variables=contestant.variables | {"JAVA_TOOL_OPTIONS": options}), 2)
            for (library, archived), number in sorted(_counts(log.read_text()).items()):
                rows.append({"contestant": contestant.name, "library": library, "archived": archived, "number": number})
    return rows


def _counts(log: str) -> Counter[tuple[str, bool]]:
    counts: Counter[tuple[str, bool]] = Counter()
    for name, source in _LOADED.findall(log):
        library = next(library for library, pattern in _LIBRARIES if pattern.match(name))
        counts[library, "shared objects file" in source] += 1
    return counts
