"""A lifecycle policy document as plain sentences, one a rule."""

from __future__ import annotations

from typing import Any

# More images than a repository can hold, or a hundred years: a rule with such a limit never takes
# an image. It stands there to keep its images out of the reach of the rules after it.
NEVER_REACHED = {"imageCountMoreThan": 999_999, "sinceImageTransitioned": 36_500}


def sentences(policy: Any) -> list[str]:
    """In the order in which ECR applies the rules: "untagged images: expire 14 days after push"."""
    if not isinstance(policy, dict):
        return []
    rules = [rule for rule in policy.get("rules") or [] if isinstance(rule, dict)]
    rules.sort(key=lambda rule: rule.get("rulePriority", 0))
    lines, classes_before = [], set()
    for rule in rules:
        selection = rule.get("selection") or {}
        storage_class = selection.get("storageClass", "standard")
        after_others = storage_class in classes_before
        images = _images(selection, storage_class == "archive", after_others)
        lines.append(f"{images}: {_fate(selection, rule.get('action') or {}, after_others)}")
        classes_before.add(storage_class)
    return lines


def _images(selection: dict[str, Any], in_archive: bool, after_others: bool) -> str:
    archived = "archived " if in_archive else ""
    match selection.get("tagStatus"):
        case "untagged":
            return f"{archived}untagged images"
        case "tagged":
            prefixes = [f"{prefix}*" for prefix in selection.get("tagPrefixList") or []]
            tags = " and ".join(selection.get("tagPatternList") or prefixes)
            return f"{archived}images tagged {tags}"
        case _:
            return f"all {'other ' if after_others else ''}{archived}images"


def _fate(selection: dict[str, Any], action: dict[str, Any], after_others: bool) -> str:
    deed = {"expire": "expire", "transition": "archive"}.get(action.get("type", ""), "?")
    count_type, number = selection.get("countType", ""), selection.get("countNumber", 0)
    days = "1 day" if number == 1 else f"{number} days"
    if count_type in NEVER_REACHED and number >= NEVER_REACHED[count_type]:
        return "keep"
    match count_type:
        case "imageCountMoreThan":
            newest = "the newest" if number == 1 else f"the newest {number}"
            if after_others and selection.get("tagStatus") == "any":
                # ECR counts all images, those of earlier rules included.
                return f"{deed}, unless among {newest} of all images"
            return f"keep {newest}, {deed} the others"
        case "sinceImagePushed":
            return f"{deed} {days} after push"
        case "sinceImagePulled":
            return f"{deed} {days} after the last pull"
        case "sinceImageTransitioned":
            return f"{deed} {days} after archiving"
        case _:
            return f"{deed} by {count_type} {number}"
