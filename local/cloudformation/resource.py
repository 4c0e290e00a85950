"""One resource of a stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def keeps(policy: str, on_create_rollback: bool = False) -> bool:
    """Whether a DeletionPolicy or UpdateReplacePolicy keeps a resource. `Snapshot` deletes it; no snapshot is made here."""
    return policy == "Retain" or (policy == "RetainExceptOnCreate" and not on_create_rollback)


@dataclass
class Resource:
    """A resource as deployed, or about to be. `properties` are resolved, and strings all through for custom types."""

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
        return keeps(self.deletion_policy, on_create_rollback)
