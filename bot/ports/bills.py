"""What AWS charges."""

from datetime import date
from typing import Protocol

from bot.core.billing.costs import Anomalies, Asked, Costs, Forecast
from bot.core.billing.days import Days
from bot.ports.progress import Progress


class Bills(Protocol):
    """What AWS charges: Cost Explorer (USD 0.01 a request, kept for hours), and CloudWatch's estimates (free).

    Works with either alone. All raise AccessDenied, NotConfigured (billing data is not switched on), Throttled,
    Forbidden (today's requests are spent), Upstream.
    """

    def costs(
        self, days: Days, by: tuple[str, ...], progress: Progress, *, free: bool = False, service: str = ""
    ) -> Costs:
        """Every charge of these days by one dimension, or by two (without credits and refunds).

        `free` takes CloudWatch's estimates where they can tell (service, account) before Cost Explorer's figures;
        `service` narrows it to one. Raises BadRequest for what no source can group by.
        """

    def forecast(self, today: date) -> Forecast:
        """From today to the end of its month; by simple arithmetic where Cost Explorer can't say."""

    def anomalies(self, days: Days) -> Anomalies:
        """What Cost Anomaly Detection found in days of the last 90."""

    def asked(self) -> Asked:
        """What the bot's own questions to Cost Explorer have cost."""
