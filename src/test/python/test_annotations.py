"""The Python that is part of the project says of every function what it takes and returns, and its modules have no cycles."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from documents import ROOT

FILES = sorted(path for folder in ("local", "operations", "fast", "release") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_function_is_annotated(path):
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    bare = []
    for function in functions:
        given = function.args
        arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
        if function.returns is None or any(one.annotation is None and one.arg not in ("self", "cls") for one in arguments):
            bare.append(function.name)
    assert bare == []


def test_modules_have_no_cycles():
    modules = {_name(path): path for path in FILES}
    order = TopologicalSorter({name: _uses(name, path, modules) for name, path in modules.items()})
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_cycle_would_be_found(tmp_path):
    (tmp_path / "one.py").write_text("from .two import b\n")
    (tmp_path / "two.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import one\n")
    modules = {f"local.{path.stem}": path for path in tmp_path.iterdir()}
    with pytest.raises(CycleError):
        TopologicalSorter({name: _uses(name, path, modules) for name, path in modules.items()}).prepare()


def test_a_cycle_through_a_package_would_be_found(tmp_path):
    (tmp_path / "one.py").write_text("from .two import b\n")
    (tmp_path / "package.py").write_text("from ..one import a\n")
    modules = {"local.one": tmp_path / "one.py", "local.two.__init__": tmp_path / "package.py"}
    with pytest.raises(CycleError):
        TopologicalSorter({name: _uses(name, path, modules) for name, path in modules.items()}).prepare()


def _name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _uses(name, path, modules):
    """The modules of the project that a module imports, also for annotations alone. A name that is no module of its package comes from the package's __init__."""
    used = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            package = ".".join(name.split(".")[: -node.level]) if node.level else ""
            base = ".".join(filter(None, (package, node.module)))
            for each in node.names:
                used |= {f"{base}.{each.name}"} if f"{base}.{each.name}" in modules else {base, f"{base}.__init__"}
    return (used & modules.keys()) - {name}
