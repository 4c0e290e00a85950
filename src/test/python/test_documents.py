"""What the documents say: links lead somewhere, templates deploy, printed results are real. Commands: test_document_commands.py."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from moto.events.models import EventPattern

from documents import DOCUMENTS, ROOT, anchors, blocks, links
from environments import clean
from stories import failures

from local.cloudformation import Template

BLOCKS = [block for document in DOCUMENTS for block in blocks(document)]
TEMPLATES = [
    block
    for block in BLOCKS
    if block.info.startswith("yaml") and re.search(r"^Resources:", block.text, re.MULTILINE)
]
README_PAIR = [ROOT / "examples" / "coming-from" / f"readme.{when}.yaml" for when in ("before", "after")]
LINTER = Path(sys.executable).parent / "cfn-lint"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    astray = []
    for link in links(document):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        known = target.exists() and (not anchor or target.suffix != ".md" or anchor in anchors(target))
        if not known:
            astray.append(link)
    assert astray == []


def headings(document):
    text = re.sub(r"^ *```.*?^ *```$", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


LONG = [path for path in DOCUMENTS if path.read_text().count("\n") > 100 and len(headings(path)) > 4]


@pytest.mark.parametrize("document", LONG, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_long_page_has_a_table_of_contents(document):
    listed = re.findall(r"^- \[(.+)\]\(#", document.read_text(), re.MULTILINE)
    assert [heading for heading in headings(document) if heading not in listed] == []


def test_the_readmes_templates_are_files_and_among_those_that_are_run():
    minimal, before, after = [block.text for block in TEMPLATES if block.document == ROOT / "README.md"]
    assert minimal in (ROOT / "examples" / "minimal.yaml").read_text()
    assert before in README_PAIR[0].read_text()
    assert after in README_PAIR[1].read_text()


@pytest.mark.parametrize("block", TEMPLATES, ids=str)
def test_a_template_in_a_document_lints(block, tmp_path):
    file = tmp_path / "template.yaml"
    file.write_text(block.text)
    done = subprocess.run(
        [LINTER, "--append-rules", ROOT / "schema" / "cfn-lint", "-t", file], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("changed", "matches"), [({}, True), ({"action-type": "DELETE"}, False), ({"result": "FAILURE"}, False), ({"repository-name": "other"}, False)])
def test_the_recipes_rule_matches_the_pushes_to_its_repository(stage, changed, matches):
    (block,) = [block for block in TEMPLATES if block.document.name == "recipes.md"]
    stack = stage.cloud.create("recipe", Template.parse(block.text), {"TargetArn": "arn:aws:sns:us-east-1:123456789012:pushes"})
    pattern = EventPattern.load(stack.resources["ImagePushed"].properties["EventPattern"])
    detail = {
        "result": "SUCCESS", "repository-name": stack.resources["Repository"].physical_id, "action-type": "PUSH", "image-tag": "v1"}
    event = {"source": "aws.ecr", "detail-type": "ECR Image Action", "account": stack.account, "resources": []}
    assert pattern.matches_event({**event, "detail": detail | changed}) == matches


@pytest.mark.parametrize("block", TEMPLATES, ids=str)
def test_a_template_in_a_document_deploys_and_goes(block, stage):
    template = Template.parse(block.text)
    values = {
        name: "example" for name, parameter in template.section("Parameters").items() if "Default" not in parameter
    }
    stack = stage.cloud.create("document", template, values)
    assert stack.status == "CREATE_COMPLETE", failures(stack)
    stack.delete()
    assert (stack.status, stage.names) == ("DELETE_COMPLETE", []), failures(stack)


def readme_block(info):
    return next(block for block in BLOCKS if block.document == ROOT / "README.md" and block.info == info)


def test_the_readmes_result_is_what_make_local_prints(package, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "local"], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env=clean(ECRREPO_PACKAGE=str(package), PYTHONPATH=str(ROOT), TEMPLATE=str(README_PAIR[1]), COLUMNS="80"),
    )
    created = done.stdout.partition("Delete the stack")[0].splitlines()
    # The two policies are written at the same time, so that their order varies.
    shown = [line for line in readme_block("text readme-template").text.splitlines() if line]
    assert [line for line in shown if line not in created] == []


def test_the_readmes_answer_is_what_the_event_gets(run):
    event = json.loads((ROOT / "events" / "create.json").read_text())
    assert run.invoke(event, name="create").response == json.loads(readme_block("json events/create.json").text)
