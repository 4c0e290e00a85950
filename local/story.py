"""Plays templates: a stack is created, updated and deleted, with the packaged function as its provider."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import find, verdict
from .cloudformation import CloudFormation, Stack, Template, TemplateError, ValidationError, console
from .cloudformation.model import Model
from .cloudformation.native import NativeRepositories
from .cloudformation.service_token import PROVIDED_TYPE
from .printer import Printer
from .run import LocalRun, Step

NATIVE = "AWS::ECR::Repository"


class Refused(Exception):
    """What is wrong with the templates, in one sentence: nothing was started."""


@dataclass(frozen=True)
class Act:
    """One operation on the stack: an update to another template or to other parameters."""

    title: str
    template: Template | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    fail: dict[str, str] = field(default_factory=dict)
    expected: str = "UPDATE_COMPLETE"


@dataclass(frozen=True)
class Story:
    """A template, what happens to it, and in the end it is deleted."""

    template: Template
    parameters: dict[str, str]
    updates: tuple[Act, ...]
    stored: dict[str, str] = field(default_factory=dict)
    next_step: str = ""

    @property
    def name(self) -> str:
        """A stack's name, by the file's."""
        stem = re.sub("[^A-Za-z0-9]+", "-", Path(self.template.file).stem).strip("-")
        return stem[:100] if stem[:1].isalpha() else f"stack-{stem}"[:100].rstrip("-")


def of_production() -> Story:
    """The story that is told when nobody asks for another: the example for production through good and bad days."""
    failure = 'Resource handler returned message: "Rate exceeded" (this failure is part of the story)'
    updates = (
        Act(
            "Another account runs the service, and old builds expire sooner",
            parameters={"RuntimeAccountIds": "111122223333,444455556666", "KeepBuildsDays": "30"},
        ),
        Act(
            "Rename the repository, while something else in the stack fails",
            parameters={"RepositoryName": "shop/payment"},
            fail={"CriticalFindings": failure},
            expected="UPDATE_ROLLBACK_COMPLETE",
        ),
    )
    path = os.path.relpath(find.ROOT / "examples" / "production.yaml")
    return Story(
        Template.read(path), {}, updates, next_step="make local TEMPLATE=my.yaml runs a template of your own."
    )


def of_files(
    template: str, update: str | None, parameters: dict[str, str], stored: dict[str, str]
) -> Story:
    """Somebody's own template, and what it changes to; `stored` is what the Parameter Store holds. Raises Refused."""
    try:
        updates = (Act(f"Update to {update}", Template.read(update)),) if update else ()
        return Story(Template.read(template), parameters, updates, stored, verdict.after_template(template, update))
    except TemplateError as error:
        raise Refused(str(error)) from None


def play(story: Story, *, as_json: bool, log: bool) -> bool:
    """Tells it on stdout; whether everything went as expected. Raises Refused before anything starts."""
    model = check(story)
    # Only now, since the emulator takes its time to load.
    from . import player
    from .printer import Printer
    from .provider import LocalProvider
    from .run import LocalRun

    with LocalRun(environment=player.settings()) as run:
        telling = None if as_json else Telling(run, Printer(sys.stdout), log=log)
        provider = LocalProvider(run, seen=telling.invocation if telling else None)
        world = cloud(provider, {NATIVE: NativeRepositories(run.call)}, story.stored)
        if telling:
            telling.opening(story, model)
        done: list[verdict.Operation] = []
        operations = _operations(world, story)
        for number in range(1, len(story.updates) + 3):
            title = _title(story, number)
            result = telling.operation(number, title, operations) if telling else next(operations)
            status = None if isinstance(result, str) else result.status
            done.append(verdict.Operation(title, _expected(story, number), status))
        said, good = verdict.of_operations(done, story.next_step), all(each.as_expected for each in done)
        if telling:
            telling.closing(said, good=good)
        else:
            player.print_document(provider.steps, run.repositories())
            if not good:
                print(said, file=sys.stderr)
        return good


class Telling:
    """Prints each operation: the invocations as they happen, then the console's events and what ECR holds."""

    def __init__(self, run: LocalRun, printer: Printer, *, log: bool) -> None:
        self._run, self._printer, self._log = run, printer, log
        self._printed = 0
        self._before: list[dict[str, Any]] = []

    def opening(self, story: Story, model: Model) -> None:
        self._printer.rows(
            [("Template", story.template.file), ("Stack", story.name), ("Provider", self._run.function_arn)],
            indent=0,
        )
        kinds: dict[str, str] = {}
        for name, definition in model.definitions.items():
            if definition.type in (PROVIDED_TYPE, NATIVE):
                continue
            if model.means(definition, self._run.function_arn):
                self._printer.line()
                self._printer.rows(
                    [(name, f"{definition.type} has the ServiceToken of this provider, which plays it like any other. Its "
                            f"own type is {PROVIDED_TYPE}: the rules for cfn-lint check no other.")],
                    indent=0,
                )
            else:
                kinds[name] = definition.type
        if kinds:
            self._printer.section("Named, but not created in the local run")
            self._printer.rows(kinds.items())
        if not any(model.means(each, self._run.function_arn) or each.type == PROVIDED_TYPE for each in model.definitions.values()):
            self._printer.section(f"The template has no resource of the type {PROVIDED_TYPE}, so the provider has nothing to do")

    def operation(self, number: int, title: str, operations: Any) -> Stack | str:
        self._printer.title(f"{number}. {title}")
        result: Stack | str = next(operations)
        if isinstance(result, str):
            self._printer.line()
            self._printer.rows([("", result)], indent=0)
            return result
        self._events(result)
        after = self._run.repositories()
        self._printer.holdings(after, self._before)
        self._before = after
        return result

    def invocation(self, event: dict[str, Any], step: Step) -> None:
        start = "cold start" if step.cold else "warm"
        self._printer.section(
            self._printer.styled("title", f"▸ {step.name}")
            + self._printer.styled("label", f"  {step.seconds:.2f} s, {start}")
        )
        self._printer.calls(step.calls)
        self._printer.answer(step)
        if self._log:
            self._printer.section("The function's log")
            for line in step.log.splitlines():
                self._printer.line("    " + line)

    def closing(self, verdict: str, *, good: bool) -> None:
        self._printer.line()
        self._printer.line(f"The function's log: {os.path.relpath(self._run.log)}")
        self._printer.verdict(verdict, good=good)

    def _events(self, stack: Stack) -> None:
        printer = self._printer
        printer.section("The stack's events")
        for row, parts in console.lines(stack.events[self._printed :], printer.width - 4):
            verdict = console.good(row.status)
            style = "" if verdict is None else "good" if verdict else "bad"
            name, status, reason = parts
            shown = printer.styled(style, status) if style else status
            printer.line("    " + printer.styled("label", name) + shown + reason)
        self._printed = len(stack.events)
        if stack.outputs:
            printer.section("Outputs")
            printer.rows(stack.outputs.items())


class _Invented(dict[str, str]):
    """Exports of stacks that are not here: each has its own name as its value."""

    def __missing__(self, name: str) -> str:
        return name


def cloud(provider: Any, native: dict[str, Any], stored: dict[str, str]) -> CloudFormation:
    """A simulated account and Region in which other stacks have exported whatever a template imports."""
    made = CloudFormation(provider, native=native, stored=stored)
    made.exports = _Invented(made.exports)
    return made


def check(story: Story) -> Model:
    """Raises Refused before anything starts; the template's model otherwise."""
    world = cloud(None, {}, story.stored)
    try:
        model = world.check(story.name, story.template, story.parameters)
        for act in story.updates:
            template = act.template or story.template
            declared = template.section("Parameters")
            given = {name: value for name, value in story.parameters.items() if name in declared}
            world.check(story.name, template, {**given, **act.parameters})
        return model
    except TemplateError as error:
        raise Refused(str(error)) from None
    except ValidationError as error:
        raise Refused(f"{error}.{_hint(str(error))}".replace("..", ".")) from None


def _hint(problem: str) -> str:
    if "must have values" in problem:
        return ' Give them as PARAMETERS="Name=value Other=value".'
    if "parameter store" in problem or "{{resolve:ssm:" in problem:
        return ' Say what the Parameter Store holds as SSM="/name=value /other=value".'
    return ""


def _operations(world: CloudFormation, story: Story) -> Any:
    """The stack after each operation, or a sentence saying why there was none."""
    stack = world.create(story.name, story.template, story.parameters)
    yield stack
    for act in story.updates:
        if stack.status == "ROLLBACK_COMPLETE":
            yield "The stack could not be created, so there is nothing to update."
            continue
        try:
            stack.update(act.template, act.parameters, fail=act.fail)
            yield stack
        except ValidationError as error:
            yield f"CloudFormation refuses this update: {error}"
    stack.delete()
    yield stack


def _expected(story: Story, number: int) -> str:
    if number == 1:
        return "CREATE_COMPLETE"
    return "DELETE_COMPLETE" if number == len(story.updates) + 2 else story.updates[number - 2].expected


def _title(story: Story, number: int) -> str:
    if number == 1:
        return "Create the stack"
    if number == len(story.updates) + 2:
        return "Delete the stack"
    return story.updates[number - 2].title
