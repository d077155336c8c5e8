"""Which findings are there?"""

from collections import Counter
from dataclasses import dataclass, replace

from bot.command import Reach, Request
from bot.core.amounts import counted
from bot.core.findings.bands import band
from bot.core.findings.finding import Finding
from bot.core.findings.reading import readable
from bot.core.findings.seen import Listed, Wanted
from bot.core.severity import Severity
from bot.core.span import Span
from bot.core.view import Caveat, Receipt

_BAD = (Severity.CRITICAL, Severity.HIGH)


class ListFindings(Request):
    """Of this severity and worse, updated within `span` (None: as far back as GuardDuty keeps them, 90 days).

    Accounts by id, regions and types, empty for all; `archived` asks for archived ones, and no others.
    """

    severity: Severity | None = None
    span: Span | None = None
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    archived: bool = False

    @property
    def wanted(self) -> Wanted:
        """The same as GuardDuty is asked for it."""
        since = self.span.since if self.span else None
        return Wanted(self.severity, since, self.accounts, self.regions, self.types, archived=self.archived)


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is, and the newest of it that can be read, the worst first."""

    listed: Listed
    findings: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    receipt: Receipt
    span_words: str = ""


def listing(request: ListFindings, reach: Reach) -> Answer:
    """Ask GuardDuty everywhere; raises where nothing could be asked at all."""
    began = reach.ports.now()
    listed = _listed(request.wanted, reach)
    findings = readable(listed.found)
    return Answer(
        listed,
        tuple(sorted(findings, key=lambda each: -each.severity)),  # stable: the newest first within each
        (*listed.caveats, *unread(len(listed.found) - len(findings)), *beyond(listed)),
        Receipt(
            "guardduty",
            (reach.ports.now() - began).total_seconds(),
            cost_usd=0.0,
            api_calls=listed.api_calls,
        ),
        request.span.words(began) if request.span else "",
    )


def _listed(wanted: Wanted, reach: Reach) -> Listed:
    """The newest; of too many to read them all, the newest bad ones too, however old they are."""
    listed = reach.ports.findings.listed(wanted, reach.progress)
    read = Counter(band(each.severity) for each in readable(listed.found))
    bad = [each for each in _BAD if listed.counts.by_severity.get(each, 0) > read[each]]
    if not listed.more or not bad or wanted.severity in _BAD:
        return listed
    worst = reach.ports.findings.listed(replace(wanted, severity=Severity.HIGH), reach.progress)
    found = tuple({each.kept: each for each in (*listed.found, *worst.found)}.values())
    return replace(
        listed,
        found=found,
        more=max(0, listed.total - len(found)),
        api_calls=listed.api_calls + worst.api_calls,
        caveats=tuple(dict.fromkeys((*listed.caveats, *worst.caveats))),
    )


def unread(count: int) -> list[Caveat]:
    """Findings that lack what every finding has."""
    said = f"{counted(count, 'finding')} that GuardDuty gave in a form I don’t know"
    return [Caveat("findings-unread", said)] if count else []


def beyond(listed: Listed) -> list[Caveat]:
    """Those that are counted only."""
    said = (
        f"{counted(listed.more, 'finding')}, which I counted and did not read: "
        "ask for less with --severity, --since, --type or --account"
    )
    return [Caveat("findings-beyond", said)] if listed.more else []
