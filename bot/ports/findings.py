"""The findings of GuardDuty."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.alert import Finding
from bot.core.findings.rules import Rules
from bot.core.findings.seen import Detectors, Listed, Seen, Suppression, Wanted
from bot.ports.progress import Progress


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

    def suppressions(self, progress: Progress) -> Rules:
        """The rules that archive findings by themselves, of every place."""


class FindingChanges(Protocol):
    """What may be changed about findings: by their administrator alone. All raise AccessDenied, NotFound, Upstream.

    NotFound is one that nobody whom we may ask has, and what GuardDuty lets only another account do.
    """

    def seen(self, finding: Finding) -> Seen:
        """It, as who administers it has it."""

    def archive(self, findings: Sequence[Finding]) -> None:
        """Archive them."""

    def unarchive(self, findings: Sequence[Finding]) -> None:
        """Take them out of the archive."""

    def judge(self, finding: Finding, *, useful: bool) -> None:
        """Tell GuardDuty whether it was of use."""

    def would_hide(self, rule: Suppression, since: datetime) -> Listed:
        """What the rule would have archived since then, where it would hold: archived or not."""

    def suppress(self, rule: Suppression) -> None:
        """Make the rule, where `rule.place` is administered; it holds for new findings alone.

        Raises BadRequest for a name that is taken, for one rule too many, and for criteria that GuardDuty takes not.
        """
