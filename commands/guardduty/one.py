"""What is this finding?"""

import re
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.findings.finding import Finding
from bot.core.findings.reading import read
from bot.core.findings.seen import Seen
from bot.core.view import Receipt
from bot.errors import BadRequest, Upstream

_ID = re.compile(r"[A-Za-z0-9-]{1,300}")
_PASTED = re.compile(r"(?:/finding/|search=id(?:%3D|=)|fId=)([A-Za-z0-9-]+)", re.IGNORECASE)


class ShowFinding(Request):
    """One by its id."""

    finding_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The finding as GuardDuty gave it, and its fields as we read them."""

    seen: Seen
    finding: Finding
    receipt: Receipt


def finding_id(said: str) -> str:
    """The id in what was pasted: itself, an ARN, or the console's address. Raises BadRequest for none of these."""
    pasted = _PASTED.search(said)
    word = pasted[1] if pasted else said.strip()
    if not _ID.fullmatch(word):
        raise BadRequest(
            f"{said[:60]!r} is no finding’s id.", "Say the id that /guardduty list shows, or paste its ARN."
        )
    return word


def one(request: ShowFinding, reach: Reach) -> Answer:
    """Look for it everywhere; raises NotFound, and Upstream for one that can't be read."""
    began = reach.ports.now()
    seen = reach.ports.findings.one(request.finding_id, reach.progress)
    finding = read(seen)
    if finding is None:
        raise Upstream(
            f"GuardDuty gave the finding {request.finding_id} in a form that I don’t know.",
            f"Look at it in GuardDuty’s console, in account {seen.kept.account_id}, {seen.kept.region}.",
        )
    seconds = (reach.ports.now() - began).total_seconds()
    return Answer(seen, finding, Receipt("guardduty", seconds, cost_usd=0.0))
