"""IAM Access Analyzer, which reads a policy as IAM would; free of charge.

https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import client
from bot.adapters.aws.ways import Ways
from bot.core.policies.remark import Kind, Remark
from bot.errors import Upstream

ACTION: Final = "access-analyzer:ValidatePolicy"
_KINDS: Final[Mapping[str, Kind]] = {
    "ERROR": "error",
    "SECURITY_WARNING": "security-warning",
    "WARNING": "warning",
    "SUGGESTION": "suggestion",
}
_PAGES = 10


class AccessAnalyzer:
    """Satisfies `bot.ports.PolicyValidation`."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways

    def remarks(self, policy: str, account_id: str, region: str) -> tuple[Remark, ...]:
        """All of them, errors first; raises AccessDenied (access-analyzer:ValidatePolicy), Throttled, Upstream."""
        asked = client("accessanalyzer", region or self._ways.region, self._ways.session(account_id))
        words: dict[str, Any] = {
            "policyDocument": policy,
            "policyType": "RESOURCE_POLICY",
            "validatePolicyResourceType": "AWS::S3::Bucket",
        }
        found: list[Remark] = []
        for _ in range(_PAGES):
            with asking(ACTION, "to validate a policy"):
                answer = asked.validate_policy(**words)
            found += map(_remark, answer.get("findings", ()))
            if not answer.get("nextToken"):
                return tuple(sorted(found, key=lambda one: tuple(_KINDS.values()).index(one.kind)))
            words["nextToken"] = answer["nextToken"]
        raise Upstream("Access Analyzer’s answer does not end.", "Ask again in a moment.")


def _remark(said: Mapping[str, Any]) -> Remark:
    places = said.get("locations") or [{}]
    return Remark(
        _KINDS.get(str(said.get("findingType")), "warning"),
        str(said.get("issueCode", "")),
        str(said.get("findingDetails", "")),
        _path(places[0].get("path", ())),
    )


def _path(steps: Iterable[Mapping[str, Any]]) -> str:
    """`Statement.0.Action`; each step is a union of one."""
    return ".".join(str(next(iter(each.values()), "")) for each in steps)
