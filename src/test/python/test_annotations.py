"""The Python that is part of the project says of every function what it takes and returns."""

import ast

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
