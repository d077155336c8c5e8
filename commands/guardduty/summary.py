"""How do the open findings stand?"""

from dataclasses import dataclass, replace

from bot.command import Reach, Request
from bot.core.findings.counts import WEEK, Trend, trend
from bot.core.findings.reading import readable
from bot.core.findings.seen import Listed, Wanted
from bot.core.span import Span
from bot.core.view import Caveat, Receipt

_READ = 2_000
"""So many new findings are looked at to tell this week from the last one."""


class Summary(Request):
    """Of the findings updated within `span` (None: of all that are open)."""

    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All counts; how many came up anew, archived ones among them (None where too many did to read them all)."""

    listed: Listed
    trend: Trend | None
    caveats: tuple[Caveat, ...]
    receipt: Receipt
    span_words: str = ""


def summary(request: Summary, reach: Reach) -> Answer:
    """Count what is open, and read what is new; raises where nothing could be asked at all."""
    now, ports = reach.ports.now(), reach.ports
    since = request.span.since if request.span else None
    listed = ports.findings.listed(Wanted(since=since, limit=0), reach.progress)
    reach.progress("Comparing this week with the last one…")
    recent = Wanted(since=now - 2 * WEEK, limit=_READ)
    both = [ports.findings.listed(each, reach.progress) for each in (recent, replace(recent, archived=True))]
    told = None
    if not any(each.more for each in both):
        told = trend((finding.created_at for each in both for finding in readable(each.found)), now)
    calls = sum(each.api_calls for each in (listed, *both))
    return Answer(
        listed,
        told,
        tuple(dict.fromkeys(caveat for each in (listed, *both) for caveat in each.caveats)),
        Receipt("guardduty", (ports.now() - now).total_seconds(), cost_usd=0.0, api_calls=calls),
        request.span.words(now) if request.span else "",
    )
