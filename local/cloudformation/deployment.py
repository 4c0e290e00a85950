"""Creating and updating: a template's resources, group by group, until all are done or one has failed.

CloudFormation starts everything that needs nothing unfinished at once. So here: the members of a group are all in
progress before the first is carried out. Those of the provider under test come first, and those that a test lets fail
come last, so that a failing sibling finds the others done; unless they are to be cancelled while they still run.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from .custom import invented_id
from .errors import ResourceError, TemplateError, ValidationError
from .intrinsics import NO_VALUE
from .model import Definition, Model
from .resource import Resource
from .scalars import strings
from .state import Live, Outcome, StackState, is_custom_type

# Names of resources, or the reason for each.
Fail = Collection[str] | dict[str, str]

CANCEL_MODES = ("after", "before", "concurrent")


@dataclass(frozen=True)
class Options:
    """What a test makes happen: resources that fail (with their reason), and running ones that get cancelled.

    A cancelled resource's answer is never read. What undoes it (a Delete for a Create, the reversed Update for an
    Update) is sent `after` the provider is done, `before` it even gets the event, or `concurrent` with it.
    """

    fail: dict[str, str] = field(default_factory=dict)
    cancel: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, fail: Fail, cancel: dict[str, str] | None) -> Options:
        """`fail` may be a set of names, which then fail for no particular reason."""
        unknown = set((cancel or {}).values()) - set(CANCEL_MODES)
        if unknown:
            raise ValueError(f"{unknown.pop()!r} is none of {', '.join(CANCEL_MODES)}")
        made = 'Resource handler returned message: "made to fail"'
        return cls(dict(fail) if isinstance(fail, dict) else dict.fromkeys(fail, made), dict(cancel or {}))


@dataclass
class Step:
    """One resource on its way from `before` (None: it is new) to `after`."""

    before: Resource | None
    after: Resource
    sent: bool = False
    finish: Callable[[], object] | None = None

    @property
    def verb(self) -> str:
        return "CREATE" if self.before is None else "UPDATE"


class Deployment:
    def __init__(self, stack: StackState, model: Model, options: Options) -> None:
        self.stack, self.model, self.options = stack, model, options
        self.done: list[Step] = []
        self.replaced: list[tuple[Resource, str]] = []
        self.failed: list[Step] = []
        self.problem = ""
        self.earlier = dict(stack.resources)
        self._touched: set[str] = set()
        changed = [it.logical_id for it in model.definitions.values() if self._type_changes(it)]
        if changed:
            raise ValidationError(
                "Update of resource type is not permitted. The new template modifies resource type of the following "
                f"resources: [{', '.join(changed)}]"
            )

    def run(self) -> bool:
        """Whether everything went well; `failed`, or else `problem`, says what did not."""
        for wave in self.model.waves:
            if not self._wave(wave):
                return False
        never = [name for name in (*self.options.fail, *self.options.cancel) if name not in self._touched]
        if never:
            raise ValueError(f"nothing happens to {never[0]} here, so it can neither fail nor be cancelled")
        try:
            self.stack.outputs, self.exports = self._outputs()
        except (ResourceError, TemplateError) as error:
            self.problem = f"{error}."
        return not self.problem

    def _wave(self, wave: list[str]) -> bool:
        begun = [step for step in map(self._begin, wave) if step]
        last = [step for step in begun if step.after.logical_id in self.options.fail]
        held = [step for step in begun if step.after.logical_id in self.options.cancel]
        rest = [step for step in begun if step not in last and step not in held]
        for step in sorted(rest, key=lambda step: not self.stack.is_custom(step.after)):
            if self.failed and not self.stack.is_custom(step.after):
                self._cancelled(step)
            else:
                self._carry_out(step)
        for step in last:
            self._note(
                step,
                Outcome(
                    step.before.physical_id if step.before else None, {}, self.options.fail[step.after.logical_id]
                ),
            )
        if held and not self.failed:
            raise ValueError(f"nothing fails while {held[0].after.logical_id} runs, so nothing cancels it")
        for step in held:
            self._cancel(step)
        return not self.failed

    def _begin(self, logical_id: str) -> Step | None:
        """The step for a resource, None if it stays as it is."""
        definition, before = self.model.definitions[logical_id], self.earlier.get(logical_id)
        after = Resource(
            logical_id,
            definition.type,
            {},
            definition.needs,
            definition.deletion_policy,
            definition.update_replace_policy,
        )
        step = Step(before, after)
        try:
            resolved = self.model.properties(definition, self._live())
            resolved = {} if resolved is NO_VALUE else resolved
            if not isinstance(resolved, dict):
                raise self.model.template.fault(
                    f"The Properties of {logical_id} must be an object.", definition.node
                )
            after.properties = resolved
        except (ResourceError, TemplateError) as error:
            self._note(step, Outcome(before.physical_id if before else None, {}, str(error)))
            return None
        if is_custom_type(definition.type):
            after.properties = strings(after.properties)
        if (
            before is not None
            and before.properties == after.properties
            and logical_id not in self.options.fail
        ):
            after.physical_id, after.attributes = before.physical_id, before.attributes
            after.status, after.request_id = before.status, before.request_id
            self.stack.resources[logical_id] = after
            return None
        self._touched.add(logical_id)
        self.stack.row(after, f"{step.verb}_IN_PROGRESS", physical_id=before.physical_id if before else None)
        return step

    def _carry_out(self, step: Step) -> None:
        try:
            outcome = self._perform(step)
            step.sent = True
        except ResourceError as error:
            outcome = Outcome(step.before.physical_id if step.before else None, {}, str(error))
        self._note(step, outcome)

    def _perform(self, step: Step) -> Outcome:
        handler = self.stack.handler(step.after)
        if step.before is None:
            return handler.create(self.stack, step.after)
        return handler.update(self.stack, step.after, step.before)

    def _note(self, step: Step, outcome: Outcome) -> None:
        """Takes an outcome over into the stack and the console."""
        after, before, verb = step.after, step.before, step.verb
        after.physical_id, after.attributes = outcome.physical_id, outcome.attributes
        if before is None and not outcome.problem:
            self.stack.row(after, "CREATE_IN_PROGRESS", "Resource creation Initiated")
        if before is not None and outcome.physical_id != before.physical_id:
            if not outcome.problem:
                self.stack.row(after, "UPDATE_IN_PROGRESS", _replacing(self.stack.is_custom(after)))
            self.replaced.append((before, after.update_replace_policy))
        if outcome.problem:
            self.failed.append(step)
        self.stack.row(after, f"{verb}_FAILED" if outcome.problem else f"{verb}_COMPLETE", outcome.problem)
        self.stack.resources[after.logical_id] = after
        self.done.append(step)

    def _cancelled(self, step: Step) -> None:
        """Nothing was done for it yet."""
        physical_id = step.before.physical_id if step.before else None
        self._note(step, Outcome(physical_id, {}, _cancellation(step)))

    def _cancel(self, step: Step) -> None:
        ours, mode = step.after, self.options.cancel[step.after.logical_id]
        running = Step(step.before, copy.copy(step.after))
        if mode == "after":
            self._perform(running)
        elif mode == "before":
            step.finish = lambda: self._perform(running)
        else:
            thread = threading.Thread(target=self._perform, args=(running,))
            thread.start()
            step.finish = thread.join
        known = step.before.physical_id if step.before else invented_id(self.stack, ours.logical_id)
        step.sent = True
        self._note(step, Outcome(known, {}, _cancellation(step)))

    def _live(self) -> Live:
        return Live(self.stack, self.model.definitions)

    def _outputs(self) -> tuple[dict[str, str], dict[str, str]]:
        resolver = self.model.resolver(self._live())
        values, exports = {}, {}
        for name, node in self.model.outputs.items():
            values[name] = resolver.string(node["Value"], f"The Value of output {name}", node)
            if "Export" in node:
                exported = resolver.string(node["Export"]["Name"], f"The export name of output {name}", node)
                self.stack.check_export(exported)
                exports[exported] = values[name]
        return values, exports

    def _type_changes(self, definition: Definition) -> bool:
        before = self.earlier.get(definition.logical_id)
        return before is not None and before.type != definition.type


def _cancellation(step: Step) -> str:
    return "Resource creation cancelled" if step.before is None else "Resource update cancelled"


def _replacing(custom: bool) -> str:
    if custom:
        return "Requested update required the provider to create a new physical resource"
    return "Requested update requires the creation of a new physical resource; hence creating one."
