"""Stacks, as their user sees them.

    cloud = CloudFormation(provider)
    stack = cloud.create("web", "web.yaml", {"Stage": "test"})
    stack.update("web-2.yaml", fail={"Alarm"})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    stack.delete()

Everything happens at once and in one order, so that the same story always tells the same. Faults of a template raise
TemplateError, refusals of a whole operation ValidationError; what happens to resources stands in `events`, in
CloudFormation's words.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from . import removal, rollback
from .custom import CustomResources
from .deployment import Deployment, Fail, Options
from .errors import ValidationError
from .model import Model
from .resource import Resource
from .resources import OtherResources
from .state import STACK_TYPE, Environment, Handler, StackState
from .template import Template


class CloudFormation:
    """One account and Region.

    `provider` delivers events, see custom.py. It gets those of every Custom::EcrRepo, and of any other custom resource
    whose ServiceToken is `function_arn` or one of the function's `aliases`, each with the accounts that may invoke it.
    The function is in `function_account`, or else in this one. `exports` are values for Fn::ImportValue that no stack
    here makes; the token's own export is always there. `native` maps a type to a handler that really makes such
    resources. `stored` is what the SSM Parameter Store holds, by name.
    """

    def __init__(
        self,
        provider: Any,
        *,
        account: str = "123456789012",
        region: str = "us-east-1",
        exports: dict[str, str] | None = None,
        native: dict[str, Handler] | None = None,
        function: str = "custom-ecrrepo",
        function_account: str | None = None,
        aliases: dict[str, Collection[str]] | None = None,
        stored: dict[str, str] | None = None,
    ) -> None:
        self.custom = CustomResources(provider, set())
        self.function_arn = f"arn:aws:lambda:{region}:{function_account or account}:function:{function}"
        self.aliases, self.native = aliases or {}, native or {}
        self.environment = Environment(
            account, region, self.function_arn, self.aliases, self.custom, self.native, OtherResources()
        )
        self.stored = stored or {}
        self.exports = {f"{function}-ServiceToken": self.function_arn, **(exports or {})}
        self.stacks: dict[str, Stack] = {}
        self._count = 0

    def check(self, name: str, template: Any, parameters: dict[str, Any] | None = None) -> Model:
        """Raises what is wrong with a template before anything happens; its model otherwise."""
        return Stack(self, name, 0).model(Template.of(template), parameters or {})

    def planned(self, name: str) -> Stack:
        """A stack that is not made, to see what making it would change."""
        return Stack(self, name, self._count + 1)

    def create(self, name: str, template: Any, parameters: dict[str, Any] | None = None, *, fail: Fail = (), cancel: dict[str, str] | None = None, redeliver: Collection[str] = ()) -> Stack:
        """A new stack, created or rolled back. For `fail`, `cancel` and `redeliver` see Stack.update."""
        if name in self.stacks:
            raise ValidationError(f"Stack [{name}] already exists")
        self._count += 1
        stack = Stack(self, name, self._count)
        model = stack.model(Template.of(template), parameters or {})
        self.stacks[name] = stack
        stack.deploy(model, parameters or {}, Options.of(fail, cancel), redeliver)
        return stack


class Stack(StackState):
    """A stack with what its user can do to it."""

    def __init__(self, cloud: CloudFormation, name: str, number: int) -> None:
        super().__init__(cloud.environment, name, number)
        self.parameters: dict[str, Any] = {}
        self.template: Template | None = None
        self._cloud = cloud
        self._exports: dict[str, str] = {}
        self._unfinished: rollback.UpdateRollback | None = None

    def update(self, template: Any = None, parameters: dict[str, Any] | None = None, *, fail: Fail = (), cancel: dict[str, str] | None = None, redeliver: Collection[str] = ()) -> None:
        """The template as it is to be from now on (None: the one deployed), with parameters that change.

        `fail` names resources of other types that fail, as a set, or as an object with their reasons; they are
        updated even where nothing about them changes. `cancel` names
        custom resources that are still running then, with "after", "before" or "concurrent" (see Options). Events of
        resources named by `redeliver` arrive twice.
        """
        if self.status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"):
            raise ValidationError(f"Stack:{self.id} is in {self.status} state and can not be updated.")
        now = self._deployed()
        template = now if template is None else Template.of(template)
        given = {
            name: value for name, value in self.parameters.items() if name in template.section("Parameters")
        }
        given.update(parameters or {})
        if not fail and (template.tree, given) == (now.tree, self.parameters):
            raise ValidationError("No updates are to be performed.")
        self.deploy(self.model(template, given), given, Options.of(fail, cancel), redeliver)

    def delete(self, retain: Collection[str] = (), redeliver: Collection[str] = ()) -> None:
        """Deletes the stack. `retain` names resources to keep, which CloudFormation allows after a DELETE_FAILED."""
        if retain and self.status != "DELETE_FAILED":
            raise ValidationError("Resources to retain can be named only for a stack in DELETE_FAILED state.")
        self._cloud.custom.redeliver = set(redeliver)
        self._stack_row("DELETE_IN_PROGRESS", "User Initiated")
        failed = removal.tear_down(self, retain)
        if failed:
            self._stack_row(
                "DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. "
            )
            return
        self._publish({})
        self.outputs = {}
        self._cloud.stacks.pop(self.name, None)
        self._stack_row("DELETE_COMPLETE")

    def continue_rollback(self, skip: Collection[str] = ()) -> None:
        """Takes up a failed rollback again, passing over the resources named."""
        if self._unfinished is None:
            raise ValidationError(
                f"Stack:{self.id} is in {self.status} state, which has no rollback to continue."
            )
        self._roll_update_back(self._unfinished, skip, "User Initiated")

    def deploy(self, model: Model, parameters: dict[str, Any], options: Options, redeliver: Collection[str]) -> None:
        """The one way from a template to resources, for create and update."""
        creating = not self.status
        self._cloud.custom.redeliver = set(redeliver)
        deployment = Deployment(self, model, options)
        was = (self.template, self.parameters, self.outputs)
        self.template, self.parameters = model.template, parameters
        self._stack_row("CREATE_IN_PROGRESS" if creating else "UPDATE_IN_PROGRESS", "User Initiated")
        if deployment.run():
            if not creating:
                self._stack_row("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
                dropped = [one for name, one in deployment.earlier.items() if name not in model.definitions]
                for one in dropped:
                    del self.resources[one.logical_id]
                gone = removal.clean_up(self, deployment.replaced, dropped)
                self._stack_row(
                    "UPDATE_COMPLETE",
                    "" if gone else "Update successful. One or more resources could not be deleted.",
                )
            else:
                self._stack_row("CREATE_COMPLETE")
            self._publish(deployment.exports)
        elif creating:
            self._stack_row(
                "ROLLBACK_IN_PROGRESS", f"{rollback.failures(deployment)}Rollback requested by user."
            )
            left = rollback.of_create(self, deployment)
            words = f"The following resource(s) failed to delete: [{', '.join(left)}]. " if left else ""
            self._stack_row("ROLLBACK_FAILED" if left else "ROLLBACK_COMPLETE", words)
        else:
            self.template, self.parameters, self.outputs = was
            self._roll_update_back(
                rollback.UpdateRollback(self, deployment), (), rollback.failures(deployment)
            )

    def model(self, template: Template, parameters: dict[str, Any]) -> Model:
        """The template read for this stack."""
        pseudo = {
            "AWS::AccountId": self.account, "AWS::NotificationARNs": [], "AWS::Partition": "aws",
            "AWS::Region": self.region, "AWS::StackId": self.id, "AWS::StackName": self.name,
            "AWS::URLSuffix": "amazonaws.com",
        }  # fmt: skip
        return Model(template, pseudo, parameters, self._cloud.exports, self.environment.function_arn, self._cloud.stored)

    def _deployed(self) -> Template:
        assert self.template is not None, "a stack that was never created"
        return self.template

    def _roll_update_back(self, undoing: rollback.UpdateRollback, skip: Collection[str], reason: str) -> None:
        self._stack_row("UPDATE_ROLLBACK_IN_PROGRESS", reason)
        failed = undoing.restore(skip)
        self._unfinished = undoing if failed else None
        if failed:
            self._stack_row(
                "UPDATE_ROLLBACK_FAILED",
                f"The following resource(s) failed to update: [{', '.join(failed)}]. ",
            )
            return
        self._stack_row("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        gone = undoing.clean_up()
        self._stack_row(
            "UPDATE_ROLLBACK_COMPLETE",
            "" if gone else "Rollback successful. One or more resources could not be deleted.",
        )

    def _publish(self, exports: dict[str, str]) -> None:
        for name in self._exports:
            self._cloud.exports.pop(name, None)
            self.environment.exporters.pop(name, None)
        self._exports = exports
        self._cloud.exports.update(exports)
        self.environment.exporters.update(dict.fromkeys(exports, self.name))

    def _stack_row(self, status: str, reason: str = "") -> None:
        self.status = status
        self.row(Resource(self.name, STACK_TYPE, {}, physical_id=self.id), status, reason)
