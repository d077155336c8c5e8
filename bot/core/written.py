"""What people write into a route, read into what it means; names of Slack's as Slack takes them.

Every reader raises BadRequest, whose message goes on after a colon (`there is no source “gaurdduty”`)
and whose hint says what may stand there.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from typing import NoReturn

from bot.core import regions
from bot.core.route import within
from bot.core.severity import Severity
from bot.errors import BadRequest

# An id's letters are capitals, a name's never are (docs.slack.dev: conversations.create, naming).
_CHANNEL = re.compile(r"[CGD][A-Z0-9]+|#?[^\sA-Z#@<>.,&!?*:;'\"()\[\]{}]{1,80}")
_BROADCAST = re.compile(r"@(here|channel|everyone)|<!(here|channel|everyone)>")
_HOLDER = re.compile(
    r"@?([UW][A-Z0-9]+)|<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|@?(S[A-Z0-9]+)|<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>"
)
_ACCOUNT = re.compile(r"\d{12}")
_LISTED = 20
_IDS = "A member's id begins with U or W (profile, ⋮, Copy member ID), a user group's with S."


def near(word: str, known: Collection[str]) -> str:
    """`Did you mean guardduty?`; where nothing is near, all that there is, or "" for too many."""
    if found := nearest(word, known):
        return f"Did you mean {found}?"
    return f"There is {', '.join(known)}." if 0 < len(known) <= _LISTED else ""


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name that was meant, in whatever case it was written."""
    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), names, 1)
    return names[found[0]] if found else None


def severities(word: str) -> frozenset[Severity]:
    """`high` is that alone, `high+` that and worse."""
    name = word.removesuffix("+").strip().lower()
    if name not in Severity.__members__.values():
        _refuse("severity", word, near(name, [*Severity]))
    least = Severity(name)
    worse = [each for each in Severity if each.at_least(least)] if word.endswith("+") else [least]
    return frozenset(worse)


def source(word: str, known: Collection[str]) -> str:
    """One of the known names, small letters or not."""
    if word.lower() not in known:
        _refuse("source", word, near(word, known))
    return word.lower()


def account(word: str, ids: Mapping[str, str]) -> str:
    """An account's id, for itself or for the name it has in the settings (`ids`: name to id)."""
    if _ACCOUNT.fullmatch(word):
        return word
    if word not in ids:
        named = near(word, ids) or "Give its id, or name it under accounts."
        raise BadRequest(f"“{word}” is no account's id, and no name under accounts", named)
    return ids[word]


def region(word: str) -> str:
    """A region's code, or a glob that takes at least one that there is."""
    glob = word.lower()
    if regions.is_code(glob) or any(
        within(known, glob) for known in (*regions.NAMES, "global", "aws-global")
    ):
        return glob
    found = near(word, regions.NAMES) if "*" not in word else ""
    return _refuse("region", word, found or "Write its code, like eu-west-1, or several like eu-*.")


def tag(word: str) -> str:
    """`Key` or `Key=Value`, blanks around either left out."""
    key, names_value, value = (part.strip() for part in word.partition("="))
    if not key:
        raise BadRequest(f"“{word}” has no key", "Write Key=Value, or the Key alone for any value.")
    return f"{key}{names_value}{value}"


def channel(word: str) -> str:
    """A channel's name, with or without its `#`, or its id, as it was written."""
    if not _CHANNEL.fullmatch(word.strip()):
        raise BadRequest(
            "it is no channel's name or id",  # not quoted: a webhook's address, which is a secret, ends up here
            "Write a name in small letters (#security), or an id (C0123456789).",
        )
    return word.strip()


def mention(word: str) -> str:
    """`@here`, `@channel`, a member's or a user group's id, in Slack's form: `<!here>`, `<@U…>`, `<!subteam^S…>`."""
    if not word.strip():
        return ""
    if found := _BROADCAST.fullmatch(word.strip()):
        return f"<!{found[1] or found[2]}>"
    found = _HOLDER.fullmatch(word.strip())
    if found is None:
        raise BadRequest(f"“{word}” is no mention", f"Write @here, @channel or an id. {_IDS}")
    member, group = found[1] or found[2], found[3] or found[4]
    return f"<@{member}>" if member else f"<!subteam^{group}>"


def holder(word: str) -> str:
    """The id of a member (`U…`, `W…`) or a user group (`S…`), alone or in Slack's form, as the id alone."""
    found = _HOLDER.fullmatch(word.strip())
    if found is None:
        raise BadRequest(f"“{word}” is no member's id and no user group's", _IDS)
    return next(group for group in found.groups() if group)


def _refuse(what: str, word: str, hint: str) -> NoReturn:
    raise BadRequest(f"there is no {what} “{word}”", hint)
