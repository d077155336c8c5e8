"""What AWS advises."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.advice.opinion import Check, Opinions, Refreshed
from bot.ports.progress import Progress


class Advice(Protocol):
    """Trusted Advisor where the support plan has it, and our own checks of the classic ones. Asking is free.

    All raise AccessDenied, Throttled, Upstream where nothing at all could be asked.
    """

    def checks(self) -> Sequence[Check]:
        """Every check that can be asked for here."""

    def opinions(self, checks: Sequence[str], accounts: Sequence[str], progress: Progress) -> Opinions:
        """What these checks (by id; all of the security ones where none is named) say of these accounts, or of all."""

    def refresh(self, check: str) -> Refreshed:
        """Let Trusted Advisor look again; raises NotFound for no such check."""
