"""IAM Access Analyzer's ValidatePolicy, as far as bucket policies go: whether the grammar of policies is kept.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def validated(body: bytes) -> bytes:
    """The answer to a request, both as JSON."""
    text = json.loads(body or b"{}").get("policyDocument", "")
    return json.dumps({"findings": list(_findings(str(text)))}).encode()


def _findings(text: str) -> Iterator[Json]:
    try:
        policy = json.loads(text)
    except ValueError:
        yield _finding("ERROR", "JSON_SYNTAX_ERROR", "Fix the JSON syntax error in the policy.")
        return
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    if not statements:
        yield _finding("ERROR", "MISSING_STATEMENT", "Add a statement to the policy.")
        return
    if "Version" not in policy:
        yield _finding("WARNING", "MISSING_VERSION", "We recommend that you specify the Version element.")
    listed = statements if isinstance(statements, list) else [statements]
    sids = Counter(str(one["Sid"]) for one in listed if isinstance(one, dict) and "Sid" in one)
    for number, one in enumerate(listed):
        yield from _of_statement(number, one if isinstance(one, dict) else {})
        if sids[str(one.get("Sid"))] > 1:
            yield _finding(
                "ERROR", "UNIQUE_SIDS_REQUIRED", "Duplicate statement IDs are not supported.", number, "Sid"
            )


def _of_statement(number: int, one: Json) -> Iterator[Json]:
    if one.get("Effect") not in {"Allow", "Deny"}:
        yield _finding(
            "ERROR", "INVALID_EFFECT", "Update the Effect element to use a valid effect.", number, "Effect"
        )
    for names in (("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource")):
        if not any(name in one for name in names):
            code = f"MISSING_{names[0].upper()}"
            yield _finding("ERROR", code, f"Add a {names[0]} element to the policy statement.", number)
    actions = one.get("Action", one.get("NotAction", []))
    for action in actions if isinstance(actions, list) else [actions]:
        if action != "*" and ":" not in str(action):
            words = f"The action {action} does not exist."
            yield _finding("ERROR", "INVALID_ACTION", words, number, "Action")


def _finding(kind: str, code: str, words: str, *path: int | str) -> Json:
    steps: list[Json] = [{"value": "Statement"}] if path else []
    steps += [{"index": step} if isinstance(step, int) else {"value": step} for step in path]
    span = {"start": {"line": 1, "column": 0, "offset": 0}, "end": {"line": 1, "column": 1, "offset": 1}}
    return {
        "findingType": kind,
        "issueCode": code,
        "findingDetails": words,
        "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
        "locations": [{"path": steps, "span": span}] if steps else [],
    }
