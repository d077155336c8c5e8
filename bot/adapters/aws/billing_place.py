"""Where a partition keeps its bills: in one region, whatever regions are used."""

from typing import Any

import boto3
from botocore.config import Config

from bot.adapters.aws.session import SETTINGS, client

ONCE = SETTINGS.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
"""For what is paid by the request: botocore's own repeats would be paid, and not counted."""


def billing_region(region: str | None) -> str:
    """The region of Cost Explorer, Budgets and EstimatedCharges, from any region of the partition.

    Endpoints: https://docs.aws.amazon.com/general/latest/gr/billing.html; China's bills are in Ningxia
    (https://docs.amazonaws.cn/en_us/aws/latest/userguide/account-billing.html).
    """
    return "cn-northwest-1" if (region or "").startswith("cn-") else "us-east-1"


def billing_client(service: str, session: boto3.Session, settings: Config = SETTINGS) -> Any:
    """A client of `ce`, `cloudwatch` or `budgets` where the bills are; raises Upstream."""
    return client(service, billing_region(session.region_name), session, settings)
