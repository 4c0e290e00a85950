"""The JSON schema for editors: it takes every example, in both ways in which a template writes functions, and finds faults."""

import json
import sys

import pytest
import yaml
from cfnlint.decode.cfn_yaml import load
from jsonschema import Draft7Validator

from documents import ROOT

SCHEMA = ROOT / "schema" / "custom-ecrrepo.cloudformation.json"
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
VALIDATOR = Draft7Validator(json.loads(SCHEMA.read_text()))


class AsEditor(yaml.SafeLoader):
    """Reads `!Ref Name` as the text Name, as VS Code's YAML server does with the customTags of the README."""


def _plain(loader, _, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


AsEditor.add_multi_constructor("!", _plain)
# A date stays the text that it is.
AsEditor.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(template):
    return [error.message for error in VALIDATOR.iter_errors(template)]


def resource(**properties):
    return {"Resources": {"R": {"Type": "Custom::EcrRepo", "Properties": {"ServiceToken": "arn", **properties}}}}


def test_it_is_a_schema_made_from_that_of_the_resource():
    Draft7Validator.check_schema(VALIDATOR.schema)
    sys.path.insert(0, str(SCHEMA.parent))
    try:
        import editor_schema
    finally:
        sys.path.remove(str(SCHEMA.parent))
    assert SCHEMA.read_text() == editor_schema.text(), "run: python3 schema/editor_schema.py"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_example_has_no_fault(path):
    assert faults(yaml.load(path.read_text(), AsEditor)) == []
    assert faults(json.loads(json.dumps(load(str(path))))) == []


@pytest.mark.parametrize("properties", [
    {"Repositoryname": "a"},
    {"RepositoryUri": "a"},
    {"Access": {"Pul": {"AccountIds": ["111122223333"]}}},
    {"LifecycleRules": [{"MaxImageCounts": 1}]},
    {"Tags": [{"Key": "a"}]},
    {"ImageScanningConfiguration": {"ScanOnPush": {"no": "function"}}},
])  # fmt: skip
def test_an_unknown_or_missing_name_is_a_fault(properties):
    assert faults(resource(**properties))


def test_other_types_are_left_alone():
    assert faults({"Resources": {"R": {"Type": "Custom::Other", "Properties": {"Anything": 1}}}}) == []


def test_every_property_is_explained():
    stated = json.loads((ROOT / "schema" / "custom-ecrrepo.json").read_text())
    names = set(stated["properties"]) - {each.rpartition("/")[2] for each in stated["readOnlyProperties"]}
    shown = VALIDATOR.schema["definitions"]["Properties"]["properties"]
    assert set(shown) - {"Fn::Transform"} == names
    assert [name for name in names if not shown[name].get("description")] == []
