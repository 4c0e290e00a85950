"""What a stack remembers: its resources, and the console's list of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Model
    from .stack import Stack

STACK_TYPE = "AWS::CloudFormation::Stack"


@dataclass
class Resource:
    """One resource as deployed, or about to be. `properties` are resolved, and strings all through for custom types."""

    logical_id: str
    type: str
    properties: dict[str, Any]
    needs: tuple[str, ...] = ()
    deletion_policy: str = "Delete"
    update_replace_policy: str = "Delete"
    physical_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    request_id: str = ""

    def retained(self, on_create_rollback: bool = False) -> bool:
        """Whether the DeletionPolicy keeps it when its logical ID goes."""
        return self.deletion_policy == "Retain" or (
            self.deletion_policy == "RetainExceptOnCreate" and not on_create_rollback
        )


@dataclass(frozen=True)
class Row:
    """A line of the console's Events tab."""

    logical_id: str
    type: str
    status: str
    reason: str = ""
    physical_id: str | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.logical_id} {self.reason}".rstrip()


class Live:
    """What the values of a template may refer to while a stack is deployed; see intrinsics.Resolver."""

    def __init__(self, stack: Stack, model: Model) -> None:
        self._stack, self._model = stack, model

    def has(self, name: str) -> bool:
        return name in self._model.definitions

    def ref(self, name: str) -> Any:
        return self._stack.resources[name].physical_id

    def attribute(self, name: str, wanted: str) -> Any:
        resource = self._stack.resources[name]
        return self._stack.handler(resource).attribute(self._stack, resource, wanted)
