"""Whether the files that `make local` is given exist: asked before anything is built. The standard library only."""

from __future__ import annotations

import os
import shlex
from pathlib import Path


def missing() -> str | None:
    """A sentence about the first file that is not there. What else may be wrong with one is for the run itself to say."""
    for variable in ("TEMPLATE", "UPDATE"):
        name = os.environ.get(variable)
        if name and not Path(name).exists():
            return f"The template {name} cannot be read: No such file or directory."
    try:
        events = shlex.split(os.environ.get("EVENT", ""))
    except ValueError:
        return None
    for name in events:
        if not Path(name).exists():
            return f"There is no event file {name} (looked for {Path.cwd() / name})."
    return None
