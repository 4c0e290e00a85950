"""Template text, YAML or JSON, to a tree whose strings, lists and objects know their line and column.

cfn-lint's decoder does the work: it knows the short-form tags, refuses duplicate keys and keeps positions. Three things
are ours, because a linter does not need them: dates stay the text they were (`Version: 2012-10-17`), a number becomes
what CloudFormation's own parser makes of it, and aliases are refused as CloudFormation refuses them (the AWS CLI's
`package` and SAM write them out before they send a template; nothing does that here).
"""

from __future__ import annotations

import json
import re
from typing import Any

from cfnlint.decode import cfn_yaml
from yaml import AliasToken, YAMLError, scan

from .errors import TemplateError

# YAML 1.1 reads 0777 as octal 511. With an 8 or a 9 in it there is no octal number to read, and CloudFormation then
# falls back to a floating-point one: an account ID such as 012345678901 arrives as 1.2345678901E10.
_ZERO_LED = re.compile(r"0[0-9]*[89][0-9]*$")
# Java's YAML parser takes these for numbers; YAML 1.1 by the book wants a point and a sign, as in 1.0e+3.
_EXPONENT = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)[eE][-+]?[0-9]+$")


class _Unsupported(Exception):
    def __init__(self, sentence: str, mark: Any) -> None:
        self.sentence, self.mark = sentence, mark


class _Loader(cfn_yaml.CfnFullLoader):
    def flatten_mapping(self, node: Any) -> None:
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise _Unsupported("CloudFormation does not support YAML's merge key, <<.", key.start_mark)


def _refuse_aliases(text: str) -> None:
    """By the tokens: the parser puts what they stand for in their place."""
    for token in scan(text, Loader=cfn_yaml.FastLoader):
        if isinstance(token, AliasToken):
            raise _Unsupported(
                "Template error: YAML aliases are not allowed in CloudFormation templates.", token.start_mark
            )


def _string(loader: Any, node: Any) -> Any:
    if not node.style and (_ZERO_LED.match(node.value) or _EXPONENT.match(node.value)):
        return float(node.value)
    return loader.construct_yaml_str(node)


_Loader.add_constructor("tag:yaml.org,2002:str", _string)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", cfn_yaml.NodeConstructor.construct_yaml_str)
_Loader.add_multi_constructor("!", cfn_yaml.multi_constructor)


def read(text: str, file: str = "") -> Any:
    """The tree of a template's text; `file` is the name that errors carry."""
    try:
        if text.lstrip().startswith("{"):
            json.loads(text)
            # JSON is YAML but for tabs between its tokens, and cfn-lint's YAML decoder knows positions better than its
            # JSON decoder, which counts lines from 0 and places no values. A JSON string holds no raw tab.
            text = text.replace("\t", " ")
        if "*" in text:
            _refuse_aliases(text)
        tree = _Loader(text, file).get_single_data()
    except json.JSONDecodeError as error:
        raise TemplateError(f"This is not valid JSON: {error.msg}.", file=file).at(
            error.lineno, error.colno
        ) from None
    except cfn_yaml.CfnParseError as error:
        match = error.matches[-1]
        raise TemplateError(_duplicate(match.message), file=file).at(
            match.linenumber, match.columnnumber
        ) from None
    except _Unsupported as found:
        raise TemplateError(found.sentence, file=file).at(
            found.mark.line + 1, found.mark.column + 1
        ) from None
    except YAMLError as error:
        raise _yaml(error, file) from None
    if not isinstance(tree, dict):
        raise TemplateError(
            "A template is an object with a Resources section; this file holds something else.", file=file
        )
    return tree


def _yaml(error: Exception, file: str) -> TemplateError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())
    fault = TemplateError(f"This is not valid YAML: {problem}.", file=file)
    return fault.at(mark.line + 1, mark.column + 1) if mark is not None else fault


def _duplicate(message: str) -> str:
    found = re.match(r"Duplicate found '(.*)' \(line \d+\)", message)
    if found:
        return f"The key {found.group(1)} stands here more than once; CloudFormation would silently use the last one."
    return message if message.endswith(".") else message + "."
