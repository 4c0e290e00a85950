"""Reading templates: what is wrong is said in one sentence, with file, line and column."""

import pytest

from local.cloudformation import Template, TemplateError


def fault(text, name="my.yaml"):
    with pytest.raises(TemplateError) as caught:
        Template.parse(text, name)
    return str(caught.value)


def test_short_form_tags_become_functions():
    tree = Template.parse(
        "Resources:\n  A: {Type: T, Properties: {v: !Sub 'a${B}', w: !GetAtt A.B.C, x: !Ref Y}}\n"
    ).tree
    assert tree["Resources"]["A"]["Properties"] == {
        "v": {"Fn::Sub": "a${B}"}, "w": {"Fn::GetAtt": ["A", "B.C"]}, "x": {"Ref": "Y"}}  # fmt: skip


def test_json_is_read_like_yaml_tabs_and_all():
    assert Template.parse('{\n\t"Resources": {"A": {"Type": "T", "Properties": {"n": 1.50}}}}').tree == {
        "Resources": {"A": {"Type": "T", "Properties": {"n": 1.5}}}}  # fmt: skip


def test_invalid_yaml_is_placed():
    assert fault("Resources:\n  A:\n    Type: [\n").startswith("my.yaml:4:1: This is not valid YAML: ")


def test_a_tab_in_yaml_is_placed():
    assert fault("Resources:\n\tA: b\n").startswith("my.yaml:2:1: This is not valid YAML: ")


def test_invalid_json_is_placed():
    assert fault('{\n  "Resources": {,}\n}', "my.json").startswith("my.json:2:17: This is not valid JSON: ")


def test_a_key_twice_is_refused_where_it_stands_again():
    sentence = "The key A stands here more than once; CloudFormation would silently use the last one."
    assert fault("Resources:\n  A: {Type: T}\n  A: {Type: U}\n") == f"my.yaml:3:3: {sentence}"
    assert fault('{"Resources": {\n "A": {"Type": "T"},\n "A": {"Type": "U"}}}') == f"my.yaml:3:2: {sentence}"


def test_what_is_no_object_is_no_template():
    assert "A template is an object" in fault("- a\n")
    assert "A template is an object" in fault("")


def test_an_unknown_section_is_named():
    assert fault("Resource:\n  A: {Type: T}\n") == "my.yaml:1:1: 'Resource' is not a section of a template."


def test_a_template_without_resources_is_refused():
    assert "needs a Resources section" in fault("Description: x\n")


def test_a_transform_that_runs_inside_aws_is_named():
    assert "The transform AWS::Serverless-2016-10-31 runs inside AWS" in fault(
        "Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: T}}\n"
    )


def test_a_file_that_is_not_there_is_one_sentence():
    with pytest.raises(
        TemplateError, match=r"^The template /nowhere/x.yaml cannot be read: No such file or directory\.$"
    ):
        Template.read("/nowhere/x.yaml")


def test_a_changed_copy_leaves_the_original_alone():
    first = Template.parse("Resources:\n  A: {Type: T, Properties: {n: 1, m: 2}}\n")
    second = first.changed(
        {"Resources/A/Properties/n": 5, "Resources/A/Properties/m": None, "Resources/B": {"Type": "U"}}
    )
    assert second.tree["Resources"] == {"A": {"Type": "T", "Properties": {"n": 5}}, "B": {"Type": "U"}}
    assert first.tree["Resources"] == {"A": {"Type": "T", "Properties": {"n": 1, "m": 2}}}


def test_aliases_and_merge_keys_are_refused_as_cloudformation_refuses_them():
    said = fault("Resources:\n  A: &a {Type: T}\n  B: *a\n")
    assert said == "my.yaml:3:6: Template error: YAML aliases are not allowed in CloudFormation templates."
    said = fault("Resources:\n  A:\n    <<: {Type: T}\n")
    assert said == "my.yaml:3:5: CloudFormation does not support YAML's merge key, <<."
    assert Template.parse("Resources:\n  A: &a {Type: T}\n").tree["Resources"] == {"A": {"Type": "T"}}
