"""cfn-lint rules for Custom::EcrRepo, made from the resource schema beside this folder.

    cfn-lint -t my-template.yaml --append-rules schema/cfn-lint

cfn-lint lets the properties of a `Custom::` type be anything. The first rule hands it the schema that the provider itself
checks by, and companions.json for what joins several properties; cfn-lint's own validator does the work, so that it
understands conditions and intrinsic functions; the sentences are the provider's. The second checks what `Fn::GetAtt` and
`Fn::Sub` ask of the resource, the third finds numbers that lose their leading zero, the fourth mistyped types.
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
_OTHER_NAMES = {
    (row["in"], name): row["remedy"]
    for row in json.loads((_HERE / "other-names.json").read_text(encoding="utf-8"))
    for name in row["names"]
}
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
        return [error for error in checking.iter_errors(properties) if not error.unknown and not _is_elsewhere(error)]

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
        """In the provider's words; for an unknown name the nearest known one as well."""
        schema = error.schema if isinstance(error.schema, dict) else {}
        value = json.dumps(error.instance, ensure_ascii=False, default=str)
        wanted, title = error.validator_value, schema.get("title")
        match error.validator:
            case "additionalProperties" if error.path:
                return _unknown_name(str(error.path[-1]), list(schema.get("properties", {})), list(error.path)[:-1])
            case "required":
                missing = re.match("'(.*)' is a required property", error.message)
                return f"{missing[1]} is missing" if missing else error.message
            case "enum":
                return f"{value} is not {title or 'allowed'}. Write {_either(wanted)}"
            case "minimum" if not title:
                return f"{value} is too small; the minimum is {wanted}"
            case "maximum" if not title:
                return f"{value} is too large; the maximum is {wanted}"
            case "minLength" | "maxLength":
                bound = "at least" if error.validator == "minLength" else "at most"
                return f"{value} has {len(str(error.instance))} characters; {bound} {wanted} {'is' if wanted == 1 else 'are'} allowed"
            case "minItems" | "maxItems":
                bound = "at least" if error.validator == "minItems" else "at most"
                return f"has {len(error.instance)} elements, {bound} {wanted} {'is' if wanted == 1 else 'are'} allowed"
            case "uniqueItems":
                return "has an element twice"
            case "type" if wanted in _KINDS and not title:
                return f"{value} is not {_KINDS[wanted]}"
        return f"{value} is not {title}{_lost_zero(error, schema)}" if title else error.message


_KINDS = {"array": "a list", "boolean": "a boolean. Write true or false", "integer": "a number", "object": "an object", "string": "text"}


def _is_elsewhere(error):
    """What is for others to say: cfn-lint's own rules on functions, which it applies by itself as well, and values that
    CloudFormation knows only when it deploys."""
    if error.rule is not None or str(error.validator).startswith(("fn_", "ref")):
        return True
    return isinstance(error.instance, str) and "{{resolve:" in error.instance


def _unknown_name(name, known, parent):
    if name in _READ_ONLY and not parent:
        return f"{name!r} is a return value of Fn::GetAtt, not a property"
    place = "Properties" if not parent else str(parent[0])
    remedy = _OTHER_NAMES.get((place, re.sub("[^a-z0-9]", "", name.lower())))
    if remedy and (place != "Access" or "PrincipalArns" in known):
        return f"{name!r} is not a property here. {remedy.removesuffix('.')}"
    near = _nearest(name, known or list(SCHEMA["properties"]))
    return f"{name!r} is not a property here" + (f". Did you mean {near!r}?" if near else "")


def _nearest(name, known):
    """The known name that is meant: the same in other letters, or else one that is near."""
    same = [each for each in known if each.lower() == name.lower()]
    return next(iter(same or difflib.get_close_matches(name, known, 1, cutoff=0.8)), None)


def _either(words):
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _lost_zero(error, schema):
    if isinstance(error.instance, int) and schema.get("pattern") == "^[0-9]{12}$":
        return ". YAML changes a number that begins with 0: write it in quotes"
    return ""


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
        ours = {name for name, resource in _resources(cfn) if resource.get("Type") == TYPE}
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
            near = _nearest(attribute, ATTRIBUTES)
            yield RuleMatch(
                path,
                f"{attribute!r} is not an attribute of {TYPE}. "
                + (f"Did you mean {near!r}?" if near else f"It has {', '.join(ATTRIBUTES)}"),
            )


class LeadingZero(CloudFormationLintRule):
    """CloudFormation's parser makes a floating-point number of 012345678901; cfn-lint's leaves it the text that it was."""

    id = "E9103"
    shortdesc = "Account IDs that begin with zero"
    description = "A number of a Custom::EcrRepo that begins with zero has quotation marks"
    source_url = _LINK
    tags = ["resources", "ecr"]

    def match(self, cfn):
        for name, resource in _resources(cfn):
            if resource.get("Type") == TYPE:
                yield from self._look(resource.get("Properties"), ["Resources", name, "Properties"])

    def _look(self, node, path):
        pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, child in pairs:
            yield from self._look(child, [*path, key])
        if isinstance(node, str) and re.fullmatch("0[0-9]*[89][0-9]*", node) and _is_unquoted(node):
            yield RuleMatch(path, f"{node} begins with 0 and has no quotation marks: CloudFormation makes {_as_java_prints(node)} of it. Write '{node}'")


class MistypedType(CloudFormationLintRule):
    """A custom resource with the provider's token, or with nearly its name, that none of these rules checks."""

    id = "W9104"
    shortdesc = "Types that look like Custom::EcrRepo"
    description = "A custom resource that the provider of Custom::EcrRepo serves has that type"
    source_url = _LINK
    tags = ["resources", "ecr"]

    def match(self, cfn):
        for name, resource in _resources(cfn):
            kind = resource.get("Type")
            if isinstance(kind, str) and kind != TYPE and (_is_near(kind) or _is_ours(kind, resource)):
                yield RuleMatch(
                    ["Resources", name, "Type"], f"{kind!r} is not {TYPE}, so that nothing checks its properties. Did you mean {TYPE!r}?"
                )


def _resources(cfn):
    """The template's resources by name; what is not a mapping is for other rules."""
    resources = cfn.template.get("Resources")
    for name, resource in resources.items() if isinstance(resources, dict) else ():
        if isinstance(resource, dict):
            yield name, resource


def _is_near(kind):
    wanted, found = TYPE.lower(), kind.lower()
    return found.startswith("custom::") and difflib.SequenceMatcher(None, wanted, found).ratio() > 0.85


def _is_ours(kind, resource):
    properties = resource.get("Properties")
    token = json.dumps(properties.get("ServiceToken") if isinstance(properties, dict) else None, default=str)
    custom = kind.startswith("Custom::") or kind == "AWS::CloudFormation::CustomResource"
    return custom and ("custom-ecrrepo-ServiceToken" in token or ":function:custom-ecrrepo\"" in token)


def _as_java_prints(digits):
    """Of a number of at most 17 digits, such as an account ID."""
    significant = digits.lstrip("0")
    return f"{significant[0]}.{significant[1:].rstrip('0') or '0'}E{len(significant) - 1}"


def _is_unquoted(node):
    """By its length in the template: quotation marks would add two."""
    start, end = getattr(node, "start_mark", None), getattr(node, "end_mark", None)
    return start is not None and end is not None and end.line == start.line and end.column - start.column == len(node)


def _is_pair(value):
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)
