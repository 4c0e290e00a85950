"""`make local`: reads its wishes from the environment, as make passes them.

EVENT: event files or folders. TEMPLATE: a stack's template, UPDATE: what it changes to, PARAMETERS: `Name=value …`,
SSM: what the Parameter Store holds, `/name=value …`.
None of them: the example for production. FORMAT: `json` or `text`; VERBOSE=1: the function's log lines, too.
STRICT=1: exit status 1 when an operation or event failed, as it is for a stack without it; STRICT=0: never.

PLAN=1: what the TEMPLATE's stack, or its UPDATE, would change. IMAGES: what its repositories hold, `tag=days …`, with the age of
each image; `=days` is an untagged one. DRIFT=1: makes the TEMPLATE's stack, changes its repositories by hand, and shows what
differs. The exit status of both: 0 nothing, 1 error, 2 changes, 3 something would be refused.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from . import events, find, stopping, verdict

FAILED, USAGE = 1, 2


class Usage(Exception):
    """One sentence for whoever called."""


def main() -> int:
    reports = os.environ.get("PLAN") == "1" or os.environ.get("DRIFT") == "1"
    try:
        return report() if reports else play()
    except Usage as error:
        print(error, file=sys.stderr)
        return FAILED if reports else USAGE
    except find.Missing as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def play() -> int:
    as_json = _format() == "json"
    log = os.environ.get("VERBOSE") == "1"
    named, template, update = _words("EVENT"), os.environ.get("TEMPLATE"), os.environ.get("UPDATE")
    if named and (template or update):
        raise Usage("EVENT plays events and TEMPLATE a stack; name one of them.")
    if update and not template:
        raise Usage("UPDATE is what TEMPLATE changes to; name that, too.")
    if not named:
        good = tell(template, update, as_json=as_json, log=log)
        return 0 if good or not verdict.is_strict(True) else FAILED
    try:
        played = [event for each in named for event in events.read(each, Path.cwd())]
    except events.UnreadableEvent as error:
        raise Usage(str(error)) from None
    # Only now, since the emulator takes its time to load.
    from . import player

    good = player.play(played, as_json=as_json, log=log)
    return 0 if good or not verdict.is_strict(False) else FAILED


def report() -> int:
    _format()
    template, update = os.environ.get("TEMPLATE"), os.environ.get("UPDATE")
    if not template or os.environ.get("EVENT"):
        raise Usage("PLAN and DRIFT need a TEMPLATE, and no EVENT.")
    from report.resources import MissingValues

    from . import plan, story
    from .run import ReportFailed

    try:
        told = story.of_files(template, update, _named("PARAMETERS"), _named("SSM"))
        return plan.plan(told, _images()) if os.environ.get("PLAN") == "1" else plan.drift(told)
    except (story.Refused, plan.Failed, MissingValues, ReportFailed) as error:
        raise Usage(str(error)) from None


def _images() -> list[tuple[str, float]]:
    images = []
    for word in _words("IMAGES"):
        tag, _, days = word.partition("=")
        try:
            images.append((tag, float(days)))
        except ValueError:
            raise Usage(f'IMAGES is written "tag=days =days"; {word!r} has no number of days.') from None
    return images


def tell(template: str | None, update: str | None, *, as_json: bool, log: bool) -> bool:
    """Whether everything went as expected."""
    from . import story

    try:
        told = story.of_files(template, update, _named("PARAMETERS"), _named("SSM")) if template else story.of_production()
        return story.play(told, as_json=as_json, log=log)
    except story.Refused as error:
        raise Usage(str(error)) from None


def _named(variable: str) -> dict[str, str]:
    given = {}
    for word in _words(variable):
        name, equals, value = word.partition("=")
        if not equals:
            raise Usage(f'{variable} is written "Name=value Other=value"; {word!r} has no value.')
        given[name] = value
    return given


def _format() -> str:
    wanted = os.environ.get("FORMAT") or "text"
    if wanted not in ("text", "json"):
        raise Usage(f"FORMAT is {wanted!r}; it can be json or text.")
    return wanted


def _words(name: str) -> list[str]:
    try:
        return shlex.split(os.environ.get(name, ""))
    except ValueError:
        raise Usage(f"{name} has a quotation mark that is never closed.") from None


if __name__ == "__main__":
    stopping.on_signals()
    sys.exit(main())
