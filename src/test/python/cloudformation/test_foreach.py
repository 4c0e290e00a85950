"""Fn::ForEach: loops in resources, outputs and properties."""

import pytest
from fake_provider import repository, template

from local.cloudformation import TemplateError

LOOP = {
    "Fn::ForEach::Repos": [
        "Name",
        ["api", "web-app"],
        {"Repo&{Name}": repository({"Fn::Sub": "team/${Name}"})},
    ]
}


def test_a_loop_makes_a_resource_for_each_member(cloud, provider):
    cloud.create("fleet", template(LOOP, Transform="AWS::LanguageExtensions"))
    assert [(e["LogicalResourceId"], e["ResourceProperties"]["Name"]) for e in provider.events] == [
        ("Repoapi", "team/api"), ("Repowebapp", "team/web-app")]  # fmt: skip


def test_a_loop_goes_over_a_parameter_and_its_outputs_follow(cloud):
    stack = cloud.create("fleet", template(
        {"Fn::ForEach::Repos": ["Name", {"Ref": "Names"}, {"Repo${Name}": repository({"Ref": "Name"})}]},
        Parameters={"Names": {"Type": "CommaDelimitedList", "Default": "a,b"}},
        Transform=["AWS::LanguageExtensions"],
        Outputs={"Fn::ForEach::Uris": ["Name", {"Ref": "Names"}, {"Arn${Name}": {"Value": {"Fn::GetAtt": ["Repo${Name}", "Arn"]}}}]},
    ))  # fmt: skip
    assert stack.outputs == {
        "Arna": "arn:aws:ecr:us-east-1:123456789012:repository/a", "Arnb": "arn:aws:ecr:us-east-1:123456789012:repository/b"}  # fmt: skip


def test_a_member_that_leaves_the_collection_is_deleted_and_the_others_stay(cloud, provider):
    source = template(
        {"Fn::ForEach::Repos": ["Name", {"Ref": "Names"}, {"Repo${Name}": repository({"Ref": "Name"})}]},
        Parameters={"Names": {"Type": "CommaDelimitedList"}}, Transform="AWS::LanguageExtensions",
    )  # fmt: skip
    stack = cloud.create("fleet", source, {"Names": "a,b"})
    provider.events.clear()
    stack.update(parameters={"Names": "b,c"})
    assert provider.told() == ["Create", "Delete a"]
    assert provider.existing == {"b", "c"}


def test_loops_nest_and_properties_may_loop(cloud, provider):
    inner = {
        "Fn::ForEach::Stages": [
            "Stage",
            ["dev", "prod"],
            {"${Stage}${Team}": repository({"Fn::Sub": "${Team}/${Stage}"})},
        ]
    }
    cloud.create(
        "fleet",
        template({"Fn::ForEach::Teams": ["Team", ["x", "y"], inner]}, Transform="AWS::LanguageExtensions"),
    )
    assert sorted(provider.existing) == ["x/dev", "x/prod", "y/dev", "y/prod"]


def test_depends_on_takes_the_loops_variable(cloud, provider):
    loop = {
        "Fn::ForEach::R": [
            "N",
            ["a"],
            {"Repo${N}": repository({"Ref": "N"}, _DependsOn="Base${N}"), "Base${N}": repository("base")},
        ]
    }
    cloud.create("fleet", template(loop, Transform="AWS::LanguageExtensions"))
    assert [e["LogicalResourceId"] for e in provider.events] == ["Basea", "Repoa"]


def test_other_text_with_the_same_spelling_is_left_alone(cloud, provider):
    loop = {"Fn::ForEach::R": ["N", ["a"], {"Repo${N}": repository(Text="${N}")}]}
    cloud.create("fleet", template(loop, Transform="AWS::LanguageExtensions"))
    assert provider.events[0]["ResourceProperties"]["Text"] == "${N}"


def test_a_loop_needs_the_transform(cloud):
    with pytest.raises(TemplateError, match="Fn::ForEach needs `Transform: AWS::LanguageExtensions`"):
        cloud.create("fleet", template(LOOP))


@pytest.mark.parametrize("loop, sentence", [
    (["Name", ["a"]], "takes an identifier, a collection and an object"),
    (["Name", "a", {}], "the collection of Fn::ForEach must be a list"),
    (["Name", ["a", "b"], {"Same": repository()}], "Same is made more than once"),
])  # fmt: skip
def test_a_malformed_loop_is_a_fault(cloud, loop, sentence):
    with pytest.raises(TemplateError, match=sentence):
        cloud.create(
            "fleet",
            template({"Fn::ForEach::R": loop, "X": repository()}, Transform="AWS::LanguageExtensions"),
        )


def test_get_att_may_name_its_resource_by_sub_and_then_depends_on_it(cloud, provider):
    loop = {
        "Fn::ForEach::R": [
            "N",
            ["ab"],
            {
                "User${N}": repository("user", V={"Fn::GetAtt": [{"Fn::Sub": "Repo${N}"}, "Arn"]}),
                "Repo${N}": repository("repo"),
            },
        ]
    }
    cloud.create("fleet", template(loop, Transform="AWS::LanguageExtensions"))
    assert [event["LogicalResourceId"] for event in provider.events] == ["Repoab", "Userab"]
    assert provider.events[1]["ResourceProperties"]["V"].endswith("repository/repo")


def test_an_ampersand_is_put_into_keys_only(cloud, provider):
    loop = {"Fn::ForEach::R": ["N", ["a-b"], {"Repo&{N}": repository({"Fn::Sub": "Repo&{N}"})}]}
    cloud.create("fleet", template(loop, Transform="AWS::LanguageExtensions"))
    assert provider.events[0]["LogicalResourceId"] == "Repoab"
    assert provider.events[0]["ResourceProperties"]["Name"] == "Repo&{N}"
    loop["Fn::ForEach::R"][2]["User"] = repository("user", V={"Fn::GetAtt": [{"Fn::Sub": "Repo&{N}"}, "Arn"]})
    with pytest.raises(TemplateError, match=r"Repo&\{N\}"):
        cloud.create("other", template(loop, Transform="AWS::LanguageExtensions"))
