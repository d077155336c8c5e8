"""GuardDuty's findings, where they can be archived."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.adapters.aws.errors import asking
from bot.core.alert import Finding
from bot.errors import NotFound

_CONSOLE = "Archive it in GuardDuty's console, signed in to the account that administers GuardDuty."


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
        detector = _detector(guardduty, finding)
        # ArchiveFindings says nothing of ids that it does not know: what is not ours would seem archived.
        with asking("guardduty:GetFindings", "for the finding to archive"):
            known = guardduty.get_findings(DetectorId=detector, FindingIds=[finding.finding_id])["Findings"]
        if not known:
            raise NotFound(
                f"GuardDuty shows this account no such finding of account {finding.account_id} in {finding.region}: "
                "it is older than 90 days, or this account does not administer that one's GuardDuty.",
                _CONSOLE,
            )
        with asking("guardduty:ArchiveFindings", "to archive a finding"), _administrator(guardduty, finding):
            guardduty.archive_findings(DetectorId=detector, FindingIds=[finding.finding_id])


def _detector(guardduty: Any, finding: Finding) -> str:
    with asking("guardduty:ListDetectors", f"which detector there is in {finding.region}"):
        detectors = guardduty.list_detectors()["DetectorIds"]
    if not detectors:
        raise NotFound(f"This account has no GuardDuty detector in {finding.region}.", _CONSOLE)
    return str(detectors[0])


@contextmanager
def _administrator(guardduty: Any, finding: Finding) -> Iterator[None]:
    """What a member account hears when it archives: a BadRequestException (docs: guardduty_accounts)."""
    try:
        yield
    except guardduty.exceptions.BadRequestException as error:
        raise NotFound(
            f"GuardDuty does not let this account archive findings of account {finding.account_id}: "
            f"{error.response['Error'].get('Message', '')}",
            _CONSOLE,
        ) from error
