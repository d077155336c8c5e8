"""GuardDuty's API for findings."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

import botocore.session
from botocore.model import Shape
from moto.core.responses import ActionResult, EmptyResult
from moto.guardduty.responses import GuardDutyResponse

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.criteria import in_order, meets
from bot.embedded.aws.guardduty.findings import Findings, as_api, as_event

_MOST = 50
_GROUPS = 25


class GuardDuty(GuardDutyResponse):
    """One request; a subclass carries the stand-in's findings and its bus."""

    findings: ClassVar[Findings]
    emit: ClassVar[Callable[[dict[str, Any]], None]]

    def list_findings(self) -> ActionResult:
        """List ids that meet the criteria, archived ones too unless these say otherwise."""
        asked = self._asked()
        criteria = (asked.get("FindingCriteria") or {}).get("Criterion") or {}
        order = asked.get("SortCriteria") or {}
        found = (each for each in self.findings.of(*self._place()) if meets(each, criteria))
        ids = [
            str(each["id"])
            for each in in_order(found, order.get("AttributeName"), descending=order.get("OrderBy") == "DESC")
        ]
        begin, size = int(asked.get("NextToken") or 0), int(asked.get("MaxResults") or _MOST)
        if not 1 <= size <= _MOST:
            raise BadRequest("The request is rejected because maxResults is out of bounds.")
        more = str(begin + size) if begin + size < len(ids) else ""
        return ActionResult({"FindingIds": ids[begin : begin + size], "NextToken": more})

    def get_findings_statistics(self) -> ActionResult:
        """Count those that meet the criteria by severity, the number as it is; the stand-in groups by nothing else."""
        asked = self._asked()
        if asked.get("GroupBy") != "SEVERITY":
            raise BadRequest("The AWS stand-in counts findings by severity alone.")
        criteria = (asked.get("FindingCriteria") or {}).get("Criterion") or {}
        found = [each for each in self.findings.of(*self._place()) if meets(each, criteria)]
        counts = Counter(float(each["severity"]) for each in found)
        last = {
            float(each["severity"]): each["updatedAt"] for each in in_order(found, None, descending=False)
        }
        groups = [
            {"Severity": severity, "TotalFindings": count, "LastGeneratedAt": last[severity]}
            for severity, count in counts.most_common(int(asked.get("MaxResults") or _GROUPS))
        ]
        return ActionResult({"FindingStatistics": {"GroupedBySeverity": groups}})

    def get_findings(self) -> ActionResult:
        """Give whole findings; ids that nobody knows are left out."""
        wanted = self._ids()
        found = [each for each in self.findings.of(*self._place()) if each["id"] in wanted]
        return ActionResult({"Findings": [as_api(each, _shape()) for each in found]})

    def archive_findings(self) -> ActionResult:
        """Archive."""
        self.findings.archive(self._place(), self._ids(), archived=True)
        return EmptyResult()

    def unarchive_findings(self) -> ActionResult:
        """Bring back."""
        self.findings.archive(self._place(), self._ids(), archived=False)
        return EmptyResult()

    def create_sample_findings(self) -> ActionResult:
        """Make samples of the types named, and send each to EventBridge as GuardDuty does."""
        asked = self._asked()
        if not asked.get("FindingTypes"):
            raise BadRequest("The AWS stand-in makes samples only of the finding types named.")
        for kind in asked["FindingTypes"]:
            type(self).emit(as_event(self.findings.sample(self._place(), asked["DetectorId"], kind)))
        return EmptyResult()

    def update_detector(self) -> ActionResult:
        """Switch on or off; moto leaves the time of it out, and takes any detector's id."""
        asked = self._asked()
        detector = self.guardduty_backend.detectors[asked["DetectorId"]]
        detector.update(asked.get("Enable"), asked.get("FindingPublishingFrequency"), None, None)
        detector.updated_at = self.findings.clock()
        return EmptyResult()

    def _asked(self) -> dict[str, Any]:
        self.parse_parameters(self.normalized_request)
        asked = dict(self.params)
        if asked["DetectorId"] not in self.guardduty_backend.detectors:
            raise BadRequest(
                "The request is rejected because the input detectorId is not owned by the current account."
            )
        return asked

    def _ids(self) -> set[str]:
        ids = self._asked()["FindingIds"]
        if len(ids) > _MOST:
            raise BadRequest("The request is rejected because the number of findingIds is out of bounds.")
        return set(ids)

    def _place(self) -> tuple[str, str]:
        return self.current_account, self.region


@cache
def _shape() -> Shape:
    model = botocore.session.get_session().get_service_model("guardduty")
    shape: Shape = model.shape_for("Finding")
    return shape
