"""Why is a bucket public, or why not?"""

from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.public.bucket import Judged
from bot.core.view import Receipt
from commands.s3.last_call import as_it_is
from commands.s3.since import Since, only_by_access_points, since


class Explain(Request):
    """A bucket's name; the account that has it, "" where it has to be found."""

    bucket: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bucket with everything that was read, and since when it is public."""

    judged: Judged
    since: Since
    receipt: Receipt


def explain(request: Explain, reach: Reach) -> Answer:
    """Read everything; raises NotFound for a bucket that is none of ours."""
    began = reach.ports.now()
    judged = reach.ports.public_access.whole(request.bucket, request.account, reach.progress)
    when = _since(judged, reach) if judged.verdict.judgement == "public" else Since()
    seconds = (reach.ports.now() - began).total_seconds()
    scanned, cost = (when.trail.bytes_scanned, when.trail.cost_usd) if when.trail else (None, 0.0)
    return Answer(judged, when, Receipt("s3", seconds, bytes_scanned=scanned, cost_usd=cost))


def _since(judged: Judged, reach: Reach) -> Since:
    """By what Config recorded; where that can't say, by the last call, if the bucket itself is what is open."""
    found = since(judged, reach.ports.configurations, reach.ports.now())
    if found.at or only_by_access_points(judged):
        return found
    return as_it_is(judged.bucket, found.why, reach)
