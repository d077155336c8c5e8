"""The bill behind Cost Explorer, CloudWatch and Budgets, and the switches that a payer has."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from bot.embedded.aws.accounts import ACCOUNTS, PROD
from bot.embedded.incident.spend import Charge, Spend

Json = dict[str, Any]
HOME = "us-east-1"
"""Where bills are told; no other region has them."""
GROUPS_A_PAGE = 2000


class Billing:
    """The bill of all accounts, which prod pays; an account without `spend` never cost anything.

    `cost_explorer`: `on`; `off` (nobody enabled it yet) or `preparing` (somebody did, a day ago at most).
    `estimates_since` is when the payer let CloudWatch have billing metrics: None is the switch as AWS sets it, off.
    `requests` are Cost Explorer's operations in the order asked, pages and refusals too: USD 0.01 each.
    """

    payer = PROD.id
    names: ClassVar = {account.id: account.name for account in ACCOUNTS}

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.spend: Spend | None = None
        self.cost_explorer: Literal["on", "off", "preparing"] = "on"
        self.estimates_since: datetime | None = None
        self.groups_a_page = GROUPS_A_PAGE
        self.requests: list[str] = []
        self.monitors: dict[str, Json] = {}
        self.subscriptions: dict[str, Json] = {}
        self.feedback: dict[str, str] = {}

    def as_of(self) -> datetime:
        """When the bill was last brought up to date: at most six hours ago."""
        return self.spend.refreshed(self.clock()) if self.spend else self.clock()

    def charges(self, account_id: str, start: date, end: date, at: datetime) -> Iterator[Charge]:
        """What an account sees of some days (without `end`), as known `at` a time: the payer all, a member its own."""
        for each in self.spend.charges(start, end, at) if self.spend else ():
            if account_id in (self.payer, each.account_id):
                yield each

    def account_names(self, account_id: str) -> dict[str, str]:
        """The accounts whose costs an account sees, by id."""
        return {key: name for key, name in self.names.items() if account_id in (self.payer, key)}
