"""Buckets as they were found: each with what is known of it, and the verdict."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.core.public.facts import NOT_ASKED, Facts
from bot.core.public.meaning import Unread
from bot.core.public.verdict import Verdict
from bot.core.view import Caveat

_SUBJECT = re.compile(r"bucket:(\d{12}):([a-z0-9-]{0,30}):([A-Za-z0-9][A-Za-z0-9._-]{2,254})")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an account's; `region` is "" where nobody would say. `made_at` is aware."""

    name: str
    account_id: str
    region: str = ""
    made_at: datetime | None = None

    @property
    def subject(self) -> str:
        """As a button names it."""
        return f"bucket:{self.account_id}:{self.region}:{self.name}"


def named(subject: str) -> Bucket | None:
    """The bucket that a button names; None for what names none."""
    found = _SUBJECT.fullmatch(subject)
    return Bucket(found[3], found[1], found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A bucket, what was read of it, and the verdict on that. `gone`: it was deleted while it was looked at.

    `website`: whether it serves one, which is open to nobody whom policy and ACL don't let in.
    """

    bucket: Bucket
    facts: Facts
    verdict: Verdict
    gone: bool = False
    website: bool | Unread = NOT_ASKED


@dataclass(frozen=True, slots=True)
class Survey:
    """Every bucket that was looked at; what could not be listed at all (an account, a region) is a caveat."""

    judged: tuple[Judged, ...]
    caveats: tuple[Caveat, ...] = ()
    accounts: int = 1
    api_calls: int = 0
