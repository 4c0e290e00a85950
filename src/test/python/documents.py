"""The project's Markdown, as its tests need it: blocks, headings and links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    + [path for folder in ("bench", "cdk", "events", "examples", "local") for path in ROOT.glob(f"{folder}/README.md")]
    + [ROOT / "release" / "INSTALL.md"]
)


@dataclass(frozen=True)
class Block:
    """A fenced or indented block; `info` is what follows the fence, "" for an indented one."""

    document: Path
    line: int
    info: str
    text: str

    def __str__(self):
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def blocks(document):
    """All blocks of a document. An indented one begins after an empty line, or after another of its lines."""
    lines = document.read_text().splitlines()
    number, before = 0, ""
    while number < len(lines):
        line = lines[number]
        start = number
        if line.strip().startswith("```"):
            indent = len(line) - len(line.lstrip())
            body = []
            number += 1
            while lines[number].strip() != "```":
                body.append(lines[number][indent:])
                number += 1
            yield Block(document, start + 1, line.strip()[3:], "\n".join(body) + "\n")
        elif line.startswith("    ") and not before.strip():
            body = []
            while number < len(lines) and (lines[number].startswith("    ") or not lines[number].strip()):
                body.append(lines[number])
                number += 1
            yield Block(document, start + 1, "", "\n".join(text.strip() for text in body).strip() + "\n")
            before = ""
            continue
        before = lines[number]
        number += 1


def without_fences(document):
    return re.sub(r"^ *```.*?^ *```$", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)


def prose(document):
    """The text without its blocks and code spans, in which nothing is a link."""
    return re.sub(r"`[^`\n]*`", "``", without_fences(document))


def spans(document):
    """The code within sentences, also where it goes on in the next line."""
    text = re.sub(r"^    .*$", "", without_fences(document), flags=re.MULTILINE)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)]


def links(document):
    return re.findall(r"\]\(([^)\s]+)\)", prose(document))


def anchors(document):
    """As GitHub makes them from headings, and those that the text states itself."""
    text = document.read_text()
    made = re.findall(r'<a id="([^"]+)">', text)
    for heading in re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        made.append(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return made
