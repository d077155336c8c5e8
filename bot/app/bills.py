"""The bill's two sources, put together as the settings say."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import boto3

from bot.adapters.aws.billing_place import ONCE, billing_client
from bot.adapters.aws.cost_explorer import CostExplorer
from bot.adapters.aws.estimated_charges import EstimatedCharges
from bot.adapters.bills import AwsBills
from bot.adapters.bills_booked import RequestBook
from bot.adapters.bills_explorer import KeptExplorer
from bot.ports import Store
from bot.settings_parts import Billing


def aws_bills(
    billing: Billing,
    session: Callable[[], boto3.Session],
    account: Callable[[], str],
    store: Callable[[], Store],
    now: Callable[[], datetime],
) -> AwsBills:
    """Asks as `session`, whose `account` it is; each is called when first needed."""

    @cache
    def explorer() -> Any:
        return billing_client("ce", session(), ONCE)

    @cache
    def cloudwatch() -> Any:
        return billing_client("cloudwatch", session())

    book = RequestBook(store, now, billing.requests_a_day)
    kept = KeptExplorer(
        CostExplorer(explorer, book.book, now=now),
        store,
        account,
        now=now,
        refresh=timedelta(hours=billing.refresh_hours),
    )
    estimates = EstimatedCharges(cloudwatch, account, now=now)
    return AwsBills(kept if billing.explorer else None, estimates, book, now=now)
