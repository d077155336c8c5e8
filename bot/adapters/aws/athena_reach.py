"""Says what an answer of Athena's could not see because of the table it was read through."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.adapters.aws.athena_outside import outside
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.partitions import gaps
from bot.core.amounts import counted
from bot.core.span import Span
from bot.core.spoken import some
from bot.core.view import Caveat
from bot.errors import Upstream
from bot.ports import Relation

_NAMED = 6


def unseen(
    reach: Reach,
    span: Span,
    watch: Watch,
    *,
    found: bool,
    days: Sequence[date] | None = None,
    relation: Relation | None = None,
) -> tuple[Caveat, ...]:
    """The caveats of one query that ended well; `found` tells whether it gave any row.

    `days` are the publish days that it read from the raw table; None is all of the span's. `relation` names the
    accounts and regions that were asked for.
    """
    whole = len(_own_days(span, None))
    lacks = (_before_the_table(reach, span), _without_partitions(reach, _own_days(span, days), whole))
    blind = [*outside(reach, relation), *(caveat for caveat in lacks if caveat)]
    # Where nothing can be read, nothing is: one reason is enough.
    told = any(caveat.weight == "blind" for caveat in blind)
    nothing = None if told else _nothing_scanned(reach, watch)
    places = None if found else _only_these_places(reach)
    return (*blind, *(caveat for caveat in (nothing, places) if caveat))


def _own_days(span: Span, days: Sequence[date] | None) -> list[date]:
    """The days in which the span itself lies: the one behind it holds stragglers only, and may not be there yet."""
    last = (span.until - timedelta(seconds=1)).astimezone(UTC).date()
    return [day for day in (span.publish_days() if days is None else days) if day <= last]


def _without_partitions(reach: Reach, days: Sequence[date], whole: int) -> Caveat | None:
    """`whole` counts the days that were asked for, those of the compact copy too."""
    if reach.partitions is None or not days:
        return None
    try:
        missing = gaps(days, reach.partitions.days(min(days), max(days)))
    except Upstream as error:
        return Caveat("partitions-unknown", f"which days have a partition: {error.message}")
    if not missing:
        return None
    count = sum((b - a).days + 1 for a, b in missing)
    which = ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in missing[:_NAMED])
    left = len(missing) - _NAMED
    more = f" and {counted(left, 'more stretch', 'more stretches')}" if left > 0 else ""
    of = f"{count} of the {whole} days" if count < whole else "any of these days"
    were = "that day was" if count == 1 else "those days were"
    return Caveat(
        "partitions-missing",
        f"the table has no partition of {of} ({which}{more}): {were} not searched; "
        "noroshi setup trail --adopt adds what is missing",
        "blind" if count == whole else "note",
    )


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
    return f"{word}{'s' if len(names) > 1 else ''} {some(names, _NAMED)}"
