"""Why S3 refuses a text as a bucket's policy: the message of its MalformedPolicy.

S3 user guide, "Bucket policies"; the messages are those that people quote. Roles and users that are named must exist
in AWS; here their names need only be such.
"""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from bot.embedded.aws import policy_grammar as grammar
from bot.embedded.aws.s3_actions import Kind, kinds

_ARN = "arn:aws:s3:::"


def malformed(text: str, bucket: str = "") -> str:
    """The first thing that is wrong, "" where nothing is; without a bucket any resource will do."""
    try:
        policy = json.loads(text)
    except ValueError:
        policy = None
    if not isinstance(policy, dict):
        return "Policies must be valid JSON and the first byte must be '{'"
    return next((said for said in (*_of_policy(policy), *_of_statements(policy, bucket)) if said), "")


def _of_policy(policy: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"Unknown field {each}" for each in policy if each not in grammar.POLICY_FIELDS)
    if "Statement" not in policy:
        yield "Missing required field Statement"
    elif not policy["Statement"]:
        yield "Could not parse the policy: Statement is empty!"
    if policy.get("Version", "2012-10-17") not in grammar.VERSIONS:
        yield "The policy must contain a valid version string"


def _of_statements(policy: Mapping[str, Any], bucket: str) -> Iterator[str]:
    for one in grammar.listed(policy.get("Statement")):
        if not isinstance(one, Mapping):
            yield "Invalid policy syntax."
            continue
        yield from _lacking(one)
        yield from _people(one)
        yield from _things(one, bucket)
        yield from _conditions(one)


def _lacking(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"Unknown field {each}" for each in one if each not in grammar.STATEMENT_FIELDS)
    if "Effect" not in one:
        yield "Missing required field Effect"
    elif one["Effect"] not in {"Allow", "Deny"}:
        yield f"Invalid effect: {one['Effect']}"
    yield from (
        f"Missing required field {pair[0]}"
        for pair in grammar.NEEDED
        if not any(name in one for name in pair)
    )


def _people(one: Mapping[str, Any]) -> Iterator[str]:
    said = grammar.principals(one.get("Principal", one.get("NotPrincipal")))
    yield from ("Invalid principal in policy" for each in said if not grammar.is_principal(each))


def _things(one: Mapping[str, Any], bucket: str) -> Iterator[str]:
    actions = [str(each) for each in grammar.listed(one.get("Action", one.get("NotAction", [])))]
    resources = [str(each) for each in grammar.listed(one.get("Resource", one.get("NotResource", [])))]
    if not all(each == "*" or each.lower().startswith("s3:") for each in actions):
        yield "Policy has invalid action"
    if not bucket:
        return
    if not all(_is_of(each, bucket) for each in resources):
        yield "Policy has invalid resource"
    if not {"NotAction", "NotResource"} & set(one):
        there = {kind for each in resources for kind in _kinds(each, bucket)}
        # An action that IAM doesn't know applies to whatever there is: S3 takes it.
        if any(kinds(each) and not kinds(each) & there for each in actions if each != "*"):
            yield "Action does not apply to any resource(s) in statement"


def _is_of(resource: str, bucket: str) -> bool:
    name = resource.removeprefix(_ARN).partition("/")[0]
    return resource == "*" or (resource.startswith(_ARN) and fnmatchcase(bucket, name))


def _kinds(resource: str, bucket: str) -> set[Kind]:
    if "/" in resource:
        return {"object"}
    return {"bucket", "object"} if resource.removeprefix(_ARN) != bucket else {"bucket"}


def _conditions(one: Mapping[str, Any]) -> Iterator[str]:
    for operator, key, _ in grammar.conditions(one):
        if not grammar.is_operator(operator):
            yield f"Invalid Condition type : {operator}"
        if not grammar.is_key(key):
            yield "Policy has an invalid condition key"
