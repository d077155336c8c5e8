"""Why is a bucket public, or why not?"""

from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.public.bucket import Judged
from bot.core.view import Receipt
from commands.s3.since import Since, since


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
    is_public = judged.verdict.judgement == "public"
    when = since(judged, reach.ports.configurations, reach.ports.now()) if is_public else Since()
    seconds = (reach.ports.now() - began).total_seconds()
    return Answer(judged, when, Receipt("s3", seconds, cost_usd=0.0))
