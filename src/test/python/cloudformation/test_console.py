"""Printing a stack's events."""

import pytest

from local.cloudformation.console import good, lines
from local.cloudformation.state import Row

LONG = "The following resource(s) failed to update: [Alarm]. And more words than one line of a narrow terminal takes."


def printed(rows, width):
    return ["".join(parts).rstrip() for _, parts in lines(rows, width)]


def test_nothing_prints_nothing():
    assert printed([], 80) == []


def test_columns_are_as_wide_as_their_widest_entry():
    rows = [
        Row("web", "T", "CREATE_IN_PROGRESS", "User Initiated"),
        Row("Repository", "T", "CREATE_COMPLETE"),
    ]
    assert printed(rows, 80) == [
        "web         CREATE_IN_PROGRESS  User Initiated",
        "Repository  CREATE_COMPLETE",
    ]


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_every_line_fits_and_no_word_is_lost(width):
    rows = [
        Row("web", "T", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
        Row("AVeryLongLogicalIdThatSomebodyGaveToTheirRepository", "T", "UPDATE_FAILED", LONG),
    ]
    out = printed(rows, width)
    assert max(map(len, out)) <= width
    assert " ".join(" ".join(out).split()).count("narrow") == 1
    for word in LONG.split():
        assert word in " ".join(out)


@pytest.mark.parametrize(
    "status, verdict",
    [
        ("CREATE_COMPLETE", True),
        ("DELETE_SKIPPED", True),
        ("UPDATE_IN_PROGRESS", None),
        ("CREATE_FAILED", False),
        ("UPDATE_ROLLBACK_COMPLETE", False),
        ("ROLLBACK_IN_PROGRESS", False),
    ],
)
def test_a_status_is_good_bad_or_open(status, verdict):
    assert good(status) is verdict
