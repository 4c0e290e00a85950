"""The console's Events tab as text: logical ID, status, reason, in the order in which they came."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from .state import Row

_ROOM_FOR_REASONS = 40
_WIDEST_ID = 30
_WIDEST_STATUS = len("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")


def lines(rows: Sequence[Row], width: int) -> Iterator[tuple[Row, tuple[str, str, str]]]:
    """Each row with its lines, one after the other: (row, (logical ID, status, reason)), padded to columns that fit
    `width` together.

    A reason stands beside its status where there is room, else under it.
    """
    if not rows:
        return
    longest = max(len(row.logical_id) for row in rows)
    widest = longest if longest + _WIDEST_STATUS + _ROOM_FOR_REASONS <= width else _WIDEST_ID
    ids = min(longest, widest, max(8, width - _WIDEST_STATUS - 2)) + 2
    statuses = max(len(row.status) for row in rows) + 2
    room = width - ids - statuses
    for row in rows:
        shown = _cut(row.logical_id, ids - 2).ljust(ids)
        if room >= min(_ROOM_FOR_REASONS, len(row.reason)):
            first, *rest = _wrapped(row.reason, room)
            yield row, (shown, row.status.ljust(statuses), first)
            for line in rest:
                yield row, (" " * ids, " " * statuses, line)
            continue
        yield row, (shown, row.status, "")
        for line in _wrapped(row.reason, width - ids - 2) if row.reason else ():
            yield row, (" " * ids, "  ", line)


def good(status: str) -> bool | None:
    """True where all is well, False where something failed or goes back, None where it is not yet known."""
    if "FAILED" in status or "ROLLBACK" in status:
        return False
    return True if status.endswith(("_COMPLETE", "_SKIPPED")) else None


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(20, width), break_on_hyphens=False) or [""]
