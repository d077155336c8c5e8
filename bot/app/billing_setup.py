"""`noroshi setup billing`, as the settings say."""

from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.app.production import Production
from bot.core.billing.days import month_before
from bot.core.billing.sums import charged

if TYPE_CHECKING:
    from bot.adapters.aws.billing_setup import BillingSetup
    from bot.settings import Settings


def billing_setup(given: "Settings") -> "BillingSetup":
    """What makes whatever tells of money, where the bills are, for the queues that the settings name."""
    from bot.adapters.aws.billing_place import billing_client, billing_region
    from bot.adapters.aws.billing_setup import BillingSetup
    from bot.adapters.aws.billing_topic import Queue
    from bot.adapters.aws.session import client
    from bot.adapters.aws.sqs import region_of

    ports = Production(given)
    session = ports.session

    def last_month() -> Decimal:
        days = month_before(ports.now().astimezone(UTC).date())
        return charged(ports.bills.costs(days, ("service",), lambda _: None, free=True), days)

    return BillingSetup(
        lambda service: billing_client(service, session),
        billing_region(session.region_name),
        [Queue(url, client("sqs", region_of(url), session)) for url in given.alerts.queue_url],
        last_month,
    )
