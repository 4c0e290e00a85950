"""A repository policy in words, as the local run prints it."""

import pytest

from local.words import policy


def statement(**members):
    return policy({"Statement": [{"Effect": "Allow", "Action": "ecr:BatchGetImage", **members}]})


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ({"Principal": {"AWS": ["111111111111", "222222222222"]}}, "111111111111 and 222222222222 may BatchGetImage"),
        ({"Principal": "*"}, "any principal may BatchGetImage"),
        ({"NotPrincipal": {"AWS": "111111111111"}, "Effect": "Deny"}, "any principal except 111111111111 may not BatchGetImage"),
        (
            {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}},
            "any principal of organization o-a1b2c3d4e5 may BatchGetImage",
        ),
        (
            {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-a", "o-b"]}}},
            "any principal of organization o-a or o-b may BatchGetImage",
        ),
        (
            {"Principal": "*", "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}},
            "any principal may BatchGetImage if aws:PrincipalOrgID StringLike o-*",
        ),
        ({"Principal": "*", "Sid": "Tls", "NotAction": "ecr:PutImage", "Action": None}, "Tls: any principal may do anything except ecr:PutImage"),
    ],
)
def test_a_statement_is_a_sentence(members, line):
    assert statement(**members) == [line]
