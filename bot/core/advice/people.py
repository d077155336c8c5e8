"""Root, access keys and passwords, as IAM tells of them (reference: Trusted Advisor's checks of IAM)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.advice.opinion import Flagged, Status
from bot.core.advice.told import Told, unknown
from bot.core.amounts import counted
from bot.core.public.meaning import Unread
from bot.core.spoken import some

ROOT, PASSWORDS = "root user", "password policy"
YELLOW_AFTER, RED_AFTER = timedelta(days=90), timedelta(days=730)
_REQUIREMENTS: Final = {
    "MinimumPasswordLength": "a least length",
    "RequireUppercaseCharacters": "capitals",
    "RequireLowercaseCharacters": "small letters",
    "RequireNumbers": "digits",
    "RequireSymbols": "symbols",
}


@dataclass(frozen=True, slots=True)
class Key:
    """An active access key of a user; `rotated` (aware) None where IAM doesn't say, `id` "" where it is not known."""

    user: str
    number: int
    rotated: datetime | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Every active key, as the credential report of `at` has them; IAM makes one in four hours."""

    active: tuple[Key, ...]
    at: datetime


def root_mfa(summary: Mapping[str, int] | Unread) -> Told:
    """MFA on Root Account; a root user without credentials, whom nobody can be, needs none."""
    mfa = _number(summary, "AccountMFAEnabled")
    if isinstance(mfa, Unread):
        return unknown("", mfa)
    if mfa or _has_no_credentials(summary):
        return Told(looked_at=1)
    return Told((Flagged(ROOT, "", "error", "it signs in without a second factor"),), 1)


def root_key(summary: Mapping[str, int] | Unread) -> Told:
    """Root User Access Key."""
    keys = _number(summary, "AccountAccessKeysPresent")
    if isinstance(keys, Unread):
        return unknown("", keys)
    why = "it has an access key, which may do everything and can’t be narrowed"
    return Told((Flagged(ROOT, "", "error", why),) if keys else (), 1)


def rotation(keys: Keys | Unread, now: datetime) -> Told:
    """IAM Access Key Rotation: yellow after 90 days, red after two years."""
    if isinstance(keys, Unread):
        return unknown("", keys)
    flagged = (_old(key, key.rotated, now) for key in keys.active if key.rotated)
    unread = tuple(
        (f"key {key.number} of {key.user}", Unread("IAM doesn't say when it was made"))
        for key in keys.active
        if key.rotated is None
    )
    return Told(tuple(one for one in flagged if one.status != "ok"), len(keys.active), unread, keys.at)


def age(made: datetime, now: datetime) -> Status:
    """The colour of a key that was made then."""
    old = now - made
    return "error" if old > RED_AFTER else "warning" if old > YELLOW_AFTER else "ok"


def password(policy: Mapping[str, object] | Unread | None) -> Told:
    """IAM Password Policy: yellow where one of AWS's content requirements, or all of the policy, is missing."""
    if isinstance(policy, Unread):
        return unknown("", policy)
    if policy is None:
        why = "there is none: AWS’s own default holds"
        return Told((Flagged(PASSWORDS, "", "warning", why),), 1)
    lacking = [words for name, words in _REQUIREMENTS.items() if not policy.get(name)]
    why = f"it asks for no {some(lacking, len(lacking))}"
    return Told((Flagged(PASSWORDS, "", "warning", why),) if lacking else (), 1)


def _old(key: Key, made: datetime, now: datetime) -> Flagged:
    which = f"key {key.number} of {key.user}"
    return Flagged(key.id or which, "", age(made, now), f"{which}: {counted((now - made).days, 'day')} old")


def _number(summary: Mapping[str, int] | Unread, name: str) -> int | Unread:
    if isinstance(summary, Unread):
        return summary
    found = summary.get(name)
    return Unread(f"IAM’s summary of the account has no {name}") if found is None else found


def _has_no_credentials(summary: Mapping[str, int] | Unread) -> bool:
    """As members have it under centralized root access; only where IAM says both."""
    if isinstance(summary, Unread):
        return False
    return summary.get("AccountPasswordPresent") == 0 and summary.get("AccountAccessKeysPresent") == 0
