"""`make smoke`: reads its wishes from the environment, as make passes them.

Without any it plays the stories in MiniStack on loopback. AWS=1 plays them, and the claims about AWS, in the account of
the caller's credentials: REGION, SECOND_REGION, PREFIX say where and under which names, YES=1 answers the question.
FORMAT=json prints one JSON document on standard output; progress goes to standard error.
"""

from __future__ import annotations

import os
import sys

from local import find, stopping

from . import provider, verdicts
from .ministack import ACCOUNT, MiniStack, NotStarted
from .stories import DEPLOY_THE_JAR, STORIES
from .verdicts import Story, Verdict
from .world import World, Wrong

USAGE = 2


def main() -> int:
    as_json = os.environ.get("FORMAT") == "json"
    if os.environ.get("FORMAT", "") not in ("", "text", "json"):
        print(f"FORMAT is {os.environ['FORMAT']!r}; it can be json or text.", file=sys.stderr)
        return USAGE
    try:
        if os.environ.get("AWS", "") in ("", "0"):
            engine, found = in_ministack()
        else:
            from . import account

            engine, found = account.play()
    except (find.Missing, NotStarted, Wrong) as error:
        print(error, file=sys.stderr)
        return USAGE
    print(verdicts.as_json(engine, found) if as_json else verdicts.table(engine, found))
    return 1 if any(each.verdict == verdicts.WRONG for each in found) else 0


def in_ministack(stories: list[Story] | None = None) -> tuple[str, list[Verdict]]:
    """Both variants are deployed; the fast one, which alone runs there, plays the stories."""
    package = provider.FAST
    if not package.exists():
        raise find.Missing(f"There is no {package}: build it with `make fast`.")
    with MiniStack() as server:
        world = World(
            "MiniStack", "smoke", "us-east-1", ACCOUNT, "custom-ecrrepo", package, url=server.url, pause=0.05, limit=120
        )
        return world.engine, play(world, stories or [DEPLOY_THE_JAR, *STORIES])


def play(world: World, stories: list[Story]) -> list[Verdict]:
    """The deployments, the stories and that nothing is left: each with its verdict. Cleans up whatever happens."""
    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    try:
        deployed = verdicts.play([Story("deploy the provider", _deploy)], world, progress=True)
        if deployed[0].verdict != verdicts.WRONG:
            deployed += verdicts.play(stories, world, progress=True)
    finally:
        left = world.clean(say)
    detail = "; ".join(left)
    deployed.append(Verdict("nothing is left", verdicts.WRONG if left else verdicts.AS_EXPECTED, detail))
    return deployed


def _deploy(world: World) -> None:
    provider.deploy(world, world.template, world.function).expect("CREATE_COMPLETE")


if __name__ == "__main__":
    stopping.on_signals()
    sys.exit(main())
