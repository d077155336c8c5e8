"""How everything stands, at one glance: what was last looked up, part by part, each as it was then.

A part that could not be looked up is None, never zero: nothing open and nothing known must not look alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from bot.core.billing.costs import Asked, Source
from bot.core.configuration.item import Place
from bot.core.severity import Severity

Part = Literal[
    "spend",
    "forecast",
    "requests",
    "problems",
    "findings",
    "open_findings",
    "buckets",
    "compliance",
    "advice",
    "queues",
]
PARTS: tuple[Part, ...] = get_args(Part)
Standing = Literal["new", "acknowledged", "muted"]


class Bearer(NamedTuple):
    """Who bears a cost: an account's id ("" where the bill does not say) and a service, as the bill names it."""

    account: str
    service: str


@dataclass(frozen=True, slots=True)
class Spend:
    """What was charged, without credits and refunds; `as_of` is how fresh the figures are.

    `month_to_date` is this month's, `yesterday` the last whole day's, both of UTC: None until the figures reach so far.
    `by_day` is every day of this month up to then.
    """

    month_to_date: Mapping[Bearer, Decimal] | None
    yesterday: Mapping[Bearer, Decimal] | None
    currency: str
    as_of: datetime
    source: Source
    by_day: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What the month is expected to cost in all."""

    amount: Decimal
    currency: str


class Kind(NamedTuple):
    """What problems are counted by."""

    source: str
    severity: Severity
    standing: Standing


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """An open problem in short. `link` leads to its post, "" where nobody knows it; `where` is the account as people say it."""

    title: str
    severity: Severity
    since: datetime
    where: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody asked for, and another may approve until then."""

    title: str
    by: str
    until: datetime
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecentPress:
    """Who pressed what lately, and what came of it."""

    at: datetime
    by: str
    act: str
    what: str
    result: str


@dataclass(frozen=True, slots=True)
class Problems:
    """How many problems are open, of at most 5,000 a channel; `in_storm` stand in a storm's digest alone.

    `worst` are some that nobody acknowledged, the worst first; `deaf` is what the bot says of itself, of which there
    are `deaf_in_all`; `waiting` is what somebody must approve, and `pressed` what was pressed last, the newest first.
    """

    open: Mapping[Kind, int]
    in_storm: int
    worst: tuple[OpenProblem, ...] = ()
    deaf: tuple[OpenProblem, ...] = ()
    deaf_in_all: int = 0
    waiting: tuple[Waiting, ...] = ()
    pressed: tuple[RecentPress, ...] = ()


@dataclass(frozen=True, slots=True)
class Buckets:
    """How many of an account's buckets are public, and of how many nobody can tell."""

    public: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Broken:
    """How many resources break a rule in a place, and how many rules are broken."""

    resources: int
    rules: int


@dataclass(frozen=True, slots=True)
class Advised:
    """How many checks of an account are red and yellow, by Trusted Advisor or by our own; `unknown` nobody could tell."""

    red: int
    yellow: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages a queue holds, as SQS guesses; `dead` in its dead-letter queue, None where it has none."""

    visible: int
    in_flight: int
    delayed: int
    dead: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The last look at a part: when, whether it gave anything, how long it took, how many places it could not see.

    `why` is the first refusal in words.
    """

    at: datetime
    well: bool
    seconds: float
    unseen: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything; a place or an account that could not be looked at is in no mapping."""

    spend: Spend | None = None
    forecast: MonthEnd | None = None
    requests: Asked | None = None
    problems: Problems | None = None
    findings: Mapping[Place, Mapping[Severity, int]] | None = None
    """GuardDuty's own, not archived, by the place of the detector that has them: an administrator's has its members', too."""
    open_findings: Mapping[Severity, int] | None = None
    """The same in all, each counted once."""
    buckets: Mapping[str, Buckets] | None = None
    compliance: Mapping[Place, Broken] | None = None
    advice: Mapping[str, Advised] | None = None
    """By the account's id."""
    queues: Mapping[str, Depth] | None = None
    looks: Mapping[Part, Look] = field(default_factory=dict)
