"""What `make local` prints on a terminal."""

import io

import pytest

from local.emulator import Call
from local.printer import Printer


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("error, style", [
    ("RepositoryAlreadyExistsException", "2"),
    ("RepositoryNotFoundException", "2"),
    ("LifecyclePolicyNotFoundException", "2"),
    ("AccessDeniedException", "31"),
    ("ThrottlingException", "31"),
])
def test_an_error_that_the_function_asks_for_is_dimmed_and_others_are_red(monkeypatch, error, style):
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Terminal()
    Printer(screen, width=80).calls([Call("DescribeRepositories", {}, error, 400)])
    assert f"\033[{style}m  {error}\033[0m" in screen.getvalue()
