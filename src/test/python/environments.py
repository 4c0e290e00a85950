"""The environment of somebody who types a command of this project: the machine's, without what a make or a test above us says."""

import os

_OURS = ("EVENT", "TEMPLATE", "UPDATE", "PARAMETERS", "SSM", "FORMAT", "VERBOSE", "STRICT", "COLUMNS", "PLAN", "DRIFT", "IMAGES")


def clean(**more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS", "ECRREPO_")) and name not in _OURS
    }
    return kept | more
