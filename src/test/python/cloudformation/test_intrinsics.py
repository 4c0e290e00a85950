"""Intrinsic functions, each by what the provider gets for it."""

import pytest
from fake_provider import repository, template

from local.cloudformation import TemplateError, ValidationError

EXTENSIONS = {"Transform": "AWS::LanguageExtensions"}


@pytest.fixture
def value(cloud, provider):
    """What arrives for a property `V` of the given value."""

    def of(node, **sections):
        cloud.create("web", template({"Repo": repository(V=node)}, **sections))
        return provider.events[-1]["ResourceProperties"].get("V")

    return of


@pytest.mark.parametrize("node, arrives", [
    ({"Ref": "AWS::Region"}, "us-east-1"),
    ({"Ref": "AWS::AccountId"}, "123456789012"),
    ({"Ref": "AWS::StackName"}, "web"),
    ({"Ref": "AWS::Partition"}, "aws"),
    ({"Ref": "AWS::URLSuffix"}, "amazonaws.com"),
    ({"Fn::Sub": "${AWS::StackName}-${!kept}"}, "web-${kept}"),
    ({"Fn::Sub": ["${a}/${AWS::Region}", {"a": {"Fn::Join": ["-", ["x", 1, True]]}}]}, "x-1-true/us-east-1"),
    ({"Fn::Join": [",", {"Fn::Split": ["/", "a/b/c"]}]}, "a,b,c"),
    ({"Fn::Select": ["1", ["a", "b"]]}, "b"),
    ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
    ({"Fn::Base64": "hello"}, "aGVsbG8="),
    ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
    ({"Fn::GetAZs": ""}, ["us-east-1a", "us-east-1b", "us-east-1c"]),
    ({"Fn::ImportValue": "custom-ecrrepo-ServiceToken"}, "arn:aws:lambda:us-east-1:123456789012:function:custom-ecrrepo"),
    (["a", {"Ref": "AWS::NoValue"}], ["a"]),
    ({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": "1"}),
    ({"Ref": "AWS::NoValue"}, None),
])  # fmt: skip
def test_a_function_arrives_as_its_value(value, node, arrives):
    assert value(node) == arrives


def test_to_json_string_keeps_the_types_that_scalars_have(value):
    node = {"Fn::ToJsonString": {"a": [1, True, {"Ref": "AWS::Region"}], "b": {}}}
    assert value(node, **EXTENSIONS) == '{"a":[1,true,"us-east-1"],"b":{}}'


def test_length_counts_a_list(value):
    assert value({"Fn::Length": {"Fn::Split": [",", "a,b,c"]}}, **EXTENSIONS) == "3"


@pytest.mark.parametrize("function", ["Fn::Length", "Fn::ToJsonString"])
def test_language_extensions_need_their_transform(value, function):
    with pytest.raises(TemplateError, match=f"{function} needs `Transform: AWS::LanguageExtensions`"):
        value({function: ["a"]})


def test_find_in_map_looks_up_and_falls_back_to_its_default(value):
    mappings = {"Days": {"prod": {"keep": 90}, 123456789012: {"keep": [1, 2]}}}
    assert value({"Fn::FindInMap": ["Days", "prod", "keep"]}, Mappings=mappings) == "90"


def test_find_in_map_finds_keys_that_yaml_reads_as_numbers(value):
    mappings = {"Days": {123456789012: {"keep": [1, 2]}}}
    assert value({"Fn::FindInMap": ["Days", {"Ref": "AWS::AccountId"}, "keep"]}, Mappings=mappings) == [
        "1",
        "2",
    ]


def test_find_in_map_takes_its_default_with_language_extensions(value):
    node = {"Fn::FindInMap": ["Days", "x", "keep", {"DefaultValue": "7"}]}
    assert value(node, Mappings={"Days": {"prod": {"keep": 1}}}, **EXTENSIONS) == "7"


def test_find_in_map_without_a_hit_is_a_fault(value):
    with pytest.raises(TemplateError, match="Unable to get mapping for Days::x::keep"):
        value({"Fn::FindInMap": ["Days", "x", "keep"]}, Mappings={"Days": {"prod": {"keep": 1}}})


CONDITIONS = {
    "Prod": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]},
    "Neither": {"Fn::Not": [{"Fn::Or": [{"Condition": "Prod"}, {"Fn::Equals": [True, "true"]}]}]},
    "Both": {"Fn::And": [{"Condition": "Prod"}, {"Fn::Not": [{"Condition": "Neither"}]}]},
}


@pytest.mark.parametrize("condition, arrives", [("Prod", "yes"), ("Neither", "no"), ("Both", "yes")])
def test_if_takes_the_branch_of_its_condition(value, condition, arrives):
    assert value({"Fn::If": [condition, "yes", "no"]}, Conditions=CONDITIONS) == arrives


def test_conditions_that_depend_on_each_other_are_a_fault(value):
    with pytest.raises(TemplateError, match="the condition A depends on itself"):
        value(
            {"Fn::If": ["A", 1, 2]},
            Conditions={"A": {"Fn::Not": [{"Condition": "B"}]}, "B": {"Fn::Not": [{"Condition": "A"}]}},
        )


def test_a_condition_that_is_not_declared_is_a_fault(value):
    with pytest.raises(TemplateError, match="unresolved condition dependency Gone"):
        value({"Fn::If": ["Gone", 1, 2]})


@pytest.mark.parametrize("node, sentence", [
    ({"Ref": "Gone"}, "Unresolved resource dependencies \\[Gone\\] in the Resources block"),
    ({"Fn::GetAtt": ["Gone", "Arn"]}, "Unresolved resource dependencies \\[Gone\\]"),
    ({"Fn::Sub": "${Gone.Arn}"}, "Unresolved resource dependencies \\[Gone\\]"),
    ({"Fn::Select": [2, ["a", "b"]]}, "Fn::Select cannot select nonexistent value at index 2"),
    ({"Fn::ImportValue": "nobody-exports-this"}, "No export named nobody-exports-this found."),
    ({"Fn::Join": ["a"]}, "Fn::Join takes a delimiter and a list"),
    ({"Fn::Nonsense": 1}, "Fn::Nonsense is not a function"),
    ({"Fn::Sub": "a", "b": 1}, "Fn::Sub must stand alone"),
    ({"a": None}, "'null' values are not allowed in templates"),
])  # fmt: skip
def test_a_misused_function_is_a_fault_before_anything_happens(value, provider, node, sentence):
    with pytest.raises(TemplateError, match=sentence):
        value(node)
    assert provider.events == []


@pytest.mark.parametrize("node, sentence", [
    ({"Fn::Select": [{"Ref": "Pin"}, ["a", "b"]]}, "nonexistent value at index \\*{4}"),
    ({"Fn::FindInMap": ["Days", {"Fn::Sub": "x-${Pin}"}, "keep"]}, "mapping for Days::\\*{4}::keep"),
    ({"Fn::ImportValue": {"Ref": "Pin"}}, "No export named \\*{4} found"),
    ({"Fn::Cidr": [{"Ref": "Pin"}, 1, 8]}, "Fn::Cidr: \\*{4}"),
    ({"Ref": {"Ref": "Pin"}}, "Unresolved resource dependencies \\[\\*{4}]"),
    ({"Fn::ImportValue": {"Fn::Select": [0, {"Ref": "Pins"}]}}, "No export named \\*{4} found"),
])  # fmt: skip
def test_a_fault_does_not_show_the_value_of_a_no_echo_parameter(value, node, sentence):
    parameters = {
        "Pin": {"Type": "String", "NoEcho": True, "Default": "pin\\4711"},
        "Pins": {"Type": "CommaDelimitedList", "NoEcho": True, "Default": "pin-4711,b"},
    }
    with pytest.raises(TemplateError, match=sentence) as caught:
        value(node, Parameters=parameters, Mappings={"Days": {"prod": {"keep": 1}}})
    assert "4711" not in str(caught.value)


def test_faults_name_file_line_and_column(cloud, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(
        "Resources:\n  Repo:\n    Type: Custom::EcrRepo\n    Properties:\n      RepositoryName: !Ref Gone\n"
    )
    with pytest.raises(TemplateError) as caught:
        cloud.create("web", path)
    assert str(caught.value) == (
        f"{path}:5:23: Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template"
    )


def test_parameters_are_put_in_as_strings_and_lists(cloud, provider):
    cloud.create("web", template(
        {"Repo": repository(A={"Ref": "Days"}, B={"Ref": "Names"}, C={"Fn::Sub": "${Days}d"})},
        Parameters={"Days": {"Type": "Number", "Default": 14}, "Names": {"Type": "CommaDelimitedList"}},
    ), {"Names": "a, b"})  # fmt: skip
    arrived = provider.events[0]["ResourceProperties"]
    assert (arrived["A"], arrived["B"], arrived["C"]) == ("14", ["a", "b"], "14d")


@pytest.mark.parametrize("declaration, given, refusal", [
    ({}, {}, "Parameters: \\[P\\] must have values"),
    ({"Default": "x"}, {"Q": "y"}, "Parameters: \\[Q\\] do not exist in the template"),
    ({"AllowedValues": ["a", True]}, {"P": "b"}, "Parameter P must be one of AllowedValues: \\[a, true\\]"),
    ({"AllowedPattern": "[a-z]+"}, {"P": "B"}, "Parameter P must match pattern \\[a-z\\]\\+"),
    ({"AllowedPattern": "[a-z]+", "ConstraintDescription": "small"}, {"P": "B"}, "Parameter P failed to satisfy constraint: small"),
    ({"MinLength": 2}, {"P": "x"}, "must contain at least 2 characters"),
    ({"MaxLength": "2"}, {"P": "xxx"}, "must contain at most 2 characters"),
    ({"Type": "Number"}, {"P": "x"}, "Parameter P must be a number"),
    ({"Type": "Number", "MinValue": 5}, {"P": "4"}, "not less than 5"),
    ({"Type": "Number", "MaxValue": 5}, {"P": "6"}, "not greater than 5"),
])  # fmt: skip
def test_a_parameter_that_breaks_its_rules_refuses_the_stack(cloud, declaration, given, refusal):
    with pytest.raises(ValidationError, match=refusal):
        cloud.create(
            "web",
            template({"Repo": repository()}, Parameters={"P": {"Type": "String", **declaration}}),
            given,
        )
    assert cloud.stacks == {}
