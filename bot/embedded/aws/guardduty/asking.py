"""A request to GuardDuty: about which detector, and a page of what it lists."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from moto.core.responses import ActionResult
from moto.guardduty.responses import GuardDutyResponse

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.findings import Findings
from bot.embedded.aws.guardduty.organization import Place

PAGE = 50


class Asking(GuardDutyResponse):
    """One request; a subclass carries the stand-in's findings and its bus."""

    findings: ClassVar[Findings]
    emit: ClassVar[Callable[[dict[str, Any]], int]]

    def asked(self) -> dict[str, Any]:
        """The request under the API's own names; raises BadRequest for a detector of somebody else."""
        self.parse_parameters(self.normalized_request)
        asked = dict(self.params)
        if asked.get("DetectorId") not in {None, *self.guardduty_backend.detectors}:
            raise BadRequest(
                "The request is rejected because the input detectorId is not owned by the current account."
            )
        return asked

    def deciding(self) -> dict[str, Any]:
        """The same; raises BadRequest where an administrator decides for this account."""
        asked = self.asked()
        if self.findings.organization.is_member(self.place()):
            raise BadRequest(
                "The request is rejected because the current account is a member account: only its administrator "
                "account can do this."
            )
        return asked

    def place(self) -> Place:
        """Who asks, and where."""
        return self.current_account, self.region

    def page(self, name: str, found: Sequence[Any], asked: dict[str, Any]) -> ActionResult:
        """A page of what was found, 50 at most; the token after the last is empty."""
        size, given = int(asked.get("MaxResults") or PAGE), str(asked.get("NextToken") or "0")
        if not 1 <= size <= PAGE:
            raise BadRequest("The request is rejected because maxResults is out of bounds.")
        if not given.isdecimal():
            raise BadRequest("The request is rejected because the parameter nextToken has an invalid value.")
        begin = int(given)
        more = str(begin + size) if begin + size < len(found) else ""
        return ActionResult({name: list(found[begin : begin + size]), "NextToken": more})
