"""The ServiceToken: which function a custom resource means, and whether CloudFormation could invoke it.

Where a template takes the token as a parameter, or reads it from the Parameter Store by one, nobody has to give it here: it
is the function under test. Everything else is as CloudFormation does it. The wording is ours; AWS documents the rules and not what is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from . import parameters
from .errors import ResourceError
from .intrinsics import Resolver
from .scalars import text
from .template import Template

PROVIDED_TYPE = "Custom::EcrRepo"
_STORED_TOKEN = "/custom-ecrrepo/ServiceToken"


def fill_in(
    template: Template, given: dict[str, Any], stored: dict[str, str], function_arn: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """The parameters, and what the Parameter Store holds, with the token where nobody gave one."""
    declared, given, stored = template.section("Parameters"), dict(given), dict(stored)
    for name in _token_parameters(template):
        declaration = template.shape(declared[name], dict)
        is_stored = parameters.is_stored(declaration)
        if name not in given and "Default" not in declaration:
            given[name] = _STORED_TOKEN if is_stored else function_arn
        if is_stored:
            stored.setdefault(text(given.get(name, declaration.get("Default"))), function_arn)
    return given, stored


def _token_parameters(template: Template) -> Iterator[str]:
    declared = template.section("Parameters")
    for node in _provided(template.section("Resources")):
        token = _token(node)
        name = token.get("Ref") if isinstance(token, dict) else None
        if isinstance(name, str) and name in declared:
            yield str(name)


def check_import(node: Any, resolver: Resolver) -> None:
    """Raises TemplateError where the provider's token imports what nobody exports, even if other exports are invented."""
    token = _token(node)
    if node.get("Type") != PROVIDED_TYPE or not isinstance(token, dict) or "Fn::ImportValue" not in token:
        return
    name = resolver.string(token["Fn::ImportValue"], "The name in Fn::ImportValue", token)
    if name not in resolver.exports:
        raise resolver.template.fault(f"No export named {name} found.", token)


def is_of(function_arn: str, token: Any) -> bool:
    """Whether a token names the function, by itself or through an alias."""
    return isinstance(token, str) and (token == function_arn or token.startswith(function_arn + ":"))


def check(function_arn: str, aliases: dict[str, Collection[str]], account: str, region: str, properties: dict[str, Any]) -> None:
    """Raises ResourceError where CloudFormation could not invoke the function for a stack of this account and Region.

    `aliases` maps each of the function's aliases to the accounts that its policy lets in.
    """
    token = properties.get("ServiceToken")
    if not isinstance(token, str) or not token:
        raise ResourceError("A custom resource needs the property ServiceToken.")
    parts = token.split(":")
    if len(parts) not in (7, 8) or parts[:1] + parts[2:3] + parts[5:6] != ["arn", "lambda", "function"]:
        raise ResourceError(f"Invalid service token: {token} is not the ARN of a function.")
    if parts[3] != region:
        raise ResourceError(f"Invalid service token: {token} is in {parts[3]}; it must be in the stack's Region, {region}.")
    alias = parts[7] if len(parts) == 8 else ""
    own = parts[4] == account
    if not is_of(function_arn, token) or (alias and alias not in aliases):
        if own:
            raise ResourceError(f"Function not found: {token}")
        raise _denied(token)
    if not own and account not in aliases.get(alias, ()):
        raise _denied(token)


def _denied(token: Any) -> ResourceError:
    return ResourceError(
        f"User is not authorized to perform: lambda:InvokeFunction on resource: {token} because no resource-based policy "
        "allows the lambda:InvokeFunction action"
    )


def _token(node: Any) -> Any:
    properties = node.get("Properties")
    return properties.get("ServiceToken") if isinstance(properties, dict) else None


def _provided(node: Any) -> Iterator[Any]:
    """Every resource of the provided type, also inside loops that are not written out yet."""
    if isinstance(node, dict) and node.get("Type") == PROVIDED_TYPE:
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _provided(child)
