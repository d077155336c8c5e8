"""IAM Access Analyzer's ValidatePolicy, as far as bucket policies go: grammar, and what a bucket's policy can't hold.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
Whether a policy is public is not among its checks: CheckNoPublicAccess, which costs money, tells that.
"""

import json
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from bot.embedded.aws import policy_grammar as grammar
from bot.embedded.aws.s3_actions import kinds
from bot.embedded.aws.s3_public import is_private

Json = dict[str, Any]
_OF_BUCKETS = "AWS::S3::Bucket"


def validated(body: bytes) -> bytes:
    """The answer to a request, both as JSON."""
    asked = json.loads(body or b"{}")
    text, kind = str(asked.get("policyDocument", "")), str(asked.get("validatePolicyResourceType", ""))
    return json.dumps({"findings": list(_findings(text, kind))}).encode()


def _findings(text: str, kind: str) -> Iterator[Json]:
    try:
        policy = json.loads(text)
    except ValueError:
        yield _finding("ERROR", "JSON_SYNTAX_ERROR", "Fix the JSON syntax error in the policy.")
        return
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    if not statements:
        yield _finding("ERROR", "MISSING_STATEMENT", "Add a statement to the policy.")
        return
    yield from _version(policy)
    listed = grammar.listed(statements)
    sids = Counter(str(one["Sid"]) for one in listed if isinstance(one, dict) and "Sid" in one)
    for number, each in enumerate(listed):
        one = each if isinstance(each, dict) else {}
        yield from _of_statement(number, one)
        yield from _principals(number, one)
        yield from _conditions(number, one)
        if kind == _OF_BUCKETS:
            yield from _of_bucket(number, one)
        if sids[str(one.get("Sid"))] > 1:
            words = "Duplicate statement IDs are not supported."
            yield _finding("ERROR", "UNIQUE_SIDS_REQUIRED", words, number, "Sid")


def _version(policy: Json) -> Iterator[Json]:
    if "Version" not in policy:
        yield _finding("WARNING", "MISSING_VERSION", "We recommend that you specify the Version element.")
    elif policy["Version"] not in grammar.VERSIONS:
        words = f"The version {policy['Version']} is not valid."
        yield _finding("ERROR", "INVALID_VERSION", words, at=("Version",))


def _of_statement(number: int, one: Json) -> Iterator[Json]:
    for field in one.keys() - grammar.STATEMENT_FIELDS:
        yield _finding(
            "ERROR", "INVALID_POLICY_ELEMENT", f"The policy element {field} is not valid.", number, field
        )
    if "Effect" not in one:
        yield _finding("ERROR", "MISSING_EFFECT", "Add an Effect element to the policy statement.", number)
    elif one["Effect"] not in {"Allow", "Deny"}:
        words = "Update the Effect element to use a valid effect."
        yield _finding("ERROR", "INVALID_EFFECT", words, number, "Effect")
    for names in grammar.NEEDED:
        if not any(name in one for name in names):
            code = f"MISSING_{names[0].upper()}"
            yield _finding("ERROR", code, f"Add a {names[0]} element to the policy statement.", number)


def _principals(number: int, one: Json) -> Iterator[Json]:
    field = "Principal" if "Principal" in one else "NotPrincipal"
    for named in grammar.principals(one[field]) if field in one else ():
        if "*" in named or "?" in named:
            words = f"The wildcard in the principal {named} is not supported."
            yield _finding("ERROR", "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", words, number, field)
        elif not grammar.is_principal(named) and not named.startswith(("AIDA", "AROA")):
            words = "The Principal element contents are not valid. Specify a key-value pair."
            yield _finding("ERROR", "INVALID_PRINCIPAL_FORMAT", words, number, field)
    if "NotPrincipal" in one and one.get("Effect") == "Allow":
        words = "Using Allow with NotPrincipal can be overly permissive. Use Principal instead."
        yield _finding("SECURITY_WARNING", "ALLOW_WITH_NOT_PRINCIPAL", words, number, field)


def _conditions(number: int, one: Json) -> Iterator[Json]:
    for operator, key, values in grammar.conditions(one):
        at = ("Condition", operator)
        if not grammar.is_operator(operator):
            words = f"The condition operator {operator} is not valid."
            yield _finding("ERROR", "INVALID_CONDITION_OPERATOR", words, number, *at)
        elif not grammar.is_key(key):
            words = f"The condition key format {key} is not valid."
            yield _finding("ERROR", "INVALID_CONDITION_KEY_FORMAT", words, number, *at, key)
        elif key.lower() == "aws:sourceip":
            yield from _networks(number, operator, key, values)


def _networks(number: int, operator: str, key: str, values: list[Any]) -> Iterator[Json]:
    at = (number, "Condition", operator, key)
    for value in map(str, values):
        try:
            private = is_private(ip_network(value, strict=False))
        except ValueError:
            words = f"The condition operator {operator} requires an IP range, which {value} is not."
            yield _finding("ERROR", "TYPE_MISMATCH_IP_RANGE", words, *at)
            continue
        if private:
            negated = "not" in operator.lower()
            code = "PRIVATE_NOT_IP_ADDRESS" if negated else "PRIVATE_IP_ADDRESS"
            yield _finding("ERROR", code, "aws:SourceIp works only for public IP address ranges.", *at)


def _of_bucket(number: int, one: Json) -> Iterator[Json]:
    field = "Action" if "Action" in one else "NotAction"
    for action in map(str, grammar.listed(one.get(field, []))):
        service, _, name = action.partition(":")
        if action != "*" and name and service.lower() != "s3":
            words = f"The action {action} is not supported for the resource-based policy attached to {_OF_BUCKETS}."
            yield _finding("ERROR", "UNSUPPORTED_ACTION_IN_POLICY", words, number, field)
        elif action != "*" and not kinds(action):
            yield _finding("ERROR", "INVALID_ACTION", f"The action {action} does not exist.", number, field)
    field = "Resource" if "Resource" in one else "NotResource"
    for resource in map(str, grammar.listed(one.get(field, []))):
        if resource != "*" and not resource.startswith("arn:aws:s3:::"):
            words = (
                f"The resource ARN is not supported for the resource-based policy attached to {_OF_BUCKETS}."
            )
            yield _finding("ERROR", "UNSUPPORTED_RESOURCE_ARN_IN_POLICY", words, number, field)


def _finding(kind: str, code: str, words: str, *path: int | str, at: tuple[str, ...] = ()) -> Json:
    """`path` is within the statements, `at` beside them."""
    steps: list[Json] = [{"value": "Statement"}] if path else [{"value": each} for each in at]
    steps += [{"index": step} if isinstance(step, int) else {"value": step} for step in path]
    span = {"start": {"line": 1, "column": 0, "offset": 0}, "end": {"line": 1, "column": 1, "offset": 1}}
    return {
        "findingType": kind,
        "issueCode": code,
        "findingDetails": words,
        "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
        "locations": [{"path": steps, "span": span}] if steps else [],
    }
