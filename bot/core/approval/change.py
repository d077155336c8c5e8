"""One setting of a bucket, before and after: exactly what is put, and what is put back."""

import re
from dataclasses import dataclass

from bot.core.approval.same import Setting, same
from bot.core.text import Line

__all__ = ["Bucket", "Change", "Setting", "named"]

_SUBJECT = re.compile(r"bucket:(\d{12}):([a-z0-9-]{0,30}):([A-Za-z0-9][A-Za-z0-9._-]{2,254})")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose bucket, where."""

    name: str
    account_id: str
    region: str

    @property
    def subject(self) -> str:
        """As a button names it."""
        return f"bucket:{self.account_id}:{self.region}:{self.name}"


def named(subject: str) -> Bucket | None:
    """The bucket that a button names; None for what names none."""
    found = _SUBJECT.fullmatch(subject)
    return Bucket(found[3], found[1], found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Change:
    """A setting's whole value before and after, as JSON; None is that there is none.

    A block is its four flags, an ACL AWS's `AccessControlPolicy`, a policy its document. `words` say what it does,
    `shown` what differs, in words, and `exact` as JSON where words leave something out; `costs` what stops with it,
    `then` who would get in, `first` what to look at before.
    """

    setting: Setting
    before: str | None
    after: str | None
    words: str
    costs: tuple[str, ...] = ()
    shown: tuple[Line, ...] = ()
    then: str = ""
    first: str = ""
    exact: str = ""

    def is_before(self, value: str | None) -> bool:
        """Whether this says what it was asked to change."""
        return same(self.setting, self.before, value)

    def is_after(self, value: str | None) -> bool:
        """Whether this says what it sets."""
        return same(self.setting, self.after, value)
