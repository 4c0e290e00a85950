"""Writes src/properties.ts, the typed properties of the construct, from schema/custom-ecrrepo.json.

    python3 cdk/make_properties.py
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "src" / "properties.ts"
SOURCE = json.loads((HERE.parent / "schema" / "custom-ecrrepo.json").read_text(encoding="utf-8"))
# The construct has its own for these, in CDK's types.
OMITTED = {"ServiceToken", "ServiceTimeout", "Tags"}
# Names that say nothing outside the resource.
NAMES = {"Action": "LifecycleAction", "Profile": "RepositoryProfile"}


def text() -> str:
    read_only = {pointer.rpartition("/")[2] for pointer in SOURCE["readOnlyProperties"]}
    properties = {
        name: each for name, each in SOURCE["properties"].items() if name not in read_only | OMITTED
    }
    parts = ["// Made from schema/custom-ecrrepo.json by make_properties.py."]
    structs = {"EcrRepoProperties": (SOURCE["description"], properties, ())}
    for name, each in SOURCE["definitions"].items():
        if "properties" in each and name != "Tag":
            about = each.get("description", f"{name} of Custom::EcrRepo.")
            structs[name] = (about, each["properties"], each.get("required", ()))
    enums = {}
    for about, members, required in structs.values():
        for name, each in members.items():
            if "enum" in each:
                enums[NAMES.get(name, name)] = (each["description"], each["enum"])
    parts += [enum(name, *each) for name, each in enums.items()]
    parts += [struct(name, *each) for name, each in structs.items()]
    return "\n\n".join(parts) + "\n"


def enum(name: str, about: str, values: list[str]) -> str:
    lines = [comment(about, ""), f"export enum {name} {{"]
    for each in values:
        lines += [f"  /** `{each}` */", f"  {re.sub(r'(?<=[a-z])(?=[A-Z])', '_', each).upper()} = '{each}',"]
    return "\n".join([*lines, "}"])


def struct(name: str, about: str, members: dict, required: list[str]) -> str:
    lines = [comment(about, ""), f"export interface {name} {{"]
    for member, each in members.items():
        optional = "" if member in required else "?"
        default = default_of(each) if optional else None
        lines += [
            comment(each.get("description", member), "  ", default),
            f"  readonly {member[0].lower()}{member[1:]}{optional}: {typed(member, each)};",
        ]
    return "\n".join([*lines, "}"])


def default_of(node: dict) -> str:
    if "default" in node:
        return f"`{json.dumps(node['default'])}`"
    stated = re.match(r"Default: ([^;]+)", node.get("$comment", ""))
    return stated[1] if stated else "none"


def comment(about: str, indent: str, default: str | None = None) -> str:
    lines = [f"{indent}/**", f"{indent} * {about}"]
    if default is not None:
        lines += [f"{indent} *", f"{indent} * @default - {default}"]
    return "\n".join([*lines, f"{indent} */"])


def typed(name: str, node: dict) -> str:
    if "$ref" in node:
        definition = node["$ref"].rpartition("/")[2]
        target = SOURCE["definitions"][definition]
        return definition if "properties" in target else typed(definition, target)
    if "enum" in node:
        return NAMES.get(name, name)
    match node["type"]:
        case "array":
            return f"{typed(name, node['items'])}[]"
        case "integer":
            return "number"
        case ["integer", "string"]:
            return "number | string"
        case ["object", "string"]:
            return "any"
        case simple:
            return simple


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
