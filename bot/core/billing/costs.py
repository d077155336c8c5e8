"""What some days cost, by some dimensions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from bot.core.billing.days import Days
from bot.core.view import Caveat

Source = Literal["cost-explorer", "cloudwatch"]
CREDITS = frozenset({"Credit", "Refund"})
"""Record types that hide what was really used: shown apart (docs: Cost Management user guide, Charge types)."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one day cost for one value of each dimension that the costs are `by`; negative for what is given back.

    `record` is AWS's own charge type: `Usage`, `Tax`, `Credit`, `Refund`, `Fee`, `RIFee`, `SavingsPlan…`.
    """

    day: date
    keys: tuple[str, ...]
    amount: Decimal
    record: str = "Usage"


@dataclass(frozen=True, slots=True)
class Costs:
    """Every charge of some days, all in one currency.

    `by` names the dimensions, as the bill's questions do: `service`, `account`, `region`, `usage-type`, `tag:KEY`.
    `as_of` (aware) is how fresh the figures are, `estimated_from` the first day whose figures are not final;
    `names` are what people call the keys (an account's name by its id). `splits_credits`: whether credits have lines
    of their own; where not, they may hide in the others. `requests` were paid for just now: none where it was kept.
    """

    days: Days
    by: tuple[str, ...]
    lines: tuple[Line, ...]
    currency: str
    source: Source
    as_of: datetime
    estimated_from: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    splits_credits: bool = True
    caveats: tuple[Caveat, ...] = ()
    requests: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What a day to come is expected to cost, and between which bounds (80 %), where they are known."""

    day: date
    mean: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the rest of the month, from today on, is expected to cost.

    `naive`: by what the month's days have cost so far, where Cost Explorer would or could not say (`caveats`: why).
    """

    days: Days
    expected: tuple[Expected, ...]
    total: Decimal
    low: Decimal | None
    high: Decimal | None
    currency: str
    as_of: datetime
    naive: bool = False
    caveats: tuple[Caveat, ...] = ()
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason that AWS gives for an anomaly; `contribution` is None where it did not say how much."""

    service: str = ""
    region: str = ""
    account_id: str = ""
    account_name: str = ""
    usage_type: str = ""
    contribution: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What Cost Anomaly Detection found; `end` is None while it goes on, `what` the service or account that it is about."""

    id: str
    what: str
    start: date
    end: date | None
    impact: Decimal
    actual: Decimal | None = None
    expected: Decimal | None = None
    score: Decimal | None = None
    causes: tuple[Cause, ...] = ()
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Anomalies:
    """All anomalies of some days, the costliest first; amounts are USD's."""

    found: tuple[Anomaly, ...]
    as_of: datetime
    monitors: int | None = None
    """How many monitors look for them: where there is none, nothing can be found. None where nobody would say."""
    caveats: tuple[Caveat, ...] = ()
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking Cost Explorer itself has cost: paid requests by day (UTC), newest first, and the most for one day."""

    by_day: tuple[tuple[date, int], ...]
    most_a_day: int
    usd_a_request: Decimal = Decimal("0.01")
