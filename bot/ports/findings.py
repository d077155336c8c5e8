"""The findings of GuardDuty."""

from typing import Protocol

from bot.core.alert import Finding


class Archive(Protocol):
    """GuardDuty, where a finding can be archived."""

    def archive(self, finding: Finding) -> None:
        """Archive it for good; raises AccessDenied, NotFound, Upstream."""
