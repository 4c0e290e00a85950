"""Custom resources: events out to the provider under test, answers in.

The provider is anything with `deliver(event)`: it gets the event (an object that it may keep but not change) and
returns the body that was PUT to the ResponseURL, as bytes, text or object, or None if none ever came; `events.Late`
adds how long it took. It must bear calls from two threads at once where a test asks for a concurrent cancellation.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Collection
from typing import Any

from . import events
from .errors import ResourceError
from .resource import Resource
from .resources import suffix
from .state import Outcome, StackState


class CustomResources:
    """Handles the resources whose events go to the provider; see state.Handler.

    ResourceError means that the event was not even sent.
    """

    def __init__(self, provider: Any, redeliver: Collection[str]) -> None:
        self._provider = provider
        self.redeliver = redeliver

    def create(self, stack: StackState, resource: Resource) -> Outcome:
        verdict = self._ask(stack, "Create", resource)
        if verdict.problem:
            return Outcome(
                verdict.physical_id or invented_id(stack, resource.logical_id), verdict.data, verdict.problem
            )
        return Outcome(verdict.physical_id, verdict.data)

    def update(self, stack: StackState, resource: Resource, current: Resource) -> Outcome:
        """From `current` to the properties of `resource`. A FAILED answer's own physical ID counts, too."""
        if resource.properties.get("ServiceToken") != current.properties.get("ServiceToken"):
            raise ResourceError("Modifying service token is not allowed.")
        try:
            verdict = self._ask(
                stack, "Update", resource, physical_id=current.physical_id, old=current.properties
            )
        except ResourceError as error:
            return Outcome(current.physical_id, current.attributes, str(error))
        return Outcome(verdict.physical_id or current.physical_id, verdict.data, verdict.problem)

    def delete(self, stack: StackState, resource: Resource, attempts: int = 1) -> str:
        """The problem, "" if there is none."""
        request_id = stack.next_request_id()
        for _ in range(attempts):
            try:
                verdict = self._ask(
                    stack, "Delete", resource, physical_id=resource.physical_id, request_id=request_id
                )
            except ResourceError as error:
                return str(error)
            if not verdict.problem:
                return ""
        return verdict.problem

    def attribute(self, stack: StackState, resource: Resource, wanted: str) -> Any:
        """Only what the answer's Data holds, under exactly this key: `a.b` does not reach into an object."""
        value = resource.attributes.get(wanted)
        if value is None:
            bucket = f"cloudformation-custom-resource-storage-{stack.region.replace('-', '')}"
            raise ResourceError(
                f"CustomResource attribute error: Vendor response doesn't contain {wanted} key in object "
                f"{stack.id}|{resource.logical_id}|{resource.request_id} in S3 bucket {bucket}"
            )
        return value

    def _ask(self, stack: StackState, request_type: str, resource: Resource, request_id: str | None = None, **more: Any) -> events.Verdict:
        stack.check_token(resource)
        try:
            events.timeout(resource.properties)
        except ValueError as error:
            raise ResourceError(str(error)) from None
        resource.request_id = request_id or stack.next_request_id()
        sent = events.event(request_type, resource.request_id, stack.id, resource, **more)
        exchange = events.Exchange(sent, None)
        stack.exchanges.append(exchange)
        answers = []
        for _ in range(2 if resource.logical_id in self.redeliver else 1):
            # Through JSON, as in life: the provider gets a copy of its own, and nothing that JSON cannot hold.
            answers.append(self._provider.deliver(json.loads(json.dumps(sent))))
        exchange.answer = copy.copy(answers[0])
        verdict = events.judge(sent, answers[0])
        exchange.problem = verdict.problem
        return verdict


def invented_id(stack: StackState, logical_id: str) -> str:
    """The physical ID that CloudFormation makes up where the provider gave none."""
    return f"{stack.name}-{logical_id}-{suffix(stack.id, logical_id, 'invented', length=12)}"
