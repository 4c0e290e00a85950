"""Plays a list one after the other, and what comes of each: as expected, a known deviation of the engine, or wrong."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .world import World, Wrong

AS_EXPECTED, KNOWN, WRONG = "as expected", "known deviation", "wrong"


@dataclass(frozen=True)
class Deviation:
    """Where an engine is known to differ: `seen` is a part of what then goes wrong, `why` is what one should know of it."""

    seen: str
    why: str


@dataclass(frozen=True)
class Story:
    """`play` raises Wrong where the world is not as it should be; `deviations` are known ones, by engine."""

    name: str
    play: Callable[[World], str | None]
    deviations: dict[str, Deviation] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    name: str
    verdict: str
    detail: str = ""

    def document(self) -> dict[str, str]:
        return {"name": self.name, "verdict": self.verdict, "detail": self.detail}


def judge(story: Story, world: World) -> Verdict:
    known = story.deviations.get(world.engine)
    try:
        told = story.play(world) or ""
    except Wrong as wrong:
        return _failed(story, known, str(wrong))
    except (ClientError, BotoCoreError) as error:
        return _failed(story, known, str(error))
    except Exception as error:  # a mistake in the story is a wrong verdict, and the others still have their turn
        return Verdict(story.name, WRONG, "".join(traceback.format_exception_only(error)).strip())
    if known:
        return Verdict(story.name, WRONG, f"{world.engine} no longer deviates here ({known.why}): take the entry out")
    return Verdict(story.name, AS_EXPECTED, told)


def _failed(story: Story, known: Deviation | None, detail: str) -> Verdict:
    if known and known.seen in detail:
        return Verdict(story.name, KNOWN, known.why)
    return Verdict(story.name, WRONG, detail)


def play(stories: Iterable[Story], world: World, *, progress: bool) -> list[Verdict]:
    """Each story's verdict, as it comes also on standard error."""
    every, verdicts = list(stories), []
    for number, story in enumerate(every, 1):
        if progress:
            print(f"{number:3} of {len(every)}  {story.name} … ", end="", file=sys.stderr, flush=True)
        verdict = judge(story, world)
        if progress:
            print(verdict.verdict, file=sys.stderr, flush=True)
        verdicts.append(verdict)
    return verdicts


def document(engine: str, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    return {"engine": engine, "stories": [each.document() for each in verdicts]}


def table(engine: str, verdicts: list[Verdict]) -> str:
    """A Markdown table, to be pasted into an issue."""
    lines = [f"| On {engine} | Verdict | Detail |", "|---|---|---|"]
    lines += [f"| {each.name} | {each.verdict} | {_cell(each.detail)} |" for each in verdicts]
    counts = {verdict: sum(each.verdict == verdict for each in verdicts) for verdict in (AS_EXPECTED, KNOWN, WRONG)}
    return "\n".join([*lines, "", ", ".join(f"{count} {verdict}" for verdict, count in counts.items())])


def as_json(engine: str, verdicts: list[Verdict]) -> str:
    return json.dumps(document(engine, verdicts), indent=2, ensure_ascii=False)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
