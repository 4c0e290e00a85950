"""The provider's template as CloudFormation would deploy it: transformed by SAM's own translator, its conditions and
intrinsic functions resolved for given parameters. Resources have plausible physical names."""

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = ROOT / "template.yaml"
ACCOUNT = "123456789012"
REGION = "eu-central-1"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "custom-ecrrepo",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


def source(file=TEMPLATE):
    """The template as it is written, its functions in their long form."""
    return yaml_parse(file.read_text())


def transformed(file=TEMPLATE):
    """The template as SAM's translator hands it to CloudFormation."""
    template = source(file)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    return translator.translate(template, {})


@dataclass
class ProviderStack:
    """What one deployment makes: resources (those whose condition holds) and outputs, without any function left."""

    parameters: dict
    resources: dict = field(default_factory=dict)
    outputs: dict = field(default_factory=dict)

    def of_type(self, kind):
        return {name: body for name, body in self.resources.items() if body["Type"] == kind}

    def role_policies(self, role="Role"):
        """The policies of the function's role."""
        return [p["PolicyDocument"] for p in self.resources[role]["Properties"]["Policies"]]

    def managed_policy(self, name):
        return self.resources[name]["Properties"]["PolicyDocument"]

    def environment(self, function="EcrRepoFunction"):
        return self.resources[function]["Properties"]["Environment"]["Variables"]


def deploy(template=None, **parameters):
    """Deploys with the given parameters, as strings, over their defaults. An unknown one is a mistake of the test."""
    template = template or transformed()
    declared = template["Parameters"]
    unknown = parameters.keys() - declared.keys()
    if unknown:
        raise KeyError(f"the template has no parameter {', '.join(sorted(unknown))}")
    values = {}
    for name, parameter in declared.items():
        text = str(parameters.get(name, parameter.get("Default")))
        values[name] = text.split(",") if parameter["Type"] == "CommaDelimitedList" else text
    resolver = _Resolver(template, values)
    stack = ProviderStack(values)
    for name, body in template["Resources"].items():
        if "Condition" not in body or resolver.condition(body["Condition"]):
            stack.resources[name] = resolver.resolve({k: v for k, v in body.items() if k != "Condition"})
    for name, body in template["Outputs"].items():
        stack.outputs[name] = resolver.resolve(body)
    return stack


class _Resolver:
    def __init__(self, template, values):
        self._template = template
        self._values = values

    def condition(self, name):
        return self.resolve(copy.deepcopy(self._template["Conditions"][name]))

    def resolve(self, node):
        if isinstance(node, list):
            items = [self.resolve(item) for item in node]
            return [item for item in items if item is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, value), = node.items()
            if key in ("Ref", "Condition") or key.startswith("Fn::"):
                return self._call(key, value)
        pairs = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in pairs.items() if value is not NO_VALUE}

    def _call(self, function, argument):
        if function == "Ref":
            return self._ref(argument)
        if function == "Fn::GetAtt":
            name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
            return self._attribute(name, attribute)
        if function == "Fn::Sub":
            return re.sub(r"\$\{([^}]+)}", lambda m: self._named(m[1]), argument)
        if function == "Fn::If":
            name, then, otherwise = argument
            return self.resolve(then if self.condition(name) else otherwise)
        if function == "Fn::Equals":
            left, right = self.resolve(argument)
            return left == right
        if function == "Fn::Not":
            return not self.resolve(argument)[0]
        if function == "Fn::And":
            return all(self.resolve(argument))
        if function == "Fn::Join":
            return argument[0].join(self.resolve(argument[1]))
        if function == "Fn::Split":
            return self.resolve(argument[1]).split(argument[0])
        if function == "Fn::Select":
            return self.resolve(argument[1])[int(argument[0])]
        raise NotImplementedError(function)

    def _named(self, name):
        """What `${name}` means in Fn::Sub."""
        resource, dot, attribute = name.partition(".")
        return self._attribute(resource, attribute) if dot else self._ref(name)

    def _ref(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self._values:
            return self._values[name]
        resource = self._template["Resources"][name]
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind == "AWS::Lambda::Function":
            return self.resolve(properties["FunctionName"])
        if kind == "AWS::Logs::LogGroup":
            return self.resolve(properties["LogGroupName"])
        if kind == "AWS::IAM::ManagedPolicy":
            return f"arn:aws:iam::{ACCOUNT}:policy/{name}"
        if kind == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
        return name

    def _attribute(self, name, attribute):
        kind = self._template["Resources"][name]["Type"]
        if (kind, attribute) == ("AWS::Lambda::Function", "Arn"):
            return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self._ref(name)}"
        if (kind, attribute) == ("AWS::IAM::Role", "Arn"):
            return f"arn:aws:iam::{ACCOUNT}:role/{name}"
        if (kind, attribute) == ("AWS::Events::Rule", "Arn"):
            return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{name}"
        if (kind, attribute) == ("AWS::SQS::Queue", "Arn"):
            return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
        if (kind, attribute) == ("AWS::SQS::Queue", "QueueName"):
            return name
        raise NotImplementedError(f"{name}.{attribute}")
