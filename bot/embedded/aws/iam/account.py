"""What of an account's access moto does not know: root, passwords, and when keys were used."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Root:
    """The root user. `password` False: the organization took its credentials away."""

    mfa: bool = True
    access_key: datetime | None = None
    password: bool = True
    used: datetime | None = None


@dataclass(frozen=True)
class Console:
    """How a user signs in to the console."""

    changed: datetime
    used: datetime | None = None
    mfa: bool = False


@dataclass(frozen=True)
class Use:
    """When and where a key was used last."""

    at: datetime
    region: str
    service: str


@dataclass
class Access:
    """One account's. `password_policy` is in the API's own words, None where nobody made one; `keys` are by id."""

    made: datetime
    root: Root = field(default_factory=Root)
    password_policy: dict[str, Any] | None = None
    consoles: dict[str, Console] = field(default_factory=dict)
    keys: dict[str, Use] = field(default_factory=dict)
    report: tuple[datetime, str] | None = None
    """When a credential report was made last, and its text."""
    asked: bool = False
    """Somebody asked for a report that is not there yet."""
