"""What a stack remembers: its resources, the console's list of events, and who handles each type."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

from . import service_token
from .errors import ResourceError
from .events import Exchange
from .resource import Resource
from .service_token import PROVIDED_TYPE

STACK_TYPE = "AWS::CloudFormation::Stack"


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


@dataclass(frozen=True)
class Outcome:
    """What came of creating or updating one resource; `problem` is "" when it went well."""

    physical_id: str | None
    attributes: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


class Handler(Protocol):
    """Makes, changes and deletes the resources of some types. ResourceError means that nothing was begun."""

    def create(self, stack: StackState, resource: Resource) -> Outcome: ...

    def update(self, stack: StackState, resource: Resource, current: Resource) -> Outcome:
        """From `current` to the properties of `resource`."""

    def delete(self, stack: StackState, resource: Resource, attempts: int = 1) -> str:
        """The problem, "" if there is none. A handler that can fail by chance tries as often as `attempts` says."""

    def attribute(self, stack: StackState, resource: Resource, wanted: str) -> Any:
        """Fn::GetAtt's value."""


@dataclass(frozen=True)
class Environment:
    """What the stacks of an account and Region share.

    `exporters` names the stack that made each export; `aliases` maps each alias of the function to the accounts that
    may invoke it.
    """

    account: str
    region: str
    function_arn: str
    aliases: dict[str, Collection[str]]
    custom: Handler
    native: dict[str, Handler]
    others: Handler
    exporters: dict[str, str] = field(default_factory=dict)


class StackState:
    """`events` are the console's rows, `exchanges` the events sent to the provider with their answers, `outputs` and
    `resources` what they are called; `retained` are resources that a policy kept when the stack let go of them."""

    def __init__(self, environment: Environment, name: str, number: int) -> None:
        self.name, self.account, self.region = name, environment.account, environment.region
        guid = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.account}/{self.region}/{name}/{number}")
        self.id = f"arn:aws:cloudformation:{self.region}:{self.account}:stack/{name}/{guid}"
        self.status = ""
        self.events: list[Row] = []
        self.exchanges: list[Exchange] = []
        self.retained: list[Resource] = []
        self.resources: dict[str, Resource] = {}
        self.outputs: dict[str, str] = {}
        self.environment = environment
        self._requests = 0

    def handler(self, resource: Resource) -> Handler:
        if self.is_custom(resource):
            return self.environment.custom
        return self.environment.native.get(resource.type, self.environment.others)

    def is_custom(self, resource: Resource) -> bool:
        """Whether the provider gets its events."""
        mine = service_token.is_of(self.environment.function_arn, resource.properties.get("ServiceToken"))
        return resource.type == PROVIDED_TYPE or (mine and is_custom_type(resource.type))

    def check_token(self, resource: Resource) -> None:
        """Raises ResourceError where CloudFormation could not invoke the function that the resource means."""
        service_token.check(
            self.environment.function_arn, self.environment.aliases, self.account, self.region, resource.properties
        )

    def check_export(self, name: str) -> None:
        """Raises ResourceError where another stack exports a value under this name."""
        owner = self.environment.exporters.get(name, self.name)
        if owner != self.name:
            raise ResourceError(f"Export with name {name} is already exported by stack {owner}.")

    def next_request_id(self) -> str:
        self._requests += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.id}/{self._requests}"))

    def row(self, resource: Resource, status: str, reason: str = "", physical_id: str | None = None) -> None:
        resource.status = status
        self.events.append(
            Row(resource.logical_id, resource.type, status, reason, physical_id or resource.physical_id)
        )


class Live:
    """The resources that values may refer to while a stack is deployed; see intrinsics.References."""

    def __init__(self, stack: StackState, defined: Collection[str]) -> None:
        self._stack, self._defined = stack, defined

    def has(self, name: str) -> bool:
        return name in self._defined

    def ref(self, name: str) -> Any:
        return self._stack.resources[name].physical_id

    def attribute(self, name: str, wanted: str) -> Any:
        resource = self._stack.resources[name]
        return self._stack.handler(resource).attribute(self._stack, resource, wanted)


def is_custom_type(kind: str) -> bool:
    return kind.startswith("Custom::") or kind == "AWS::CloudFormation::CustomResource"
