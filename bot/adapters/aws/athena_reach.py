"""Says what an answer of Athena's could not see because of the table it was read through."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.glue import Reach
from bot.core.span import Span
from bot.core.view import Caveat

_NAMED = 6


def unseen(reach: Reach, span: Span, watch: Watch, *, found: bool) -> tuple[Caveat, ...]:
    """The caveats of one query that ended well; `found` tells whether it gave any row."""
    early = _before_the_table(reach, span)
    # Before its first day a table projects nothing, so nothing is read: one reason is enough.
    nothing = None if early and early.weight == "blind" else _nothing_scanned(reach, watch)
    places = None if found else _only_these_places(reach)
    return tuple(caveat for caveat in (early, nothing, places) if caveat)


def _before_the_table(reach: Reach, span: Span) -> Caveat | None:
    if reach.first_day is None or span.since.astimezone(UTC).date() >= reach.first_day:
        return None
    first = f"{reach.first_day.isoformat()} (projection.day.range)"
    if span.until <= datetime.combine(reach.first_day, time(), UTC):
        return Caveat("before-the-table", f"the window ends before the table's first day, {first}", "blind")
    return Caveat("before-the-table", f"what was filed before the table's first day, {first}")


def _nothing_scanned(reach: Reach, watch: Watch) -> Caveat | None:
    if watch.bytes_scanned or watch.reused:
        return None
    where = f" ({reach.location})" if reach.location else ""
    return Caveat(
        "nothing-scanned",
        "Athena read no log file at all for these days: check where the table points"
        f"{where}, and which accounts and regions it names",
        "blind",
    )


def _only_these_places(reach: Reach) -> Caveat | None:
    covered = [_some(names, word) for names, word in ((reach.accounts, "account"), (reach.regions, "region"))]
    words = " and ".join(each for each in covered if each)
    if not words:
        return None
    return Caveat("only-these-places", f"the table covers {words}; calls elsewhere are not in it")


def _some(names: Sequence[str], word: str) -> str:
    if not names:
        return ""
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{word}{'s' if len(names) > 1 else ''} {listed}"
