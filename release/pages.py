"""The pages of a release. Most of what they link to is not beside them there, but where the release is published."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from local import find

from . import template, version


def write(folder: Path, page: Path) -> None:
    text = page.read_text()
    if home := template.home_page():
        text = _complete(text, page.parent, home)
    (folder / page.name).write_text(text)


def _complete(text: str, folder: Path, home: str) -> str:
    """Links and names that are complete wherever the page is read. Without a home page they stay as they are."""
    here = os.path.relpath(folder, find.ROOT)
    (number,) = set(version.stated().values())

    def absolute(link: re.Match[str]) -> str:
        path = os.path.normpath(os.path.join(here, link[1]))
        return f"]({home}/blob/v{number}/{path}"

    text = re.sub(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", absolute, text)
    return text.replace("OWNER/NAME", urlsplit(home).path.strip("/"))
