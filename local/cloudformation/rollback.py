"""Undoing a deployment that failed: a creation by deleting, an update by updating back."""

from __future__ import annotations

import copy
from collections.abc import Collection

from . import removal
from .deployment import Deployment, Step
from .resource import Resource
from .state import StackState


def failures(deployment: Deployment) -> str:
    """The stack's own words for what went wrong."""
    words = ""
    for verb in ("create", "update"):
        failed = [step.after.logical_id for step in deployment.failed if step.verb.lower() == verb]
        words += f"The following resource(s) failed to {verb}: [{', '.join(failed)}]. " if failed else ""
    return words or f"{deployment.problem} "


def of_create(stack: StackState, deployment: Deployment) -> list[str]:
    """Deletes what the creation made, the last first; the logical IDs that would not go."""
    left = []
    for step in reversed(deployment.done):
        resource = step.after
        if resource.retained(on_create_rollback=True):
            removal.keep(stack, resource)
        elif not removal.remove(stack, resource):
            left.append(resource.logical_id)
        _finish(step)
        if resource.logical_id not in left:
            del stack.resources[resource.logical_id]
    return left


class UpdateRollback:
    """Updates back what was updated, then deletes what the update made. It can be taken up again where it failed."""

    def __init__(self, stack: StackState, deployment: Deployment) -> None:
        self._stack, self._deployment = stack, deployment
        self._steps = [step for step in deployment.done if step.before is not None]
        self._leftovers: list[Resource] = []

    def restore(self, skip: Collection[str] = ()) -> list[str]:
        """The logical IDs of resources that would not go back; those skipped count as gone back."""
        failed = []
        for step in list(self._steps):
            if step.after.logical_id in skip or self._back(step):
                self._steps.remove(step)
            else:
                failed.append(step.after.logical_id)
        return failed

    def clean_up(self) -> bool:
        """Deletes replacements that are not needed now, and new resources. Whether all went."""
        made = [step for step in reversed(self._deployment.done) if step.before is None]
        gone = True
        for step in made:
            if step.after.retained(on_create_rollback=True):
                removal.keep(self._stack, step.after)
            else:
                gone &= removal.remove(self._stack, step.after)
            _finish(step)
        for resource in self._leftovers:
            gone &= removal.remove(self._stack, resource)
        self._stack.resources = {**self._deployment.earlier, **self._restored()}
        return gone

    def _restored(self) -> dict[str, Resource]:
        ours = {step.after.logical_id for step in self._deployment.done if step.before is not None}
        return {name: one for name, one in self._stack.resources.items() if name in ours}

    def _back(self, step: Step) -> bool:
        stack, current = self._stack, step.after
        assert step.before is not None
        target = copy.copy(step.before)
        if step.sent:
            stack.row(current, "UPDATE_IN_PROGRESS")
            outcome = stack.handler(target).update(stack, target, current)
            _finish(step)
            if outcome.problem:
                stack.row(current, "UPDATE_FAILED", outcome.problem)
                return False
            target.physical_id, target.attributes = outcome.physical_id, outcome.attributes
            if outcome.physical_id != current.physical_id:
                self._leftovers.append(current)
        stack.row(target, "UPDATE_COMPLETE")
        stack.resources[target.logical_id] = target
        return True


def _finish(step: Step) -> None:
    """What was cancelled while it ran comes to its own end now."""
    if step.finish is not None:
        step.finish()
        step.finish = None
