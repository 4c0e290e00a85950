"""Whether the fast variant can be built here: `python -m fast.machine` says why not."""

from __future__ import annotations

import platform
import sys


def refusal() -> str | None:
    if (platform.system(), platform.machine(), platform.libc_ver()[0]) == ("Linux", "x86_64", "glibc"):
        return None
    return "The fast variant holds this machine's Java: build it on Linux with glibc on x86_64, as Lambda is."


if __name__ == "__main__":
    sys.exit(refusal())
