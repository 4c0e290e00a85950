"""`cfn-lint-ecrrepo` is cfn-lint with the rules for Custom::EcrRepo; it takes the arguments of cfn-lint."""

import sys
from pathlib import Path

from cfnlint.runner import main as cfn_lint

RULES = Path(__file__).resolve().parent / "rules"


def main() -> None:
    # After the other arguments: --append-rules takes every word that follows it.
    sys.argv = [sys.argv[0], *sys.argv[1:], "--append-rules", str(RULES)]
    sys.exit(cfn_lint())
