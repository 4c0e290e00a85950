"""cfn-lint rules for Custom::EcrRepo, made from the resource schema beside this folder.

    cfn-lint --append-rules schema/cfn-lint my-template.yaml

cfn-lint lets the properties of a `Custom::` type be anything. The first rule hands it the schema that the provider itself
checks by, and companions.json for what joins several properties; cfn-lint's own validator does the work, so that it
understands conditions and intrinsic functions. The second checks what `Fn::GetAtt` and `Fn::Sub` ask of the resource.
"""

import difflib
import json
import re
from collections import deque
from pathlib import Path

from cfnlint.jsonschema import ValidationError
from cfnlint.rules import CloudFormationLintRule, RuleMatch
from cfnlint.rules.jsonschema.CfnLintJsonSchema import CfnLintJsonSchema

TYPE = "Custom::EcrRepo"
_HERE = Path(__file__).resolve().parent
_RESOURCE = json.loads((_HERE.parent / "custom-ecrrepo.json").read_text(encoding="utf-8"))
_COMPANIONS = json.loads((_HERE / "companions.json").read_text(encoding="utf-8"))
_LINK = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html"
_READ_ONLY = [pointer.rpartition("/")[2] for pointer in _RESOURCE["readOnlyProperties"]]
ATTRIBUTES = sorted({*_READ_ONLY, "RepositoryName"})


def _inlined(node):
    """The schema without references, and without words that say nothing about a value."""
    if isinstance(node, list):
        return [_inlined(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(_RESOURCE["definitions"][node["$ref"].rpartition("/")[2]])
    if isinstance(node.get("properties"), dict):
        inside = {name: _inlined(each) for name, each in node["properties"].items()}
        return {**_inlined({key: value for key, value in node.items() if key != "properties"}), "properties": inside}
    if node.get("type") == ["integer", "string"]:
        # cfn-lint takes a number for text, too, and would hold the pattern against it.
        number = {key: node[key] for key in ("minimum", "maximum")}
        return {"anyOf": [{"type": "integer", **number}, {"type": "string", "pattern": node["pattern"]}], "title": node["title"]}
    ignored = ("description", "examples", "$comment", "insertionOrder", "default")
    return {key: _inlined(value) for key, value in node.items() if key not in ignored}


# cfn-lint itself demands the ServiceToken of any custom resource.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        name: _inlined(each) for name, each in _RESOURCE["properties"].items() if name not in _READ_ONLY
    },
}


class EcrRepoProperties(CfnLintJsonSchema):
    """Properties of Custom::EcrRepo: their names, shapes and values, and what belongs together."""

    id = "E9101"
    shortdesc = "Properties of Custom::EcrRepo"
    description = "The properties of a Custom::EcrRepo are those that its provider accepts"
    source_url = _LINK
    tags = ["resources", "ecr"]

    def __init__(self):
        super().__init__(keywords=["Resources/*"], all_matches=True)

    def validate(self, validator, keywords, instance, schema):
        if not isinstance(instance, dict) or instance.get("Type") != TYPE:
            return
        properties = instance.get("Properties", {})
        if not isinstance(properties, dict) or set(properties) <= {"Fn::Transform"}:
            return
        context = validator.context.evolve(
            functions=_FUNCTIONS,
            strict_types=False,
            path=validator.context.path.descend(path="Properties"),
        )
        for error in self._found(validator, context, properties, SCHEMA):
            yield self._located(error, self._sentence(error))
        for companion in _COMPANIONS:
            for error in self._found(validator, context, properties, companion["schema"]):
                yield self._located(error, companion["message"])

    def _found(self, validator, context, properties, schema):
        checking = self.extend_validator(
            validator=validator.evolve(
                function_filter=validator.function_filter.evolve(
                    validate_dynamic_references=False, add_cfn_lint_keyword=False
                ),
            ),
            schema=schema,
            context=context,
        )
        return [error for error in checking.iter_errors(properties) if not error.unknown]

    def _located(self, error, message):
        located = ValidationError(
            message,
            path=deque(["Properties", *error.path]),
            schema_path=error.schema_path,
            validator=error.validator,
            instance=error.instance,
            rule=self,
        )
        located.path_override = error.path_override
        return located

    def _sentence(self, error):
        """cfn-lint's sentence; for an unknown name the nearest known one as well."""
        if error.validator == "additionalProperties" and error.path:
            name = str(error.path[-1])
            known = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
            if name in _READ_ONLY and len(error.path) == 1:
                return f"{name!r} is what Fn::GetAtt gives, not a property"
            near = difflib.get_close_matches(name, known or list(SCHEMA["properties"]), 1)
            return f"{name!r} is not a property here" + (f". Did you mean {near[0]!r}?" if near else "")
        title = error.schema.get("title") if isinstance(error.schema, dict) else None
        if error.validator in ("anyOf", "pattern", "type") and title:
            return f"{error.instance!r} is not {title}"
        return error.message


# What CloudFormation lets stand in the properties of a resource.
_FUNCTIONS = [
    "Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAZs", "Fn::GetAtt", "Fn::If", "Fn::ImportValue", "Fn::Join",
    "Fn::Length", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform", "Ref",
]  # fmt: skip


class EcrRepoAttributes(CloudFormationLintRule):
    """Attributes of Custom::EcrRepo: cfn-lint lets Fn::GetAtt ask anything of a `Custom::` type."""

    id = "E9102"
    shortdesc = "Attributes of Custom::EcrRepo"
    description = "Fn::GetAtt and Fn::Sub ask a Custom::EcrRepo for attributes that it has"
    source_url = _LINK
    tags = ["functions", "getatt", "ecr"]

    def match(self, cfn):
        resources = cfn.template.get("Resources")
        ours = {
            name
            for name, resource in (resources.items() if isinstance(resources, dict) else ())
            if isinstance(resource, dict) and resource.get("Type") == TYPE
        }
        for *path, value in cfn.search_deep_keys("Fn::GetAtt"):
            asked = value.split(".", 1) if isinstance(value, str) else value
            if isinstance(asked, list) and len(asked) == 2 and all(isinstance(each, str) for each in asked):
                yield from self._judge(ours, *asked, path)
        for *path, value in cfn.search_deep_keys("Fn::Sub"):
            text, own = (value, {}) if isinstance(value, str) else (value[0], value[1]) if _is_pair(value) else ("", {})
            for asked in re.findall(r"\$\{\s*([^!\s}][^\s}]*)\s*\}", text):
                if "." in asked and asked not in own:
                    yield from self._judge(ours, *asked.split(".", 1), path)

    def _judge(self, ours, resource, attribute, path):
        if resource in ours and attribute not in ATTRIBUTES:
            near = difflib.get_close_matches(attribute, ATTRIBUTES, 1)
            yield RuleMatch(
                path,
                f"{attribute!r} is not an attribute of {TYPE}. "
                + (f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(ATTRIBUTES)}"),
            )


def _is_pair(value):
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)
