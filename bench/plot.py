"""Plots as SVG, by hand: bars in groups, and lines."""

from __future__ import annotations

from html import escape
from pathlib import Path

_COLOURS = {
    "packaged": "#e07b00", "fast": "#b02a2a", "straightforward": "#f2bd78",
    "python": "#3572a5", "python-compiled": "#8fb8dc", "node": "#3c873a",
}
_STYLE = "<style>text{font:13px sans-serif;fill:#222}.s{font-size:11px;fill:#555}</style><rect width='100%' height='100%' fill='#fff'/>"


def bars(path: Path, title: str, groups: dict[str, dict[str, float]], unit: str) -> None:
    most = max(max(group.values()) for group in groups.values())
    y, parts = 40, [f"<text x='16' y='24' font-weight='bold'>{escape(title)}</text>"]
    for name, group in groups.items():
        y += 18
        parts.append(f"<text x='16' y='{y}'>{escape(name)}</text>")
        for who, value in group.items():
            y += 20
            width = 440 * value / most
            parts.append(
                f"<text class='s' x='130' y='{y}' text-anchor='end'>{who}</text>"
                f"<rect x='140' y='{y - 12}' width='{width:.0f}' height='15' fill='{_COLOURS.get(who, '#777')}'/>"
                f"<text class='s' x='{146 + width:.0f}' y='{y}'>{value:.2f} {unit}</text>"
            )
        y += 14
    _write(path, 680, y + 10, parts)


def lines(path: Path, title: str, panels: dict[str, list[tuple[float, float]]], unit: str) -> None:
    """Small panels in a row, each with its own axes from zero."""
    parts = [f"<text x='16' y='24' font-weight='bold'>{escape(title)}</text>"]
    for number, (name, points) in enumerate(panels.items()):
        left, top, width, height = 50 + number * 190, 60, 140, 120
        far, high = max(x for x, _ in points), max(y for _, y in points) * 1.1
        place = " ".join(f"{left + width * x / far:.1f},{top + height * (1 - y / high):.1f}" for x, y in points)
        parts.append(
            f"<path d='M{left},{top}v{height}h{width}' fill='none' stroke='#999'/>"
            f"<polyline points='{place}' fill='none' stroke='#e07b00' stroke-width='2'/>"
            f"<text class='s' x='{left}' y='{top - 8}'>{escape(name)}</text>"
            f"<text class='s' x='{left - 4}' y='{top + 10}' text-anchor='end'>{high:.0f}</text>"
            f"<text class='s' x='{left - 4}' y='{top + height}' text-anchor='end'>0</text>"
            f"<text class='s' x='{left + width}' y='{top + height + 14}' text-anchor='end'>{far:.0f}</text>"
        )
    parts.append(f"<text class='s' x='16' y='210'>{escape(unit)}</text>")
    _write(path, 60 + 190 * len(panels), 222, parts)


def _write(path: Path, width: int, height: int, parts: list[str]) -> None:
    path.write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}'>"
        + _STYLE + "\n".join(parts) + "</svg>\n"
    )
