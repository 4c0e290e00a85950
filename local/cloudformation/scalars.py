"""How CloudFormation spells a template's scalars once they are strings.

A custom resource never sees a number or a boolean: CloudFormation reads the template with Java's YAML and JSON
parsers and hands every scalar over as text, so the text is what Java would print.
"""

from __future__ import annotations

import math
from typing import Any


def text(value: Any) -> str:
    """The string that stands for a scalar: true -> "true", 14 -> "14", 1.10 -> "1.1", 1e10 -> "1.0E10"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _double(value)
    return str(value)


def strings(value: Any) -> Any:
    """The same value with every scalar spelt as a string; lists and objects keep their shape."""
    if isinstance(value, dict):
        return {text(key): strings(child) for key, child in value.items()}
    if isinstance(value, list):
        return [strings(child) for child in value]
    return text(value)


def _double(number: float) -> str:
    """Java's Double.toString: plain digits from 1e-3 up to 1e7, computerized scientific notation elsewhere."""
    if math.isinf(number) or math.isnan(number):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(number, "NaN")
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        plain = repr(number)
        if "e" not in plain:
            return plain
    mantissa, _, exponent = f"{number!r}".partition("e")
    if not exponent:
        digits = mantissa.lstrip("-").replace(".", "").lstrip("0").rstrip("0") or "0"
        magnitude = math.floor(math.log10(abs(number)))
    else:
        digits = mantissa.lstrip("-").replace(".", "").rstrip("0") or "0"
        magnitude = int(exponent)
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{magnitude}"
