"""What a check says of an account: whose check, its colour, and what it flags."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.view import Caveat

Status = Literal["ok", "warning", "error", "not_available"]
"""Green, yellow, red, and grey: nobody could tell, or it was never run."""
By = Literal["trusted-advisor", "own"]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its id and name are Trusted Advisor's own, so that ours and AWS's can be compared.

    `category` is Trusted Advisor's: `security`, `cost_optimizing`, `performance`, `fault_tolerance`, `service_limits`,
    `operational_excellence`. `about` says what it looks for, in a sentence.
    """

    id: str
    name: str
    category: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Flagged:
    """One thing that a check flags, and why, in words. `status` is its own colour."""

    resource: str
    region: str
    status: Status
    why: str = ""
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one check says of one account.

    `at` (aware) is when it was worked out. `unknown_because` says what could not be read, with the missing IAM action:
    without it the opinion is not whole, and where nothing is flagged its status is `not_available`, never `ok`.
    """

    check: Check
    by: By
    account_id: str
    status: Status
    flagged: tuple[Flagged, ...]
    at: datetime
    looked_at: int | None = None
    unknown_because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinions:
    """Every opinion that was asked for; where a check has both, ours and Trusted Advisor's stand both.

    `plan`: whether Trusted Advisor can be asked here at all (`no`: the support plan has no API).
    """

    found: tuple[Opinion, ...]
    plan: Literal["yes", "no", "unknown"]
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of asking Trusted Advisor to look again, and when it may next be asked."""

    state: Literal["enqueued", "processing", "success", "by-itself", "too-soon", "computed"]
    again_in_seconds: float = 0.0
