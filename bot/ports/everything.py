"""Everything a command may reach, as one."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Protocol

from bot.core.configuration.item import Place
from bot.ports.advice import Advice
from bot.ports.bills import Bills
from bot.ports.buckets import Buckets, PolicyValidation, PublicAccess
from bot.ports.configurations import Configurations
from bot.ports.findings import Findings
from bot.ports.recording import Recording
from bot.ports.shifts import Shifts
from bot.ports.trail import TrailEngine


class Ports(Protocol):
    """Everything a command may reach; each is made when first asked for."""

    @property
    def trail(self) -> TrailEngine:
        """The trail engine the settings name; raises NotConfigured."""

    def paid_trail(self, asker: str, up_to: float | None) -> TrailEngine:
        """The same for one asker's question, who has agreed to pay `up_to` USD (None: was not asked).

        Its `run` raises Costly for a question that must be agreed to first, Forbidden for one that may not be
        asked at that price.
        """

    @property
    def accounts(self) -> Mapping[str, str]:
        """The accounts that the settings name: id to name."""

    @property
    def buckets(self) -> Buckets:
        """The account's buckets."""

    @property
    def recording(self) -> Recording:
        """What the account's trails record."""

    @property
    def configurations(self) -> Configurations:
        """AWS Config."""

    @property
    def public_access(self) -> PublicAccess:
        """What lets everybody into buckets."""

    @property
    def fixes(self) -> bool:
        """Whether buckets can be fixed from Slack, by two people."""

    @property
    def findings(self) -> Findings:
        """GuardDuty's findings."""

    @property
    def changes_findings(self) -> bool:
        """Whether somebody may change findings from Slack."""

    @property
    def advice(self) -> Advice:
        """What AWS advises, and our own checks."""

    @property
    def shifts(self) -> Shifts:
        """What a shift hands over."""

    @property
    def bills(self) -> Bills:
        """What AWS charges."""

    @property
    def policy_validation(self) -> PolicyValidation:
        """IAM Access Analyzer."""

    def calls(self, place: Place, asker: str, up_to: float | None, *, since: datetime) -> TrailEngine:
        """What is asked who changed something there: what sees back to `since`, soonest for next to no money.

        Files on disk, else the table where the question costs some cents at most, else the event history of the
        place (free, slow, 90 days), else the table as `paid_trail` has it.
        """

    @property
    def zone(self) -> tzinfo:
        """The zone in which `today` begins."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
