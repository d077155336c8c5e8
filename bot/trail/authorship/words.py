"""Why a call is held to have done it, in words that stand behind the name."""

from datetime import datetime, timedelta

from bot.core.configuration.revision import Revision
from bot.core.principal import describe
from bot.core.spoken import some
from bot.trail.authorship.deeds import Deed
from bot.trail.authorship.matching import Match
from bot.trail.authorship.windows import LATE
from bot.trail.authorship.writers import plain_name

NOTHING = "no matching call: made by a service, late, or older than 90 days"
YOUNG = "no matching call yet: calls of the last 15 minutes may not be delivered"
UNCHANGED = "nothing changed but what changes by itself"
LEFT_OUT = "it did not change: Config was told to record it no longer"
TAKEN_IN = "Config records it again; who changed it meanwhile is not known"
_MINUTE = timedelta(minutes=1)
_SHOWN = 2


def reason(match: Match, revision: Revision, now: datetime) -> str:  # noqa: PLR0911 - one return a reason
    """The reason of a match."""
    one, captured = match.deed, revision.item.captured_at
    if one is None:
        return YOUNG if now - captured < LATE else NOTHING
    name = plain_name(one.link.call.event_name or "the call")
    match match.why:
        case "content":
            others = len(match.others)
            return f"{name} {_did(revision)}" + (
                f", with {_calls(others)} more of the same caller" if others else ""
            )
        case "only":
            return f"{name} is the only call that wrote it then"
        case "several":
            return _several(match, one)
        case "part":
            return f"a part of it is in no call that was read; the rest is what {name} says"
        case "late":
            return f"recorded {_length(captured - one.at)} after {name}, later than usual"
        case "name":
            return f"{name} names it by a name that others may have too"
        case "unseen":
            return f"{name} says the same, but not every call of that time could be read"
        case "silent":
            return f"{name} is near in time, but does not say what changed"
        case _:
            return _unread(match, name)


def _did(revision: Revision) -> str:
    if revision.item.is_deleted:
        return "deleted it"
    return "made it" if revision.before is None or revision.before.is_deleted else "says the same"


def young(match: Match) -> Match:
    """What is certain is not, while calls may still be delivered."""
    return Match("unseen", match.deed, others=match.others) if match.certain else match


def _unread(match: Match, name: str) -> str:
    alone = (
        f"{name} is the only write of that time"
        if not match.others
        else f"{name} is the last write before it"
    )
    return f"what changed is not known, for the state before was not read; {alone}"


def _several(match: Match, one: Deed) -> str:
    others = [other for other in match.others if other.key != one.key]
    if not others:
        return "the call that fits best, though not for certain"
    within = max(other.at for other in (*others, one)) - min(other.at for other in (*others, one))
    when = "in the same minute" if within <= _MINUTE else f"within {_length(within)}"
    who = list(dict.fromkeys(str(describe(other.who)) for other in others if other.who != one.who))
    if not who:
        return f"{_calls(len(others) + 1)} of the same caller {when}"
    return f"{_calls(len(others) + 1)} {when}, others by {some(who, _SHOWN)}"


def _calls(count: int) -> str:
    words = {1: "one call", 2: "two calls", 3: "three calls"}
    return words.get(count, f"{count:,} calls")


def _length(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    if minutes < 120:  # noqa: PLR2004 - nobody says 119 minutes and 2 hours differently
        return f"{minutes} minute{'s' if minutes != 1 else ''}"
    return f"{round(minutes / 60)} hours"
