"""GuardDuty's findings, where they can be archived."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.core.alert import Finding
from bot.errors import NotFound


class GuardDutyArchive:
    """Satisfies `bot.ports.Archive`; `client` gives GuardDuty's client for a region.

    A finding of a member account names the member's detector, which the administrator can't use: it is
    archived by our own detector of that region, and only the administrator may (docs: guardduty_accounts).
    """

    def __init__(self, client: Callable[[str], Any]) -> None:
        self._client = client

    def archive(self, finding: Finding) -> None:
        """Archive it; raises AccessDenied, NotFound, Upstream."""
        guardduty = self._client(finding.region)
        with asking("guardduty:ListDetectors", f"which detector there is in {finding.region}"):
            detectors = guardduty.list_detectors()["DetectorIds"]
        if not detectors:
            raise NotFound(
                f"There is no GuardDuty detector of mine in {finding.region}.",
                "Archive it in the console of the account that administers GuardDuty.",
            )
        with asking("guardduty:ArchiveFindings", "to archive a finding"):
            try:
                guardduty.archive_findings(DetectorId=detectors[0], FindingIds=[finding.finding_id])
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") == "BadRequestException":
                    raise NotFound(
                        f"GuardDuty does not know this finding, or does not let this account archive it: "
                        f"{error.response['Error'].get('Message', '')}",
                        "Only the administrator account archives findings; try its console.",
                    ) from error
                raise
