"""A simulated CloudFormation, to try and test custom resources without an AWS account. Begin with stack.py."""

from .errors import TemplateError, ValidationError
from .events import Late
from .stack import CloudFormation, Stack
from .template import Template

__all__ = ["CloudFormation", "Late", "Stack", "Template", "TemplateError", "ValidationError"]
