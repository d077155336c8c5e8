"""The findings of GuardDuty."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.alert import Finding
from bot.core.findings.seen import Detectors, Listed, Seen, Suppression, Wanted
from bot.ports.progress import Progress


class Archive(Protocol):
    """GuardDuty, where a finding can be archived."""

    def archive(self, finding: Finding) -> None:
        """Archive it for good; raises AccessDenied, NotFound, Upstream."""


class Findings(Protocol):
    """GuardDuty in every account and region that the settings let us ask in; asking it is free.

    All raise AccessDenied, Throttled, Upstream where nothing at all could be asked; one place of several is a caveat.
    """

    def listed(self, wanted: Wanted, progress: Progress) -> Listed:
        """Those that are wanted, of every place; one that an administrator and its member both have is given once."""

    def one(self, finding_id: str, progress: Progress) -> Seen:
        """One by its id; raises NotFound (GuardDuty keeps findings for 90 days)."""

    def detectors(self, progress: Progress) -> Detectors:
        """Where GuardDuty is on, and what of it is off."""


class FindingChanges(Protocol):
    """What may be changed about findings: by their administrator alone. All raise AccessDenied, NotFound, Upstream."""

    def archive(self, findings: Sequence[Finding]) -> None:
        """Archive them."""

    def unarchive(self, findings: Sequence[Finding]) -> None:
        """Take them out of the archive."""

    def judge(self, finding: Finding, *, useful: bool) -> None:
        """Tell GuardDuty whether it was of use."""

    def suppress(self, rule: Suppression) -> None:
        """Make the rule; it holds for new findings alone. Raises BadRequest for a name that is taken."""
