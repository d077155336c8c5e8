"""Trusted Advisor as the Support API tells it, in us-east-1 alone.

https://docs.aws.amazon.com/awssupport/latest/APIReference/API_DescribeTrustedAdvisorCheckResult.html
"""

import base64
import hashlib
import json
from typing import Any, ClassVar

from moto.core.responses import ActionResult, BaseResponse

from bot.embedded.aws.advisor.checks import CHECKS, Check
from bot.embedded.aws.advisor.results import Advisor, Result
from bot.embedded.aws.advisor.seen import Resource, written
from bot.embedded.aws.errors import common

HOME = "us-east-1"
_LANGUAGES = {"zh", "en", "fr", "de", "id", "it", "ja", "ko", "pt", "es"}
Json = dict[str, Any]


class Support(BaseResponse):
    """One request; a subclass carries the stand-in's Trusted Advisor. Names are English in every language."""

    advisor: ClassVar[Advisor]

    def __init__(self) -> None:
        super().__init__(service_name="support")

    def describe_trusted_advisor_checks(self) -> ActionResult:
        """Every check."""
        if self._asked().get("language") not in _LANGUAGES:
            raise common("InvalidParameterValueException", "Unsupported language")
        return ActionResult({"checks": [_described(each) for each in CHECKS.values()]})

    def describe_trusted_advisor_check_result(self) -> ActionResult:
        """What one says, each resource that it lists with it."""
        result = self._result(self._asked()["checkId"])
        listed = [_listed(result, each) for each in result.looked.resources]
        return ActionResult({"result": _summed(result) | {"flaggedResources": listed}})

    def describe_trusted_advisor_check_summaries(self) -> ActionResult:
        """What several say, without the resources."""
        results = [self._result(each) for each in self._asked()["checkIds"]]
        told = [_summed(each) | {"hasFlaggedResources": bool(each.flagged)} for each in results]
        return ActionResult({"summaries": told})

    def refresh_trusted_advisor_check(self) -> ActionResult:
        """Ask one to look again; raises for those that do so by themselves."""
        check = _known(self._asked()["checkId"])
        if not check.by_request:
            raise common("InvalidParameterValueException", f"Check {check.id} cannot be refreshed")
        self.advisor.refresh(self.current_account, check.id)
        return ActionResult({"status": self._state(check)})

    def describe_trusted_advisor_check_refresh_statuses(self) -> ActionResult:
        """How far they are."""
        return ActionResult({"statuses": [self._state(_known(each)) for each in self._asked()["checkIds"]]})

    def _asked(self) -> Json:
        """The request's words; raises where there is no plan, and where the region is not the one."""
        if self.region != HOME:
            raise common("InvalidSignatureException", "Credential should be scoped to a valid region.")
        if self.advisor.plan == "basic":
            words = "Amazon Web Services Premium Support Subscription is required to use this service."
            raise common("SubscriptionRequiredException", words)
        asked: Json = json.loads(self.body or "{}")
        return asked

    def _result(self, check_id: str) -> Result:
        return self.advisor.result(self.current_account, _known(check_id))

    def _state(self, check: Check) -> Json:
        return {
            "checkId": check.id,
            "status": self.advisor.state(self.current_account, check.id),
            "millisUntilNextRefreshable": self.advisor.again_in(self.current_account, check.id),
        }


def _known(check_id: str) -> Check:
    if check_id not in CHECKS:
        words = f"Unknown ID: Account requires a Premium Support Plan for access to Trusted Advisor check: {check_id}"
        raise common("InvalidParameterValueException", words)
    return CHECKS[check_id]


def _described(check: Check) -> Json:
    return {
        "id": check.id,
        "name": check.name,
        "description": check.about,
        "category": check.category,
        "metadata": list(check.columns),
    }


def _summed(result: Result) -> Json:
    savings = {"estimatedMonthlySavings": 0.0, "estimatedPercentMonthlySavings": 0.0}
    return {
        "checkId": result.check.id,
        "timestamp": written(result.at),
        "status": result.status,
        "resourcesSummary": {
            "resourcesProcessed": result.looked.processed,
            "resourcesFlagged": result.flagged,
            "resourcesIgnored": 0,
            "resourcesSuppressed": 0,
        },
        "categorySpecificSummary": {"costOptimizing": savings},
    }


def _listed(result: Result, resource: Resource) -> Json:
    """The id is not AWS's own of the resource, and tells nothing."""
    named = hashlib.sha256("/".join((result.id, resource.aws_id, *resource.values)).encode())
    return {
        "status": resource.status,
        **({"region": resource.region} if resource.region else {}),
        "resourceId": base64.urlsafe_b64encode(named.digest()).decode().rstrip("="),
        "isSuppressed": False,
        "metadata": list(resource.values),
    }
