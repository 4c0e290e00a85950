"""The commands of all pages, in blocks and in sentences; and of each that cannot be run as it stands, why or where it is run."""

import re

from documents import DOCUMENTS, blocks, spans

_TOOLS = (
    "aws|cdk|cfn-lint|cfn-lint-ecrrepo|cosign|crane|curl|docker|gh|git|jq|make|mvn|node|notation|npm|npx|pip|python3?|rm|sam|sha256sum|shasum"
    r"|terraform|\.venv/\S+|\./\S+"
)
# With or without variables before it. A tool's name alone is no command.
COMMAND = re.compile(rf"^(?:[A-Z_]+=\S* )*(?:{_TOOLS}) \S")

# By how a command begins; the longest beginning counts.
NEEDS = {
    "an AWS account": (
        "aws ", "docker ", "IMAGE=", "QUEUE=", "ROLE=", "ALARM=", "STACK_ID=", "make plan", "make drift", "make smoke AWS=1", "STACK=",
        ".venv/bin/python -m report drift",
        "sam deploy --signing-profiles", "sam publish", "crane copy", "notation verify", "cdk bootstrap",
    ),
    "an AWS account; the other commands of this form are run": (
        "sam deploy --parameter-overrides 'Reports",
        "sam deploy --stack-name custom-ecrrepo-next",
    ),
    "Docker": ("sam local invoke", "sam build --use-container"),
    "a published repository": ("gh attestation verify", "gh api", "git pull"),
    "what another tool has made": ("terraform state rm", "terraform apply", "sam deploy --resolve-image-repos", "sam delete"),
    "an app of the reader": ("npx cdk synth",),
    "half an hour": ("make bench", "make fuzz", "make simulate"),
    "the right to change the sources; the build checks the result": ("make format", "make docs"),
}  # fmt: skip
RUN_IN = {
    "local/test": ("make test", "./mvnw test", "make sbom", "make fast", "make release"),
    "src/test/python/test_answering_by_hand.py": ("jq ", "curl --fail-with-body", "rm -f message.json"),
    "src/test/python/test_cdk.py": ("npm ", "pip install ../custom-ecrrepo/cdk/dist", "make -C ../custom-ecrrepo", "python3 cdk/make_properties.py"),
    "src/test/python/test_editor_schema.py": ("python3 schema/editor_schema.py",),
    "src/test/python/test_make_local.py": ("make -C",),
    "src/test/python/test_make_local_reports.py": ("make local PLAN=1", "make local DRIFT=1", "PLAN=1 TEMPLATE="),
    "src/test/python/test_operations.py": ("make replay", "make inventory"),
    "src/test/python/test_release.py": ("sam package", "sam deploy", "pip install", "cfn-lint-ecrrepo"),
    "src/test/python/test_sam_local.py": (".venv/bin/python -m local.sam_local",),
    "src/test/python/test_smoke.py": ("make smoke", ".venv/bin/python -m local.smoke"),
    "src/test/python/test_template.py": ("sam build",),
}  # fmt: skip


def commands():
    """Each command with the page where it stands first."""
    found = {}
    for document in DOCUMENTS:
        for block in blocks(document):
            if block.info.split(" ")[0] in ("", "sh", "console"):
                for line in re.sub(r"\\\n\s*", "", block.text).splitlines():
                    line = re.sub(r"\s+#.*$", "", line)
                    if COMMAND.match(line) or line.startswith(NEEDS["an AWS account"]):
                        found.setdefault(line, document)
            # Steps of a workflow.
            for step in re.findall(r"^ *- run: (.+)$", block.text, re.MULTILINE) if block.info == "yaml" else ():
                found.setdefault(step, document)
        for span in spans(document):
            if COMMAND.match(span):
                found.setdefault(span, document)
    return found


def beginnings():
    return [(begins, why) for listed in (RUN_IN, NEEDS) for why, each in listed.items() for begins in each]


def reason(command):
    """What a command needs that a test has not, or the file that runs it; None if it is run as it stands."""
    fitting = [(len(begins), why) for begins, why in beginnings() if command.startswith(begins)]
    return max(fitting)[1] if fitting else None
