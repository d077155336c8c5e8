"""What a resource's policy may consist of, as IAM has it; each is asked about one part of one statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

VERSIONS = frozenset({"2012-10-17", "2008-10-17"})
POLICY_FIELDS = frozenset({"Version", "Id", "Statement"})
STATEMENT_FIELDS = frozenset(
    {
        *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
        *("Resource", "NotResource", "Condition"),
    }
)
NEEDED = (("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource"))
"""A statement has one of each pair."""

_OPERATOR = re.compile(
    r"(ForAnyValue:|ForAllValues:)?"
    r"(String(Not)?(Equals|Like)|String(Not)?EqualsIgnoreCase|Arn(Not)?(Equals|Like)|(Not)?IpAddress|Bool|BinaryEquals"
    r"|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?))(IfExists)?|Null",
    re.IGNORECASE,
)
_KEY = re.compile(r"(aws|s3|saml|oidc|sts|kms|[a-z0-9.-]+\.[a-z]+):\S+", re.IGNORECASE)
_WHO = re.compile(
    r"\d{12}"
    r"|arn:aws[a-z-]*:iam::\d{12}:(root|(user|role)/[\w+=,.@/-]+)"
    r"|arn:aws[a-z-]*:iam::cloudfront:user/CloudFront Origin Access Identity \w+"
    r"|arn:aws[a-z-]*:sts::\d{12}:(assumed-role|federated-user)/[\w+=,.@/-]+"
)
_KINDS = frozenset({"AWS", "CanonicalUser", "Federated", "Service"})


def listed(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def principals(said: Any) -> Iterator[str]:
    """Each AWS principal that is named; "" stands for what no principal looks like."""
    if said == "*":
        return
    if not isinstance(said, Mapping) or not said or not set(said) <= _KINDS:
        yield ""
        return
    yield from (str(each) for each in listed(said.get("AWS", [])) if each != "*")


def is_principal(named: str) -> bool:
    """Whether somebody could be called so; whether there is such a one is not asked."""
    return _WHO.fullmatch(named) is not None


def conditions(statement: Mapping[str, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """Operator, key and values of each condition."""
    said = statement.get("Condition") or {}
    for operator, keys in said.items() if isinstance(said, Mapping) else ():
        for key, values in keys.items() if isinstance(keys, Mapping) else ():
            yield str(operator), str(key), listed(values)


def is_operator(name: str) -> bool:
    """Whether IAM compares so."""
    return _OPERATOR.fullmatch(name) is not None


def is_key(name: str) -> bool:
    """Whether a condition's key is of any service at all."""
    return _KEY.fullmatch(name) is not None
