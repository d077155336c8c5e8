"""A glance in which every part is known, each number another."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.billing.costs import Asked
from bot.core.configuration.item import Place
from bot.core.glance import (
    PARTS,
    Advised,
    Bearer,
    Broken,
    Buckets,
    Depth,
    Glance,
    Kind,
    Look,
    MonthEnd,
    Problems,
    Spend,
)
from bot.core.severity import Severity

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
PROD, STAGING = "111122223333", "444455556666"
HOME = Place(PROD, "eu-west-1")
EC2, S3 = Bearer(PROD, "AmazonEC2"), Bearer(STAGING, "AmazonS3")

GLANCE = Glance(
    spend=Spend(
        {EC2: Decimal("1234.56"), S3: Decimal("0.07")},
        {EC2: Decimal("99.10"), S3: Decimal(0)},
        "USD",
        NOW,
        "cloudwatch",
    ),
    forecast=MonthEnd(Decimal("4000.25"), "USD"),
    requests=Asked(((date(2026, 9, 8), 7), (date(2026, 9, 7), 9)), 50),
    problems=Problems(
        {Kind("guardduty", Severity.HIGH, "new"): 3, Kind("health", Severity.LOW, "muted"): 0}, 12
    ),
    findings={HOME: {Severity.CRITICAL: 0, Severity.HIGH: 2}},
    open_findings={Severity.CRITICAL: 0, Severity.HIGH: 2},
    buckets={PROD: Buckets(1, 4), STAGING: Buckets(0, 0)},
    compliance={HOME: Broken(17, 5)},
    advice={PROD: Advised(2, 3, 1), STAGING: Advised(0, 1)},
    queues={"noroshi": Depth(8, 2, 0, 1), "other": Depth(0, 0, 0)},
    looks={part: Look(NOW, well=True, seconds=0.5, unseen=n) for n, part in enumerate(PARTS)},
)
