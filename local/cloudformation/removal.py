"""Deleting: one resource, the leftovers of an update, a whole stack."""

from __future__ import annotations

from collections.abc import Collection

from . import graph
from .resource import Resource, keeps
from .state import StackState

# A Delete that fails while CloudFormation cleans up is tried again with the same RequestId; then it is given up.
CLEANUP_ATTEMPTS = 3


def remove(stack: StackState, resource: Resource, attempts: int = CLEANUP_ATTEMPTS) -> bool:
    """Deletes one physical resource; whether it is gone. One that never got a physical ID has nothing to delete."""
    stack.row(resource, "DELETE_IN_PROGRESS")
    problem = ""
    if resource.physical_id is not None:
        problem = stack.handler(resource).delete(stack, resource, attempts)
    stack.row(resource, "DELETE_FAILED" if problem else "DELETE_COMPLETE", problem)
    return not problem


def keep(stack: StackState, resource: Resource) -> None:
    """Lets go of a resource without deleting it."""
    stack.row(resource, "DELETE_SKIPPED")
    stack.retained.append(resource)


def clean_up(stack: StackState, replaced: Collection[tuple[Resource, str]], dropped: Collection[Resource]) -> bool:
    """After an update: the instances that were replaced (with their UpdateReplacePolicy) and the resources dropped.

    A Delete that fails here is tried again and then given up: CloudFormation forgets the resource. Whether all went.
    """
    doomed = [(resource, keeps(policy)) for resource, policy in replaced]
    doomed += [(resource, resource.retained()) for resource in _dependents_first(dropped)]
    gone = True
    for resource, retain in doomed:
        if retain:
            keep(stack, resource)
        else:
            gone &= remove(stack, resource)
    return gone


def tear_down(stack: StackState, retain: Collection[str] = ()) -> list[str]:
    """Deletes a stack's resources, dependents first; the logical IDs of those that would not go.

    What a resource that would not go needs is left alone, as CloudFormation leaves it.
    """
    failed: list[str] = []
    needed: set[str] = set()
    for resource in _dependents_first(stack.resources.values()):
        if resource.logical_id in needed:
            needed.update(resource.needs)
        elif resource.retained() or resource.logical_id in retain:
            keep(stack, resource)
            del stack.resources[resource.logical_id]
        elif remove(stack, resource, attempts=1):
            del stack.resources[resource.logical_id]
        else:
            failed.append(resource.logical_id)
            needed.update(resource.needs)
    return failed


def _dependents_first(resources: Collection[Resource]) -> list[Resource]:
    by_id = {resource.logical_id: resource for resource in resources}
    groups = graph.waves({name: [need for need in one.needs if need in by_id] for name, one in by_id.items()})
    return [by_id[name] for group in reversed(groups) for name in reversed(group)]
