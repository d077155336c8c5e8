"""A stretch of time that a question is about: `since` up to, not including, `until`; both aware, in UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.errors import BadRequest

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_AGO = re.compile(r"(\d{1,5})\s*([mhdw])", re.IGNORECASE)
_HINT = "Say 7d, 36h, 90m, 2w, today, yesterday, or a time like 2026-09-08T03:11Z."
LONGEST = timedelta(days=3660)
# Each unit's seconds, and how many of it people say: nobody says 726 minutes.
_SIZES = (("day", 86400, LONGEST.days), ("hour", 3600, 96), ("minute", 60, 120))


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` (included) to `until` (excluded)."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise BadRequest(
                f"The window ends ({iso(self.until)}) before it begins ({iso(self.since)}).",
                "Give --since an earlier time than --until.",
            )

    def publish_days(self) -> tuple[date, ...]:
        """The UTC days under which CloudTrail may have filed this span's events.

        A log file's path holds the day it was published, not the events' own; so one day more
        than asked (docs: CloudTrail log file examples; reference: cloudtrail-athena §3).
        """
        first, last = self.since.date(), self.until.date() + timedelta(days=1)
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    def words(self, now: datetime) -> str:
        """`last 7 days` when it ends now and is a round length, else its beginning, or both ends."""
        since, until = (f"{end:%Y-%m-%d %H:%M}" for end in (self.since, self.until))
        if abs(now - self.until) >= timedelta(minutes=1):
            return f"{since} to {until} UTC"
        length = _length(self.until - self.since)
        return f"last {length}" if length else f"since {since} UTC"


def iso(moment: datetime) -> str:
    """`2026-09-08T03:11:00Z`: as CloudTrail writes eventTime, comparable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(since: str, until: str | None, *, now: datetime, zone: tzinfo = UTC) -> Span:
    """Read a person's words for a window; raises BadRequest with what would have been understood.

    The ends are cut to whole seconds, as CloudTrail's times are. A window that ends now ends with the last whole
    minute, so that the same words within a minute are the same question.
    """
    if until is None:
        now = _whole_minute(since, now, zone)
    end = moment(until, now=now, zone=zone) if until else now
    # "3d to 1d" counts both from now; "7d" before a named day counts from that day.
    named = until is not None and not _AGO.fullmatch(until.strip())
    begin = moment(since, now=end if named and _AGO.fullmatch(since.strip()) else now, zone=zone)
    return Span(begin.replace(microsecond=0), end.replace(microsecond=0))


def _whole_minute(since: str, now: datetime, zone: tzinfo) -> datetime:
    """The minute that now is in; now itself for a window that begins in this very minute."""
    minute = now.replace(second=0, microsecond=0)
    return minute if moment(since, now=minute, zone=zone) < minute else now


def moment(words: str, *, now: datetime, zone: tzinfo = UTC) -> datetime:
    """`7d` (ago), `now`, `today`, `yesterday` (their midnights in `zone`), or ISO 8601 (in `zone` if it names none)."""
    said = words.strip().lower()
    if ago := _AGO.fullmatch(said):
        return _before(now, timedelta(**{_UNITS[ago[2]]: int(ago[1])}), words)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    named = {"now": now, "today": midnight, "yesterday": midnight - timedelta(days=1)}
    if said in named:
        return named[said].astimezone(UTC)
    try:
        parsed = datetime.fromisoformat(words.strip())
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(f"I can't read the time {words[:40]!r}.", _HINT) from error


def _before(now: datetime, back: timedelta, words: str) -> datetime:
    if not timedelta(0) < back <= LONGEST:
        raise BadRequest(f"{words.strip()} is no window I can look through.", _HINT)
    return now - back


def _length(length: timedelta) -> str | None:
    """`7 days`, `36 hours`; None for a length nobody would say (`11.8 hours`, `726 minutes`)."""
    seconds = round(length.total_seconds())
    whole = ((name, seconds // size, most) for name, size, most in _SIZES if seconds % size == 0)
    return next((f"{count:,} {name}s" for name, count, most in whole if 1 < count <= most), None)
