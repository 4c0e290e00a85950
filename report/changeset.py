"""A change set in CloudFormation: made, described twice, and deleted again, with the empty stack that it may have left.

This is all that speaks to CloudFormation. It was written after AWS's API reference and is tested against its shapes, and
against an emulator, not in an account.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from botocore.exceptions import ClientError

_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
_PAUSE = 2.0
_LONGEST = 900.0
# CloudFormation's own words for a change set without a change.
_NO_CHANGES = ("didn't contain changes", "No updates are to be performed")


class ChangeSetFailed(Exception):
    """CloudFormation could not make the change set: its reason."""


@dataclass(frozen=True)
class Described:
    """The changes without and with property values, all pages of both."""

    plain: list[dict[str, Any]]
    valued: list[dict[str, Any]]


class ChangeSet:
    """`with ChangeSet(api, stack, template, parameters) as made: made.describe()`; `api` is boto3's CloudFormation client.

    Afterwards nothing of it is left: neither the change set nor the stack in REVIEW_IN_PROGRESS, if it made that.
    """

    def __init__(
        self, api: Any, stack: str, template: str, parameters: dict[str, str], sleep: Callable[[float], None] = time.sleep
    ):
        self._api, self._stack, self._template, self._parameters = api, stack, template, parameters
        self._sleep = sleep
        self._name = f"ecrrepo-plan-{uuid.uuid4().hex}"
        self.new_stack = False
        self._made_stack = False
        self._id = ""
        self.stack_id = ""

    def __enter__(self) -> ChangeSet:
        existing = self._existing()
        self.new_stack = existing is None or existing["StackStatus"] == "REVIEW_IN_PROGRESS"
        self._made_stack = existing is None
        made = self._api.create_change_set(
            StackName=self._stack,
            ChangeSetName=self._name,
            ChangeSetType="CREATE" if self.new_stack else "UPDATE",
            TemplateBody=self._template,
            Parameters=self._given(existing),
            Capabilities=_CAPABILITIES,
            Description="Made to see what would change, by make plan of Custom::EcrRepo. It is deleted at once.",
        )
        self._id, self.stack_id = made["Id"], made["StackId"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._api.delete_change_set(ChangeSetName=self._id)
        if self._made_stack and self._is_empty():
            self._api.delete_stack(StackName=self.stack_id)

    def describe(self) -> Described:
        """Empty where nothing changes. Raises ChangeSetFailed."""
        if not self._wait():
            return Described([], [])
        return Described(self._changes({}), self._changes({"IncludePropertyValues": True}))

    def _wait(self) -> bool:
        """Whether there are changes."""
        waited = 0.0
        while True:
            state = self._api.describe_change_set(ChangeSetName=self._id)
            status, reason = state["Status"], state.get("StatusReason", "")
            if status == "CREATE_COMPLETE":
                return True
            if status == "FAILED" and any(words in reason for words in _NO_CHANGES):
                return False
            if status == "FAILED":
                raise ChangeSetFailed(reason or "CloudFormation gives no reason.")
            if waited >= _LONGEST:
                raise ChangeSetFailed(f"The change set is still {status} after {_LONGEST:.0f} seconds.")
            self._sleep(_PAUSE)
            waited += _PAUSE

    def _changes(self, more: dict[str, Any]) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = []
        token: dict[str, str] = {}
        while True:
            page = self._api.describe_change_set(ChangeSetName=self._id, **more, **token)
            changes += page.get("Changes", [])
            if not page.get("NextToken"):
                return changes
            token = {"NextToken": page["NextToken"]}

    def _existing(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._api.describe_stacks(StackName=self._stack)["Stacks"][0]
            return found
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise

    def _given(self, existing: dict[str, Any] | None) -> list[dict[str, Any]]:
        """What is given; of the others, those that the stack has keep their value."""
        declared = [one["ParameterKey"] for one in self._api.get_template_summary(TemplateBody=self._template).get("Parameters", [])]
        kept = [] if self.new_stack else [one["ParameterKey"] for one in (existing or {}).get("Parameters", [])]
        given: list[dict[str, Any]] = [{"ParameterKey": name, "ParameterValue": value} for name, value in self._parameters.items()]
        return given + [
            {"ParameterKey": name, "UsePreviousValue": True} for name in kept if name in declared and name not in self._parameters
        ]

    def _is_empty(self) -> bool:
        """Whether the stack is still nothing but the shell of our change set: somebody may have begun to use it."""
        if (self._existing() or {}).get("StackStatus") != "REVIEW_IN_PROGRESS":
            return False
        others = self._api.list_change_sets(StackName=self.stack_id)["Summaries"]
        return all(other["ChangeSetId"] == self._id or other.get("Status") == "DELETE_COMPLETE" for other in others)
