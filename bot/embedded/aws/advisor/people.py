"""Root, keys and passwords.

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from moto.iam.models import User, iam_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.advisor.seen import COLOURS, Looked, Resource, Seen, Status, written

_OLD, _VERY_OLD = timedelta(days=90), timedelta(days=730)
_CONTENTS = (
    "RequireUppercaseCharacters",
    "RequireLowercaseCharacters",
    "RequireNumbers",
    "RequireSymbols",
)


def root_mfa(account_id: str, seen: Seen) -> Looked:
    """7DAFEmoDos: a root user that has no password needs no second factor."""
    root = seen.access[account_id].root
    safe = root.mfa or not root.password
    return Looked(() if safe else (Resource("error", _root(account_id)),), 1)


def root_key(account_id: str, seen: Seen) -> Looked:
    """c2vlfg0f4h."""
    status: Status = "error" if seen.access[account_id].root.access_key else "ok"
    values = (COLOURS[status], account_id, written(seen.clock()))
    return Looked((Resource(status, _root(account_id), values),), 1)


def rotation(account_id: str, seen: Seen) -> Looked:
    """DqdJqYeRm5: active keys by their age."""
    found = tuple(_keys(account_id, seen.clock()))
    return Looked(found, len(found))


def password_policy(account_id: str, seen: Seen) -> Looked:
    """Yw2K9puPzl: yellow unless every content requirement is on."""
    policy = seen.access[account_id].password_policy
    if policy is None:
        values = ("Disabled", *("Disabled",) * 4, COLOURS["warning"], "No password policy is enabled")
        return Looked((Resource("warning", account_id, values),), 1)
    held = [bool(policy.get(each)) for each in _CONTENTS]
    if all(held):
        return Looked((), 1)
    told = ("Enabled" if each else "Disabled" for each in held)
    reason = "At least one content requirement is not enabled"
    return Looked((Resource("warning", account_id, ("Enabled", *told, COLOURS["warning"], reason)),), 1)


def _keys(account_id: str, now: datetime) -> Iterator[Resource]:
    users: dict[str, User] = iam_backends[account_id][PARTITION].users
    for user in sorted(users.values(), key=lambda each: each.name):
        for number, key in enumerate(user.access_keys, 1):
            if key.status == "Active":
                yield _key(user, number, key.create_date, now)


def _key(user: User, number: int, made: datetime, now: datetime) -> Resource:
    age = now - made
    status: Status = "error" if age > _VERY_OLD else "warning" if age > _OLD else "ok"
    reason = {
        "error": "Active access key has not been rotated in the last 2 years",
        "warning": "Active access key has not been rotated in the last 90 days",
        "ok": "Active access key has been rotated in the last 90 days",
    }[status]
    values = (COLOURS[status], user.name, str(number), f"{made:%Y-%m-%dT%H:%M:%S}+00:00", reason)
    return Resource(status, user.arn, values)


def _root(account_id: str) -> str:
    return f"arn:aws:iam::{account_id}:root"
