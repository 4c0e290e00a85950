"""Where the ServiceToken of the resource under test comes from outside, it is the function under test.

A template imports it from the provider's stack, or takes it as a parameter. Neither is there when somebody tries their
template here, and what else could it be?
"""

from __future__ import annotations

PROVIDED_TYPE = "Custom::EcrRepo"


def parameters(template, given, function_arn):
    """Values for the parameters that nobody gave one."""
    declared, found = template.section("Parameters"), {}
    for node in _provided(template.section("Resources")):
        token = _token(node)
        name = token.get("Ref") if isinstance(token, dict) else None
        if not isinstance(name, str) or name in given or name not in declared:
            continue
        if "Default" not in template.shape(declared[name], dict):
            found[str(name)] = function_arn
    return found


def known(node, resolver, function_arn):
    """The resource with its token put in, where it imports an export that nobody makes."""
    token = _token(node)
    if node["Type"] != PROVIDED_TYPE or not isinstance(token, dict) or "Fn::ImportValue" not in token:
        return node
    if resolver.string(token["Fn::ImportValue"], "The name in Fn::ImportValue", token) in resolver.exports:
        return node
    return {**node, "Properties": {**node["Properties"], "ServiceToken": function_arn}}


def _token(node):
    properties = node.get("Properties")
    return properties.get("ServiceToken") if isinstance(properties, dict) else None


def _provided(node):
    """Every resource of the provided type, also inside loops that are not written out yet."""
    if isinstance(node, dict) and node.get("Type") == PROVIDED_TYPE:
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _provided(child)
