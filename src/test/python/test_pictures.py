"""Pictures are readable on a dark page: each brings its own opaque background, over which its text is dark."""

import re
from xml.etree import ElementTree

import pytest

from documents import ROOT

PICTURES = sorted((ROOT / "docs").rglob("*.svg"))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_covers_its_whole_area(path):
    svg = ElementTree.parse(path).getroot()
    _, _, width, height = svg.get("viewBox").split()
    background = next(each for each in svg.iter() if each.tag.endswith("}rect"))
    assert (background.get("width"), background.get("height")) in {(width, height), ("100%", "100%")}
    assert re.fullmatch("#fff(fff)?", background.get("fill"))
