"""Block Public Access: four flags at four levels, of which any one that is on counts.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
Two of them close what is there already (IgnorePublicAcls, RestrictPublicBuckets); the other two only refuse new
public ACLs and policies, so that a bucket with both on may still be wide open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from bot.core.public.meaning import Unread, written

Flag = Literal["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
_NAMES: Final[tuple[Flag, ...]] = get_args(Flag)
_LET_THROUGH: Final[Mapping[Flag, str]] = {
    "IgnorePublicAcls": "public ACLs that are there work",
    "RestrictPublicBuckets": "public policies that are there work",
    "BlockPublicAcls": "new public ACLs are accepted",
    "BlockPublicPolicy": "new public policies are accepted",
}


@dataclass(frozen=True, slots=True)
class Flags:
    """Those that are on."""

    on: frozenset[Flag] = frozenset()

    @property
    def let_through(self) -> tuple[str, ...]:
        """What they let happen, in words, what matters now first."""
        return tuple(words for flag, words in _LET_THROUGH.items() if flag not in self.on)


ALL, NONE = Flags(frozenset(_NAMES)), Flags()


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether something closes a way; None where that hangs on what is not known, which `missing` names."""

    closes: bool | None
    by: str = ""
    missing: tuple[tuple[str, Unread], ...] = ()


OPEN: Final = Stop(closes=False)


def flags(said: object) -> Flags | Unread:
    """From what GetPublicAccessBlock answers, its inner object, or Config's; None is no block, so none is on."""
    if isinstance(said, Mapping):
        said = said.get("PublicAccessBlockConfiguration", said)
    if said is None:
        return NONE
    if not isinstance(said, Mapping):
        return Unread("the public access block can't be read")
    read = {flag: _is_on(_value(said, flag)) for flag in _NAMES}
    if None in read.values():
        return Unread("the public access block can't be read")
    return Flags(frozenset(flag for flag, is_on in read.items() if is_on))


def stop(flag: Flag, levels: Mapping[str, Flags | Unread]) -> Stop:
    """Whether this flag is on at one of the levels, which are named in words (`the account's block`)."""
    on = [name for name, each in levels.items() if isinstance(each, Flags) and flag in each.on]
    if on:
        return Stop(closes=True, by=f"{flag} of {on[0]}")
    return _unless_missing([(name, each) for name, each in levels.items() if isinstance(each, Unread)])


def either(*stops: Stop) -> Stop:
    """One that closes is enough."""
    closing = next((one for one in stops if one.closes), None)
    return closing or _unless_missing([missing for one in stops for missing in one.missing])


def _unless_missing(missing: list[tuple[str, Unread]]) -> Stop:
    return Stop(closes=None, missing=tuple(missing)) if missing else OPEN


def _value(said: Mapping[str, Any], flag: Flag) -> object:
    return said.get(flag, said.get(flag[0].lower() + flag[1:], False))


def _is_on(value: object) -> bool | None:
    # Some forms of Config's items have the flags as texts; a flag that is null is not set.
    return {"true": True, "false": False, "none": False}.get(written(value).lower())
