"""How a run ends early: cleaned up, once."""

from __future__ import annotations

import signal

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_signals() -> None:
    """From now on a signal ends the run by SystemExit, so that what cleans up does."""
    for each in _SIGNALS:
        signal.signal(each, _stop)


def _stop(number: int, _: object) -> None:
    """Ends the run once, so that a second signal cannot cut the cleaning-up short."""
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)
