"""What CloudFormation makes of a template's scalars."""

import pytest

from local.cloudformation.reading import read
from local.cloudformation.scalars import strings, text


def delivered(scalar):
    tree = read(f"Resources:\n  A: {{Type: T, Properties: {{V: {scalar}}}}}\n")
    return text(tree["Resources"]["A"]["Properties"]["V"])


@pytest.mark.parametrize("written, arrives", [
    ("true", "true"), ("yes", "true"), ("Off", "false"), ("14", "14"), ("-3", "-3"), ("1.10", "1.1"), ("2.0", "2.0"),
    ("1.0e+10", "1.0E10"), ("1e3", "1000.0"), ("1.0e10", "1.0E10"), ("1e-7", "1.0E-7"), ("'1e3'", "1e3"), ("1e3x", "1e3x"),
    ("12345678.5", "1.23456785E7"), ("0.0001", "1.0E-4"), ('"14"', "14"), ("'012'", "012"),
    ("2012-10-17", "2012-10-17"), ("text", "text"), ("22:30", "1350"),
])  # fmt: skip
def test_a_scalar_arrives_as_java_prints_what_yaml_1_1_reads(written, arrives):
    assert delivered(written) == arrives


@pytest.mark.parametrize("written, arrives", [
    ("123456789012", "123456789012"), ("012345670123", "1402433619"), ("012345678901", "1.2345678901E10"),
    ('"012345678901"', "012345678901"),
])  # fmt: skip
def test_an_unquoted_account_id_is_safe_only_without_a_leading_zero(written, arrives):
    assert delivered(written) == arrives


def test_lists_and_objects_keep_their_shape_and_get_strings_inside():
    given = {"a": [True, 1, {"b": 1.5}], 7: []}
    assert strings(given) == {"a": ["true", "1", {"b": "1.5"}], "7": []}


def test_a_number_in_json_arrives_in_the_same_spelling():
    tree = read('{"Resources": {"A": {"Type": "T", "Properties": {"V": 1e3, "W": "1e3"}}}}')
    assert strings(tree["Resources"]["A"]["Properties"]) == {"V": "1000.0", "W": "1e3"}
