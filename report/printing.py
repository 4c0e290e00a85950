"""Reports for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from local import words

from .verdict import REFUSED, Verdict

_SIGNS = {"Add": "+", "Modify": "~", "Remove": "-"}
_SENTENCES = {"LifecyclePolicy": words.lifecycle, "RepositoryPolicy": words.policy}


def plan(stack: str, verdicts: list[Verdict], notes: list[str]) -> Iterator[str]:
    """Lines, in the manner of `terraform plan`."""
    yield f"Plan for stack {stack}"
    for verdict in verdicts:
        yield ""
        yield from _resource(verdict)
    if notes:
        yield ""
        yield from notes
    yield ""
    yield _summary(verdicts)


def drift(seen: dict[str, Any]) -> Iterator[str]:
    for each in seen["drifted"]:
        yield f"{each['repository']} ({each.get('logicalId')} of {each.get('stackId')})"
        for difference in each["differences"]:
            yield f"    {difference}"
    for name in seen["withoutRecord"]:
        yield f"{name} has no record, so nothing is known."
    for problem in seen["problems"]:
        yield f"Not read: {problem}"
    yield (
        f"Repositories: {seen['lookedAt']} of {seen['repositories']} looked at, {seen['owned']} owned by the provider, "
        f"{len(seen['drifted'])} different from what was last applied."
    )


def _resource(verdict: Verdict) -> Iterator[str]:
    resource, report = verdict.resource, verdict.report
    sign = "!" if verdict.status == REFUSED else _SIGNS[resource.action]
    yield f"  {sign} {resource.logical_id}  {_headline(verdict)}"
    for sentence in verdict.refusals:
        yield f"      refused: {sentence}"
    for change in report.get("changes", []):
        yield f"      {change['operation']}: {change['description']}"
        for line in _difference(change):
            yield f"          {line}"
    yield from (f"      {line}" for line in _images(report.get("images")))
    if "removal" in report:
        yield f"      {report['removal']['repository']}: {report['removal']['description']}"
    for warning in report.get("warnings", []):
        yield f"      warning: {warning}"
    for name, why in verdict.unknown.items():
        yield f"      {name} cannot be known: {why}. It is not part of this plan."
    for note in verdict.notes:
        yield f"      {note}"


def _headline(verdict: Verdict) -> str:
    name = verdict.report.get("repository", "")
    if verdict.refusals:
        return f"would be refused {name}".rstrip()
    if verdict.resource.after is None:
        return "goes"
    if verdict.report.get("takesOver"):
        return f"takes over {name}"
    if verdict.report.get("changes"):
        if verdict.removes:
            return f"becomes {name}"
        return f"changes {name}" if verdict.report["exists"] else f"creates {name}"
    return f"nothing to change {name}".rstrip()


def _difference(change: dict[str, Any]) -> Iterator[str]:
    sentences = next((read for end, read in _SENTENCES.items() if change["operation"].endswith(end)), None)
    before, after = change.get("before"), change.get("after")
    if sentences is None:
        if before is not None:
            yield f"{before} → {after}"
        return
    old, new = ([] if text is None else sentences(json.loads(text)) for text in (before, after))
    yield from (f"- {line}" for line in old if line not in new)
    yield from (f"+ {line}" for line in new if line not in old)


def _images(images: dict[str, Any] | None) -> Iterator[str]:
    if images is None:
        return
    if "unknown" in images:
        yield f"How many images would expire is not known: {images['unknown']}"
        return
    yield f"{_count(images['expiring'])} would expire today under the new lifecycle policy."
    if images["archiving"]:
        yield f"{_count(images['archiving'])} would be archived."


def _count(number: int) -> str:
    return "1 image" if number == 1 else f"{number} images"


def _summary(verdicts: list[Verdict]) -> str:
    if not any(each.status for each in verdicts):
        return "Nothing to do."
    counts = {"to create": 0, "to change": 0, "to remove": 0, "refused": 0}
    for verdict in verdicts:
        if verdict.status == REFUSED:
            counts["refused"] += 1
        elif verdict.status:
            counts[{"Add": "to create", "Modify": "to change", "Remove": "to remove"}[verdict.resource.action]] += 1
    return "Plan: " + ", ".join(f"{number} {what}" for what, number in counts.items()) + "."
