"""What at Acme stands open without anybody having called it: users and their keys, passwords, snapshots.

The keys of `backup` are the theft's: the one that leaks, made weeks ago when an older one was rotated away, and the
one that the thief makes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.embedded.incident.company import Place
from bot.embedded.incident.story import Incident

PASSWORD_POLICY: Final[dict[str, Any]] = {
    "MinimumPasswordLength": 8,
    "RequireSymbols": False,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": True,
    "AllowUsersToChangePassword": True,
    "ExpirePasswords": False,
}
"""Prod's; staging has none."""


@dataclass(frozen=True)
class Key:
    """An access key; `used` is when, in which region and by which service it was used last."""

    id: str
    made: datetime
    used: tuple[datetime, str, str] | None = None
    active: bool = True


@dataclass(frozen=True)
class User:
    """An IAM user; with `password_changed` it signs in to the console."""

    account_id: str
    name: str
    made: datetime
    keys: tuple[Key, ...] = ()
    password_changed: datetime | None = None
    signed_in: datetime | None = None
    mfa: bool = False


@dataclass(frozen=True)
class Copy:
    """A snapshot of a disk, a database or a cluster; a public one everybody may restore."""

    place: Place
    id: str
    of: str
    made: datetime
    encrypted: bool = True
    public: bool = False
    automated: bool = False
    about: str = ""


def users(incident: Incident) -> tuple[User, ...]:
    """All IAM users of both accounts: people sign in with SSO, so there are few."""
    prod, staging, times = incident.prod.id, incident.staging.id, incident.times

    def ago(days: int) -> datetime:
        return incident.now - timedelta(days=days)

    def key(user: str, days: int, *, active: bool = True, idle: int | None = None) -> Key:
        used = None if idle is None else (ago(idle), incident.home_region, "s3")
        return Key(incident.unique_id("AKIA", f"key/{user}", 20), ago(days), used, active)

    leaked = Key(
        incident.leaked_key_id,
        incident.leaked_key_created,
        (times.read_again, incident.home_region, "s3"),
    )
    made_by_thief = Key(incident.new_key_id, times.key_created)
    return (
        User(prod, incident.leaked_user, ago(1547), (leaked, made_by_thief)),
        User(prod, "break-glass", ago(900), password_changed=ago(300), signed_in=ago(299), mfa=True),
        User(prod, "ci-deploy", ago(640), (key("ci-deploy", 400, idle=0),)),
        User(
            staging,
            "load-test",
            ago(1200),
            (key("load-test", 800, idle=31), key("load-test/2", 700, active=False)),
        ),
        User(staging, "vendor-metrics", ago(210), password_changed=ago(210)),
    )


def disks(incident: Incident) -> tuple[Copy, ...]:
    """Snapshots of disks: one of staging's is public, since somebody gave it to a vendor."""
    home, at = incident.home_region, incident.now
    prod, staging = Place(incident.prod.id, home), Place(incident.staging.id, home)
    nightly = [
        Copy(
            prod,
            _snap(incident, f"web-{n}/{night}"),
            _volume(incident, f"web-{n}"),
            at - timedelta(days=night),
        )
        for n in range(3)
        for night in (1, 2)
    ]
    given = Copy(
        staging,
        _snap(incident, "vendor"),
        _volume(incident, "staging-shop"),
        at - timedelta(days=143),
        encrypted=False,
        public=True,
        about="shop disk for vendor, delete when they have it",
    )
    return (*nightly, given)


def databases(incident: Incident) -> tuple[Copy, ...]:
    """Snapshots of databases: one of prod's in us-east-1 is public; those of `acme-orders` are encrypted."""
    home, at = Place(incident.prod.id, incident.home_region), incident.now
    nightly = f"rds:acme-orders-{at - timedelta(days=1):%Y-%m-%d}-03-10"
    return (
        Copy(home, nightly, "acme-orders", at - timedelta(days=1), automated=True),
        Copy(home, "acme-orders-before-16-9", "acme-orders", at - timedelta(days=96)),
        Copy(
            Place(incident.prod.id, "us-east-1"),
            "acme-catalog-before-move",
            "acme-catalog",
            at - timedelta(days=388),
            encrypted=False,
            public=True,
        ),
    )


def clusters(incident: Incident) -> tuple[Copy, ...]:
    """Snapshots of clusters: none is public."""
    place = Place(incident.staging.id, incident.home_region)
    return (Copy(place, "staging-search-before-15", "staging-search", incident.now - timedelta(days=51)),)


def _snap(incident: Incident, name: str) -> str:
    return f"snap-{incident.hexadecimal(f'snapshot/{name}', 17)}"


def _volume(incident: Incident, name: str) -> str:
    return f"vol-{incident.hexadecimal(f'volume/{name}', 17)}"
