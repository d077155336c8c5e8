"""One setting of a bucket, before and after: exactly what is put, and what is put back."""

from dataclasses import dataclass

from bot.core.approval.same import Setting, same
from bot.core.text import Line

__all__ = ["Change", "Setting"]


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
