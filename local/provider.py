"""The packaged function as the provider of a simulated CloudFormation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .run import LocalRun, Step

# Lambda runs an asynchronous invocation that threw twice more.
_ATTEMPTS = 3


class LocalProvider:
    """Delivers events to the function of a run; `steps` holds every invocation in order."""

    def __init__(self, run: LocalRun, *, seen: Callable[[dict[str, Any], Step], None] | None = None) -> None:
        self.steps: list[Step] = []
        self._run = run
        self._seen = seen

    def deliver(self, event: dict[str, Any]) -> Any:
        """The body that was PUT, None if none was."""
        name = f"{event['RequestType']} {event['LogicalResourceId']}"
        # Past function:NAME, the token of a tenant names its alias.
        qualifier = ":".join(str(event.get("ServiceToken", "")).split(":")[7:])
        for attempt in range(_ATTEMPTS):
            step = self._run.invoke(event, name if attempt == 0 else f"{name}, retried by Lambda", qualifier)
            self.steps.append(step)
            if self._seen is not None:
                self._seen(event, step)
            if step.response is not None or step.outcome != "threw":
                return step.response
        return None
