"""Whatever a template holds, its author gets a sentence: never a stack trace, never a half-told story."""

import copy
import random
from pathlib import Path

import pytest
from fake_provider import FakeProvider

from local.cloudformation import CloudFormation, Template, TemplateError, ValidationError
from local.cloudformation.native import NativeRepositories

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.yaml"))
ODD = [
    None, True, 0, 1.5, "", "x", "${", "${A.}", "${Repository.}", [], [[]], ["a", 1], {}, {"Ref": []}, {"Ref": "Repository"},
    {"Fn::GetAtt": "Repository"}, {"Fn::GetAtt": []}, {"Fn::If": ["No"]}, {"Fn::Sub": []}, {"Fn::Sub": ["${a}", {"a": {}}]},
    {"Fn::Join": ["", 1]}, {"Fn::Select": ["x", []]}, {"Fn::Split": ["", "a"]}, {"Fn::FindInMap": [{}, [], 1]},
    {"Fn::Cidr": ["x", 1, 1]}, {"Fn::Length": "a"}, {"Fn::ForEach::X": ["a", ["b"], {"${a}": {"Type": "T"}}]},
    {"Fn::ForEach::X": []}, {"Condition": "Gone"}, {"Fn::ImportValue": {"Ref": "AWS::NoValue"}}, {"Ref": "AWS::NoValue"},
]  # fmt: skip


def places(node):
    """Every object or list in the tree with each of its keys."""
    for key, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(child, (dict, list)):
            yield from places(child)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_template_with_something_odd_in_it_deploys_or_is_refused_in_a_sentence(path):
    seed = 20261121
    chance = random.Random(f"{seed} {path.stem}")
    original = Template.read(path).tree
    outcomes = set()
    for number in range(300):
        tree = copy.deepcopy(original)
        for _ in range(chance.choice((1, 1, 2))):
            node, key = chance.choice(list(places(tree)))
            if chance.random() < 0.1:
                del node[key]
            else:
                node[key] = copy.deepcopy(chance.choice(ODD))
        try:
            native = {"AWS::ECR::Repository": NativeRepositories(lambda operation, **_: {})}
            stack = CloudFormation(FakeProvider(), native=native).create("odd", Template(tree, "odd.yaml"))
            outcomes.add(stack.status)
            if stack.status == "CREATE_COMPLETE":
                stack.delete()
        except (TemplateError, ValidationError) as error:
            assert str(error), f"seed {seed}, {path.stem}, number {number}"
            outcomes.add("refused")
        except Exception as error:
            raise AssertionError(
                f"seed {seed}, {path.stem}, number {number}: {error!r} for {tree!r}"
            ) from error
    assert "refused" in outcomes and outcomes & {"CREATE_COMPLETE", "ROLLBACK_COMPLETE"}, outcomes


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_damaged_text_is_refused_in_a_sentence_or_still_a_template(path):
    seed = 20261122
    chance = random.Random(f"{seed} {path.stem}")
    text = path.read_text()
    for number in range(150):
        at = chance.randrange(len(text))
        junk = chance.choice(
            ("", "\t", "{", "!", "&a ", "*a ", "- ", ": ", "\x00", "'", "\n\n", "? ", "<<: ", "é", "%")
        )
        damaged = text[:at] + junk + (text[at:] if chance.random() < 0.7 else "")
        try:
            CloudFormation(FakeProvider()).check("odd", Template.parse(damaged, "odd.yaml"))
        except (TemplateError, ValidationError) as error:
            assert "\n" not in str(error), f"seed {seed}, {path.stem}, number {number}"
        except Exception as error:
            raise AssertionError(
                f"seed {seed}, {path.stem}, number {number}: {error!r} for {damaged!r}"
            ) from error
