"""Why is a bucket public, or why not?"""

import re
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.configuration.said import meant
from bot.core.public.bucket import Judged
from bot.core.view import Receipt
from bot.errors import BadRequest
from commands.s3.since import Since, since

# Rules: S3 user guide, General purpose and directory bucket naming rules; older ones had capitals.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")


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


def pasted(said: str) -> str:
    """The bucket in what was pasted: a name, an ARN, `s3://…`, an address; raises BadRequest for what is none."""
    exact = meant(said).exact if said.strip() else ()
    found = next((one.id for one in exact if one.type == "AWS::S3::Bucket"), "")
    if not _NAME.fullmatch(found) or ":accesspoint/" in said:
        raise BadRequest(
            f"{said[:80]!r} is no bucket’s name.", "Say one like acme-web-assets, its ARN or its address."
        )
    return found


def explain(request: Explain, reach: Reach) -> Answer:
    """Read everything; raises NotFound for a bucket that is none of ours."""
    began = reach.ports.now()
    judged = reach.ports.public_access.whole(request.bucket, request.account, reach.progress)
    is_public = judged.verdict.judgement == "public"
    when = since(judged, reach.ports.configurations, reach.ports.now()) if is_public else Since()
    seconds = (reach.ports.now() - began).total_seconds()
    return Answer(judged, when, Receipt("s3", seconds, cost_usd=0.0))
