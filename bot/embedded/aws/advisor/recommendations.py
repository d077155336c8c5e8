"""Trusted Advisor as its own, newer API tells it: a recommendation for each check.

https://docs.aws.amazon.com/trustedadvisor/latest/APIReference/API_ListRecommendations.html
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from moto.core.responses import ActionResult, BaseResponse

from bot.embedded.aws.advisor.checks import CHECKS, Check
from bot.embedded.aws.advisor.results import Advisor, Result
from bot.embedded.aws.advisor.seen import Resource
from bot.embedded.aws.errors import Refused, common

REGIONS = ("us-east-1", "us-east-2", "us-west-2", "eu-west-1", "ap-southeast-2", "ap-northeast-2")
_PAGE = 200
_SOURCE = "ta_check"
_GLOBAL = "us-east-1"
_FROM = "from-"
Json = dict[str, Any]


class TrustedAdvisor(BaseResponse):
    """One request; a subclass carries the stand-in's Trusted Advisor."""

    advisor: ClassVar[Advisor]

    def __init__(self) -> None:
        super().__init__(service_name="trustedadvisor")

    def list_checks(self) -> ActionResult:
        """Every check, of one pillar or service where that is asked for."""
        asked = self._asked()
        found = [_check(each) for each in CHECKS.values() if _is_meant(each, asked)]
        return _page("checkSummaries", found, asked)

    def list_recommendations(self) -> ActionResult:
        """What every check says, by its colour, its age and its check's ARN."""
        asked = self._asked()
        wanted = asked.get("checkIdentifier")
        if wanted and not wanted.startswith("arn:"):
            raise Refused("ValidationException", "checkIdentifier must be an ARN of a check")
        found = [
            _summary(each)
            for each in self._results(asked)
            if wanted in (None, _check_arn(each.check)) and _is_of_time(each.at, asked)
            if asked.get("status") in (None, each.status) and asked.get("type") != "priority"
        ]
        return _page("recommendationSummaries", found, asked)

    def get_recommendation(self) -> ActionResult:
        """One, with what its check is about."""
        found = self._one(self._asked()["recommendationIdentifier"])
        return ActionResult({"recommendation": _summary(found) | {"description": found.check.about}})

    def list_recommendation_resources(self) -> ActionResult:
        """What one lists, green ones too; nothing is ever excluded in the stand-in."""
        asked = self._asked()
        result = self._one(asked["recommendationIdentifier"])
        found = [
            _resource(result, each)
            for each in result.looked.resources
            if asked.get("status") in (None, each.status)
            if asked.get("regionCode") in (None, each.region or _GLOBAL)
            if asked.get("exclusionStatus") != "excluded"
        ]
        return _page("recommendationResourceSummaries", found, asked)

    def _asked(self) -> Json:
        """The request's words; raises where there is no plan (AWS's code; the words are ours), and elsewhere."""
        if self.region not in REGIONS:
            raise common("InvalidSignatureException", "Credential should be scoped to a valid region.")
        if self.advisor.plan == "basic":
            raise Refused(
                "AccessDeniedException", "Your support plan does not include the Trusted Advisor API."
            )
        self.parse_parameters(self.normalized_request)
        return dict(self.params)

    def _results(self, asked: Json) -> Iterator[Result]:
        for check in CHECKS.values():
            if _is_meant(check, asked):
                yield self.advisor.result(self.current_account, check)

    def _one(self, identifier: str) -> Result:
        for each in self._results({}):
            if identifier in {each.id, _arn(each)}:
                return each
        raise Refused("ResourceNotFoundException", f"Recommendation {identifier} was not found")


def _is_meant(check: Check, asked: Json) -> bool:
    return (
        asked.get("pillar") in (None, check.category)
        and asked.get("source") in (None, _SOURCE)
        and asked.get("awsService") in (None, check.service)
    )


def _is_of_time(at: datetime, asked: Json) -> bool:
    after, before = (asked.get(f"{each}LastUpdatedAt") for each in ("after", "before"))
    return (not after or at > _aware(after)) and (not before or at < _aware(before))


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _check(check: Check) -> Json:
    return {
        "id": check.id,
        "arn": _check_arn(check),
        "name": check.name,
        "description": check.about,
        "pillars": [check.category],
        "awsServices": [check.service],
        "source": _SOURCE,
        "metadata": _numbered(check.columns),
    }


def _summary(result: Result) -> Json:
    counts = {
        f"{status}Count": sum(each.status == status for each in result.looked.resources)
        for status in ("ok", "warning", "error")
    }
    reason = {} if result.looked.processed else {"statusReason": "no_data_ok"}
    return {
        "id": result.id,
        "arn": _arn(result),
        "checkArn": _check_arn(result.check),
        "name": result.check.name,
        "status": result.status,
        "type": "standard",
        "pillars": [result.check.category],
        "awsServices": [result.check.service],
        "source": _SOURCE,
        "resourcesAggregates": {**counts, "excludedCount": 0},
        "createdAt": result.at,
        "lastUpdatedAt": result.at,
        **reason,
    }


def _resource(result: Result, resource: Resource) -> Json:
    text = "/".join((result.id, resource.aws_id, *resource.values))
    ident = hashlib.sha256(text.encode()).hexdigest()
    return {
        "id": ident,
        "arn": f"arn:aws:trustedadvisor::{result.account_id}:recommendation-resource/{result.id}/{ident}",
        "awsResourceId": resource.aws_id,
        "regionCode": resource.region or _GLOBAL,
        "status": resource.status,
        "metadata": _numbered(resource.values),
        "lastUpdatedAt": result.at,
        "exclusionStatus": "included",
        "recommendationArn": _arn(result),
    }


def _numbered(values: Sequence[str]) -> dict[str, str]:
    """Columns by their number, as AWS has them here: `{"0": "Region"}`."""
    return {str(number): each for number, each in enumerate(values)}


def _arn(result: Result) -> str:
    return f"arn:aws:trustedadvisor::{result.account_id}:recommendation/{result.id}"


def _check_arn(check: Check) -> str:
    return f"arn:aws:trustedadvisor:::check/{check.id}"


def _page(name: str, found: Sequence[Json], asked: Json) -> ActionResult:
    size, given = int(asked.get("maxResults") or _PAGE), str(asked.get("nextToken") or f"{_FROM}0")
    given = given.removeprefix(_FROM)
    if not 1 <= size <= _PAGE or not given.isdecimal():
        raise Refused("ValidationException", "maxResults or nextToken is not valid")
    begin = int(given)
    more = {"nextToken": f"{_FROM}{begin + size}"} if begin + size < len(found) else {}
    return ActionResult({name: list(found[begin : begin + size]), **more})
