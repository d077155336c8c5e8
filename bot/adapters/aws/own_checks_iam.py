"""What our own checks need of IAM: the account's summary, its password policy, its users' access keys.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.adapters.aws.errors import code
from bot.adapters.aws.service_asked import ServiceAsked
from bot.core import moment
from bot.core.advice.people import Key, Keys, age
from bot.errors import Upstream

_TRIES, _APART = 12, 1.0
_ROOT: Final = "<root_account>"
_NAMED: Final = 50
"""So many users with old keys have theirs named: it costs a request each."""


def summary(iam: ServiceAsked) -> Mapping[str, int]:
    """The account's numbers; raises where they can't be read."""
    return dict(iam.ask("get_account_summary", "SummaryMap")["SummaryMap"])


def password(iam: ServiceAsked) -> Mapping[str, object] | None:
    """The password policy, None where there is none; raises where it can't be read."""
    try:
        return dict(iam.ask("get_account_password_policy", "PasswordPolicy")["PasswordPolicy"])
    except Upstream as error:
        if code(error) in {"NoSuchEntity", "NoSuchEntityException"}:
            return None
        raise


def keys(iam: ServiceAsked, now: datetime, sleep: Callable[[float], None]) -> Keys:
    """Every active key by the credential report, old ones with their ids where those may be read; raises Upstream."""
    for _ in range(_TRIES):
        if iam.ask("generate_credential_report").get("State") == "COMPLETE":
            break
        sleep(_APART)
    else:
        raise Upstream("IAM is still making its credential report.", "Ask again in a minute.")
    report = iam.ask("get_credential_report", "Content")
    found = tuple(read_report(bytes(report["Content"])))
    return Keys(_named(iam, found, now), moment.read(report.get("GeneratedTime")) or now)


def read_report(content: bytes) -> Iterator[Key]:
    """The active keys of a credential report (CSV) but the root user's, which another check is about."""
    for row in csv.DictReader(io.StringIO(content.decode("utf-8", "replace"))):
        if row.get("user") == _ROOT:
            continue
        for number in (1, 2):
            if row.get(f"access_key_{number}_active") == "true":
                rotated = moment.read(row.get(f"access_key_{number}_last_rotated"))
                yield Key(str(row.get("user")), number, rotated)


def _named(iam: ServiceAsked, found: tuple[Key, ...], now: datetime) -> tuple[Key, ...]:
    """The report has no ids; those of old keys lead to what the key did."""
    users = list(dict.fromkeys(key.user for key in found if key.rotated and age(key.rotated, now) != "ok"))
    try:
        ids = {user: _ids(iam, user) for user in users[:_NAMED]}
    except Upstream:  # the colour does not hang on it: the user's name stands for the key
        return found
    return tuple(replace(key, id=ids.get(key.user, {}).get(_minute(key.rotated), "")) for key in found)


def _ids(iam: ServiceAsked, user: str) -> dict[str, str]:
    told: list[Any] = iam.pages("list_access_keys", "AccessKeyMetadata", UserName=user)
    # The report and the listing give one key the same moment; two keys of a moment can't be told apart.
    made = [(_minute(moment.read(each.get("CreateDate"))), str(each["AccessKeyId"])) for each in told]
    return {at: name for at, name in made if [other for other, _ in made].count(at) == 1}


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M}" if at else ""
