"""`make local PLAN=1` and `make local DRIFT=1`: the reports about a simulated stack, by the packaged function.

What `make plan` asks CloudFormation for comes from the simulation here, in the same shapes; all else is the same.
"""

from __future__ import annotations

from typing import Any

from report import __main__ as report
from report import resources, verdict

from . import story
from .cloudformation import changeset
from .cloudformation.errors import ResourceError, TemplateError

_DEFAULT_FUNCTION = "custom-ecrrepo"


class Failed(Exception):
    """The stack on which the plan builds, or the change set, could not be made: its reason."""


def plan(told: story.Story, images: list[tuple[str, float]]) -> int:
    """What creating the story's stack would do, or, where it has an update, that update; the exit status."""
    story.check(told)
    with _run() as run:
        cloud = _cloud(run, told)
        if told.updates:
            stack = _deployed(cloud, told)
            _push(run, images)
            act = told.updates[0]
            found = _changes(stack, act.template, act.parameters)
        else:
            stack = cloud.planned(told.name)
            found = _changes(stack, told.template, told.parameters)
        read = resources.read(found, found, _DEFAULT_FUNCTION)
        verdicts = verdict.plan(read.resources, stack.id, not told.updates, run.report)
    return report.show(told.name, verdicts, read.notes)


def _changes(stack: Any, template: Any, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        return changeset.changes(stack, template, parameters)
    except (ResourceError, TemplateError) as error:
        raise Failed(f"There is no change set: {error}") from None


def drift(told: story.Story) -> int:
    """Makes the stack, changes its repositories by hand, and reports what differs; the exit status."""
    story.check(told)
    with _run() as run:
        _deployed(_cloud(run, told), told)
        for repository in run.repositories():
            _change_by_hand(run, repository)
        seen = run.report({"Report": "Drift"})
    return report.show_drift(seen)


def _run() -> Any:
    # Only now, since the emulator takes its time to load.
    from . import player
    from .run import LocalRun

    return LocalRun(environment=player.settings())


def _cloud(run: Any, told: story.Story) -> Any:
    from .provider import LocalProvider

    native = {story.NATIVE: story.NativeRepositories(run.call)}
    return story.cloud(LocalProvider(run), native, told.stored)


def _deployed(cloud: Any, told: story.Story) -> Any:
    stack = cloud.create(told.name, told.template, told.parameters)
    if stack.status != "CREATE_COMPLETE":
        reasons = [str(row) for row in stack.events if row.status.endswith("FAILED")]
        raise Failed("\n".join([f"{told.template.file} could not be deployed, so there is nothing to plan on.", *reasons]))
    return stack


def _push(run: Any, images: list[tuple[str, float]]) -> None:
    for repository in run.repositories():
        for tag, days in images:
            run.push(repository["repositoryName"], tag, days)


def _change_by_hand(run: Any, repository: dict[str, Any]) -> None:
    """As somebody in the console would: the other tag mutability, and away with the lifecycle policy."""
    name = repository["repositoryName"]
    other = "IMMUTABLE" if repository["imageTagMutability"] == "MUTABLE" else "MUTABLE"
    run.call("PutImageTagMutability", repositoryName=name, imageTagMutability=other)
    if repository["lifecyclePolicy"] is not None:
        run.call("DeleteLifecyclePolicy", repositoryName=name)
