"""A policy's conditions in words: `aws:SourceIp in 10.0.0.0/8`, keys by AWS's names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from collections.abc import Iterable
from typing import Final

from bot.core.spoken import folded

_LONGEST: Final = 80
_OPERATORS: Final = {
    "StringEquals": "is",
    "StringNotEquals": "is not",
    "StringEqualsIgnoreCase": "is, in any case,",
    "StringNotEqualsIgnoreCase": "is not, in any case,",
    "StringLike": "like",
    "StringNotLike": "not like",
    "NumericEquals": "is",
    "NumericNotEquals": "is not",
    "NumericLessThan": "below",
    "NumericLessThanEquals": "at most",
    "NumericGreaterThan": "above",
    "NumericGreaterThanEquals": "at least",
    "DateEquals": "is",
    "DateNotEquals": "is not",
    "DateLessThan": "before",
    "DateLessThanEquals": "not after",
    "DateGreaterThan": "after",
    "DateGreaterThanEquals": "not before",
    "Bool": "is",
    "BinaryEquals": "is",
    "IpAddress": "in",
    "NotIpAddress": "not in",
    "ArnEquals": "is",
    "ArnNotEquals": "is not",
    "ArnLike": "like",
    "ArnNotLike": "not like",
}
_OF: Final = {
    "ForAnyValue": "a value of {}",
    "ForAllValues": "every value of {}, if any,",  # met, too, where there is none
}
_NULL: Final = {("true",): "is not given", ("false",): "is given"}


def condition(operator: str, key: str, wanted: Iterable[object]) -> str:
    """`a value of aws:TagKeys is team`, `aws:ViaAWSService is false or not given`; an unknown operator as it is."""
    values = tuple(str(one) for one in wanted)
    quantifier, _, single = operator.rpartition(":")
    bare = single.removesuffix("IfExists")
    if operator == "Null" and values in _NULL:
        return f"{key} {_NULL[values]}"
    if bare not in _OPERATORS or (quantifier and quantifier not in _OF):
        return f"{key} {operator} {_listed(values)}"
    absent = " or not given" if bare != single and quantifier != "ForAllValues" else ""
    return f"{_OF.get(quantifier, '{}').format(key)} {_OPERATORS[bare]} {_listed(values)}{absent}"


def _listed(values: Iterable[str]) -> str:
    return folded(", ".join(values), _LONGEST)
