"""Writes custom-ecrrepo.cloudformation.json, the JSON schema with which editors complete and explain Custom::EcrRepo.

    python3 schema/editor_schema.py

It is a schema of a whole template (draft 7, which VS Code's YAML server and IntelliJ read) and says something of the resources
of this type only. An editor reads `!Ref Name` as text and `!If [...]` as a list: so each value may also be one of these, and the values
themselves are left to cfn-lint.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "custom-ecrrepo.json"
TARGET = HERE / "custom-ecrrepo.cloudformation.json"
TYPE = "Custom::EcrRepo"
SHORT_FORMS = {
    "string": {"$ref": "#/definitions/ShortFormText"},
    "array": {"$ref": "#/definitions/ShortFormList"},
    "object": {"$ref": "#/definitions/LongForm"},
}
OWN_DEFINITIONS = {
    "ShortFormText": {"type": "string"},
    "ShortFormList": {
        "type": "array",
        "minItems": 2,
        "items": [{"type": "string"}],
        "additionalItems": True,
    },
    "LongForm": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {"^(Ref|Fn::[A-Za-z0-9:]+)$": True},
        "additionalProperties": False,
    },
}
KEPT = ("title", "description", "default", "enum", "examples")


def made() -> dict:
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    read_only = {pointer.rpartition("/")[2] for pointer in source["readOnlyProperties"]}
    properties = {name: value(each) for name, each in source["properties"].items() if name not in read_only}
    definitions = {name: bare(each) for name, each in source["definitions"].items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Made from custom-ecrrepo.json by editor_schema.py.",
        "title": "CloudFormation templates with Custom::EcrRepo",
        "type": "object",
        "properties": {"Resources": {"type": "object", "additionalProperties": {
            "properties": {"Type": {"anyOf": [{"const": TYPE, "description": source["description"]}, {"type": "string"}]}},
            "if": {"required": ["Type"], "properties": {"Type": {"const": TYPE}}},
            "then": {"required": ["Properties"], "properties": {"Properties": {"$ref": "#/definitions/Properties"}}},
        }}},
        "definitions": {
            "Properties": {
                "type": "object",
                "description": source["description"],
                "additionalProperties": False,
                "required": ["ServiceToken"],
                "properties": {**properties, "Fn::Transform": True},
            },
            **definitions,
            **OWN_DEFINITIONS,
        },
    }  # fmt: skip


def value(node: dict) -> dict:
    """A property's value: what the resource takes, or a function that gives it."""
    about = {key: node[key] for key in ("description", "default", "examples") if key in node}
    own = {"$ref": node["$ref"]} if "$ref" in node else bare(node)
    own.pop("description", None)
    return {**about, "anyOf": [own, *SHORT_FORMS.values()]}


def bare(node: dict) -> dict:
    """What an editor tells by: kinds, names and choices. Patterns and bounds are cfn-lint's part."""
    kept = {key: node[key] for key in KEPT if key in node}
    if "enum" in node:
        return kept
    kept["type"] = node["type"]
    if node["type"] == "array":
        kept["items"] = value(node["items"])
    if "properties" in node:
        kept["additionalProperties"] = False
        kept["properties"] = {name: value(each) for name, each in node["properties"].items()}
        if "required" in node:
            kept["required"] = node["required"]
    return kept


def text() -> str:
    return json.dumps(made(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
