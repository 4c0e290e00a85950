"""What a deployment would do: one request a resource to the function that reports, and what follows from its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local.cloudformation.scalars import strings

from . import resources
from .resources import Resource

# Exit statuses. 1 is an error.
NOTHING, CHANGES, REFUSED = 0, 2, 3

Ask = Callable[[dict[str, Any]], Any]


@dataclass
class Verdict:
    """What is planned for one resource. `report` is the function's answer, empty where it was not asked."""

    resource: Resource
    report: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def refusals(self) -> list[str]:
        """Every sentence for which the deployment would fail."""
        refusal = [self.report["refusal"]] if self.report.get("refusal") else []
        return [*self.report.get("faults", []), *refusal, *self.report.get("objections", [])]

    @property
    def removes(self) -> bool:
        return "removal" in self.report

    @property
    def status(self) -> int:
        if self.refusals:
            return REFUSED
        if self.report.get("changes") or self.removes or self.unknown:
            return CHANGES
        return NOTHING

    def document(self) -> dict[str, Any]:
        """As `FORMAT=json` prints it."""
        return {
            "logicalId": self.resource.logical_id,
            "action": self.resource.action,
            "status": {NOTHING: "nothing", CHANGES: "changes", REFUSED: "refused"}[self.status],
            "unknown": self.unknown,
            "notes": self.notes,
            **self.report,
        }


def plan(found: list[Resource], stack_id: str, new_stack: bool, ask: Ask) -> list[Verdict]:
    """`ask` calls the function; `new_stack` means that the ID of the stack will be another one."""
    verdicts = [_plan(each, stack_id, new_stack, ask) for each in found]
    _hand_over(verdicts)
    return verdicts


def overall(verdicts: list[Verdict]) -> int:
    return max((each.status for each in verdicts), default=NOTHING)


def _plan(resource: Resource, stack_id: str, new_stack: bool, ask: Ask) -> Verdict:
    verdict = Verdict(resource)
    if resource.after is None and resource.retained:
        verdict.notes.append("The resource is removed from the stack and its repository is kept (DeletionPolicy: Retain).")
        return verdict
    request: dict[str, Any] = {"Report": "Plan", "StackId": stack_id, "LogicalResourceId": resource.logical_id}
    if resource.physical_id is not None:
        request["PhysicalResourceId"] = resource.physical_id
    before, _ = resources.known(resource.before or {}, None)
    # A custom resource gets every scalar as a string, and so does the function.
    if resource.before is not None:
        request["OldResourceProperties"] = strings(before)
    if resource.after is not None:
        properties, verdict.unknown = resources.known(resource.after, resource.before)
        request["ResourceProperties"] = strings(properties)
        if "RepositoryName" in verdict.unknown:
            verdict.notes.append("Without the name of the repository nothing can be planned.")
            return verdict
        if request.get("OldResourceProperties") == request["ResourceProperties"]:
            return verdict
    verdict.report = ask(request)
    if new_stack and resource.after is not None and not resource.after.get("RepositoryName"):
        verdict.notes.append("The end of the generated name depends on the new stack's ID: it will be another one.")
    if verdict.removes and resource.retained:
        del verdict.report["removal"]
        verdict.notes.append("The previous repository is kept (UpdateReplacePolicy: Retain).")
    return verdict


def _hand_over(verdicts: list[Verdict]) -> None:
    """A repository that another resource of the stack takes over does not go with the one that had it."""
    takers = {each.report["repository"]: each.resource.logical_id for each in verdicts if each.report.get("takesOver")}
    for verdict in verdicts:
        removal = verdict.report.get("removal")
        if removal and removal["repository"] in takers:
            removal["deletes"] = False
            removal["description"] = f"Nothing is deleted: the repository then belongs to resource {takers[removal['repository']]}."
