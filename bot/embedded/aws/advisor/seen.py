"""What Trusted Advisor looks at, and what it says of one thing there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from bot.embedded.aws.config.recordings import Place
from bot.embedded.aws.ec2.network import Network
from bot.embedded.aws.ec2.snapshots import Snapshots
from bot.embedded.aws.iam.account import Access
from bot.embedded.aws.rds.snapshots import Snapshots as DatabaseSnapshots

Status = Literal["ok", "warning", "error"]
COLOURS: Final[dict[Status, str]] = {"ok": "Green", "warning": "Yellow", "error": "Red"}


@dataclass(frozen=True)
class Seen:
    """The stand-in's state; `clock` is the world's."""

    clock: Callable[[], datetime]
    network: Network
    snapshots: Snapshots
    databases: DatabaseSnapshots
    access: dict[str, Access]
    analyzers: dict[Place, list[dict[str, Any]]]


@dataclass(frozen=True)
class Resource:
    """One thing, its colour, and the values of its check's columns; `aws_id` is its own id or ARN."""

    status: Status
    aws_id: str
    values: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True)
class Looked:
    """What a check found: the things that it lists, and how many it looked at."""

    resources: tuple[Resource, ...] = ()
    processed: int = 0


Rule = Callable[[str, Seen], Looked]
"""What a check makes of an account."""


def written(at: datetime) -> str:
    """`2026-09-08T12:00:00Z`."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def worst(statuses: list[Status]) -> Status:
    """Red before yellow before green; green for nothing."""
    if "error" in statuses:
        return "error"
    return "warning" if "warning" in statuses else "ok"
