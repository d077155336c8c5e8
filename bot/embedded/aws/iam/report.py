"""The credential report: every user of an account, its passwords and keys, as CSV.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from moto.iam.models import AccessKey, User, iam_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.iam.account import Access, Console

_KEY = ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
COLUMNS = (
    *("user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"),
    *("password_next_rotation", "mfa_active"),
    *(f"access_key_{number}_{each}" for number in (1, 2) for each in _KEY),
    *("cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated"),
)
_NONE, _NO_KEY = "N/A", ("false", *("N/A",) * 4)
_NO_CERTIFICATES = ("false", _NONE) * 2
_UNKNOWN, _NEVER = "not_supported", "no_information"


def report(account_id: str, access: Access) -> str:
    """The whole of it, root first."""
    users: dict[str, User] = iam_backends[account_id][PARTITION].users
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerow(_root(account_id, access))
    rows.writerows(_user(each, access) for _, each in sorted(users.items()))
    return out.getvalue().rstrip("\n")


def _root(account_id: str, access: Access) -> tuple[str, ...]:
    root, key = access.root, _NO_KEY
    if root.access_key:
        key = ("true", _written(root.access_key), _NONE, _NONE, _NONE)
    used = _written(root.used) if root.used else _NEVER
    about = ("<root_account>", f"arn:aws:iam::{account_id}:root", _written(access.made), _UNKNOWN, used)
    return (*about, _UNKNOWN, _UNKNOWN, _flag(on=root.mfa), *key, *_NO_KEY, *_NO_CERTIFICATES)


def _user(user: User, access: Access) -> tuple[str, ...]:
    console = access.consoles.get(user.name)
    keys = [*(_key(each, access) for each in user.access_keys), _NO_KEY, _NO_KEY][:2]
    return (
        *(user.name, user.arn, _written(user.create_date)),
        *_password(console, access),
        _flag(on=bool(console and console.mfa)),
        *(value for key in keys for value in key),
        *_NO_CERTIFICATES,
    )


def _password(console: Console | None, access: Access) -> Iterator[str]:
    """Whether there is one, used, changed, and to be changed when."""
    if console is None:
        yield from ("false", _NONE, _NONE, _NONE)
        return
    yield "true"
    yield _written(console.used) if console.used else _NEVER
    yield _written(console.changed)
    ages = (access.password_policy or {}).get("MaxPasswordAge")
    yield _written(datetime.fromtimestamp(console.changed.timestamp() + ages * 86400, UTC)) if ages else _NONE


def _key(key: AccessKey, access: Access) -> tuple[str, ...]:
    used = access.keys.get(key.access_key_id)
    last = (_written(used.at), used.region, used.service) if used else (_NONE,) * 3
    return (_flag(on=key.status == "Active"), _written(key.create_date), *last)


def _written(at: datetime) -> str:
    told = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{told:%Y-%m-%dT%H:%M:%S}+00:00"


def _flag(*, on: bool) -> str:
    return str(on).lower()
