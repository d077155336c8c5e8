"""GuardDuty's API: findings themselves, and with its parts, all that is served of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.accounts import Accounts
from bot.embedded.aws.guardduty.asking import PAGE
from bot.embedded.aws.guardduty.attributes import finding_shape
from bot.embedded.aws.guardduty.criteria import checked, in_order, meets
from bot.embedded.aws.guardduty.detectors import Detectors
from bot.embedded.aws.guardduty.findings import Finding
from bot.embedded.aws.guardduty.forms import as_api, as_event
from bot.embedded.aws.guardduty.statistics import statistics
from bot.embedded.aws.guardduty.suppression import Suppression

_FEEDBACK = {"USEFUL", "NOT_USEFUL"}


class GuardDuty(Accounts, Detectors, Suppression):
    """What it answers."""

    def list_findings(self) -> ActionResult:
        """List ids that meet the criteria, archived ones too unless these say otherwise."""
        asked = self.asked()
        order = asked.get("SortCriteria") or {}
        found = in_order(
            self._meeting(asked), order.get("AttributeName"), descending=order.get("OrderBy") == "DESC"
        )
        return self.page("FindingIds", [str(each["id"]) for each in found], asked)

    def get_findings_statistics(self) -> ActionResult:
        """Count those that meet the criteria, by one thing."""
        asked = self.asked()
        return ActionResult({"FindingStatistics": statistics(self._meeting(asked), asked)})

    def get_findings(self) -> ActionResult:
        """Give whole findings; ids that nobody knows are left out."""
        asked = self.asked()
        wanted = _ids(asked)
        every = self.findings.seen_from(self.place())
        found: Sequence[Mapping[str, Any]] = [each for each in every if each["id"] in wanted]
        if order := asked.get("SortCriteria"):
            found = in_order(found, order.get("AttributeName"), descending=order.get("OrderBy") == "DESC")
        return ActionResult({"Findings": [as_api(each, finding_shape()) for each in found]})

    def archive_findings(self) -> ActionResult:
        """Archive."""
        self.findings.archive(self.place(), _ids(self.deciding()), archived=True)
        return EmptyResult()

    def unarchive_findings(self) -> ActionResult:
        """Bring back."""
        self.findings.archive(self.place(), _ids(self.deciding()), archived=False)
        return EmptyResult()

    def update_findings_feedback(self) -> ActionResult:
        """Keep whether they were of use; what is written beside it is for AWS alone."""
        asked = self.deciding()
        if asked.get("Feedback") not in _FEEDBACK:
            raise BadRequest("The request is rejected because the parameter feedback has an invalid value.")
        self.findings.judge(self.place(), _ids(asked), asked["Feedback"])
        return EmptyResult()

    def create_sample_findings(self) -> ActionResult:
        """Make samples of the types named, and send each to EventBridge as GuardDuty does."""
        asked, place = self.asked(), self.place()
        if not asked.get("FindingTypes"):
            raise BadRequest("The AWS stand-in makes samples only of the finding types named.")
        for kind in asked["FindingTypes"]:
            finding = self.findings.sample(place, asked["DetectorId"], kind)
            for account_id, _ in dict.fromkeys((place, self.findings.organization.deciding(place))):
                type(self).emit(as_event(finding, account_id))
        return EmptyResult()

    def _meeting(self, asked: dict[str, Any]) -> list[Finding]:
        criteria = checked((asked.get("FindingCriteria") or {}).get("Criterion") or {})
        return [each for each in self.findings.seen_from(self.place()) if meets(each, criteria)]


def _ids(asked: dict[str, Any]) -> list[str]:
    ids = list(dict.fromkeys(asked["FindingIds"]))
    if len(ids) > PAGE:
        raise BadRequest(
            "The request is rejected because the number of requested finding Ids is out of bounds."
        )
    return ids
