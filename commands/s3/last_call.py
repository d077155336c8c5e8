"""The last call that changed who gets into a bucket: since then, at least, it is as it is.

Where AWS Config can't say since when a bucket is public, CloudTrail may.
"""

from datetime import timedelta

from bot.command import Reach
from bot.core.configuration.item import Place
from bot.core.principal import describe
from bot.core.public.bucket import Bucket
from bot.core.public.touched import OPENING
from bot.core.span import Span
from bot.errors import NoroshiError
from bot.ports import Lookup, Match, TrailRows
from bot.trail.calls import call
from bot.trail.rows import Asked, Calls, rows
from commands.s3.since import Since

# What CloudTrail's event history remembers.
_BACK = timedelta(days=90)


def as_it_is(bucket: Bucket, why: str, reach: Reach) -> Since:
    """Since the bucket's last such call, or before; `why` Config can't say stands where there is none in 90 days."""
    ports = reach.ports
    span = Span(ports.now() - _BACK, ports.now())
    reach.progress(f"Looking for the call that opened {bucket.name}…")
    asked = Asked(span, _some(bucket.account_id), _some(bucket.region), limit=1)
    try:
        engine = ports.calls(Place(bucket.account_id, bucket.region), reach.asker, None, since=span.since)
        found = engine.run(rows(asked, _calls(bucket.name)), reach.progress)
    except NoroshiError as error:
        return Since(why=f"{why}; CloudTrail could not be asked: {error.message.rstrip('.')}")
    return _told(found, why)


def _told(found: TrailRows, why: str) -> Since:
    last = next((call(row) for row in found.rows if row["place"] == 1), None)
    if last is None or last.time is None:
        return Since(why=f"{why}, and CloudTrail has no call of 90 days that changed it", trail=found.receipt)
    by = f"{last.event_name} by {describe(last.principal).name}"
    return Since(last.time, or_before=True, by_itself=True, by=by, trail=found.receipt)


def _calls(name: str) -> Calls:
    places = ", ".join("?" for _ in OPENING)
    where = (
        Match("bucket = ?", (name,)),
        Match("event_source = ?", ("s3.amazonaws.com",)),
        Match(f"event_name IN ({places})", OPENING),
        Match("error_code IS NULL"),
    )
    return Calls(where=where, needles=(name,), lookup=Lookup("ResourceName", (name,)))


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
