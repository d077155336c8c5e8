"""Findings, where they can be changed: by the account that administers GuardDuty there.

A finding of a member account names the member's detector, which the administrator can't use: it is changed by the
administrator's own detector of that region (https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.adapters.aws.errors import code
from bot.adapters.aws.findings_asked import Asked
from bot.adapters.aws.findings_detector import Station
from bot.adapters.aws.findings_gathered import gathered, read, updated
from bot.adapters.aws.findings_stations import Looked, Stations
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.ways import Ways
from bot.core.alert import Finding
from bot.core.configuration.item import Place
from bot.core.findings.seen import Listed, Seen, Suppression, Wanted
from bot.core.severity import Severity
from bot.errors import BadRequest, NotFound, Upstream

_MOST: Final = 50
"""So many ids a request takes (docs: API_ArchiveFindings)."""
_EXAMPLES: Final = 50
_REFUSED: Final = "BadRequestException"
_CONSOLE: Final = "Do it in GuardDuty's console, signed in to the account that administers GuardDuty."


@dataclass(frozen=True, slots=True)
class _Held:
    """Findings with the place that has them for good."""

    asked: Asked
    station: Station
    seen: tuple[Seen, ...]


class AwsFindingChanges:
    """Satisfies `bot.ports.FindingChanges`; many threads may use it. Nothing is changed before all is found."""

    def __init__(self, ways: Ways, *, pace: Callable[[], Pace] = Pace) -> None:
        self._stations = Stations(ways, pace)

    def seen(self, finding: Finding) -> Seen:
        """It, as who administers it has it; raises AccessDenied, NotFound, Upstream."""
        return next(each for held in self._held([finding]) for each in held.seen)

    def archive(self, findings: Sequence[Finding]) -> None:
        """Archive them; raises AccessDenied, NotFound, Upstream."""
        self._change(findings, "archive_findings", "archive")

    def unarchive(self, findings: Sequence[Finding]) -> None:
        """Take them out of the archive; raises the same."""
        self._change(findings, "unarchive_findings", "unarchive")

    def judge(self, finding: Finding, *, useful: bool) -> None:
        """Tell GuardDuty whether it was of use; raises the same."""
        said = "USEFUL" if useful else "NOT_USEFUL"
        self._change([finding], "update_findings_feedback", "judge", Feedback=said)

    def would_hide(self, rule: Suppression, since: datetime) -> Listed:
        """What it would have archived since then (found or updated), by the detector that it would hold for.

        Of many the newest are read, and the newest critical ones: those must be seen before anything is hidden.
        """
        tally = Tally()
        asked, station = self._decides(rule.place, tally)
        wanted = Wanted(since=since, archived=None, matching=rule.criteria, limit=_EXAMPLES)
        found = gathered(asked, station, wanted)
        hidden = found.counts.by_severity.get(Severity.CRITICAL) and not found.whole
        critical = (
            gathered(asked, station, replace(wanted, severity=Severity.CRITICAL)).found if hidden else ()
        )
        once = {each.kept: each for each in (*found.found, *critical)}
        examples = tuple(sorted(once.values(), key=updated, reverse=True))
        more = max(0, found.counts.total - len(examples))
        return Listed(examples, found.counts, 1, more, api_calls=tally.calls)

    def suppress(self, rule: Suppression) -> None:
        """Make the rule; raises BadRequest where GuardDuty does not take it as it is."""
        asked, station = self._decides(rule.place, Tally())
        criteria = {path: {"Equals": list(values)} for path, values in rule.criteria.items()}
        try:
            asked.ask(
                "create_filter",
                "",
                DetectorId=station.detector_id,
                Name=rule.name,
                Description=rule.description,
                Action="ARCHIVE",
                FindingCriteria={"Criterion": criteria},
            )
        except Upstream as error:
            if code(error) != _REFUSED:
                raise
            raise _no_rule(rule, station, _words(error)) from error

    def _change(self, findings: Sequence[Finding], operation: str, verb: str, **more: str) -> None:
        for held in self._held(findings):
            ids = [each.kept.finding_id for each in held.seen]
            for begin in range(0, len(ids), _MOST):
                with _administered(held.station, held.seen[0].kept, verb):
                    batch = ids[begin : begin + _MOST]
                    held.asked.ask(operation, DetectorId=held.station.detector_id, FindingIds=batch, **more)

    def _held(self, findings: Sequence[Finding]) -> list[_Held]:
        places: dict[Place, list[str]] = {}
        for each in dict.fromkeys(findings):
            places.setdefault(Place(each.account_id, each.region), []).append(each.finding_id)
        return [held for place, ids in places.items() for held in self._of(place, ids)]

    def _of(self, place: Place, ids: list[str]) -> Iterator[_Held]:
        """ArchiveFindings says nothing of ids that it does not know: what is not there would seem archived."""
        tally, missing = Tally(), ids
        looked = self._look(place, tally)
        for station in sorted(looked.holding, key=lambda each: not each.concerns({place.account_id})):
            asked = self._stations.to(station.place, tally)
            seen = tuple(read(asked, station.detector_id, missing)) if missing else ()
            known = {each.kept.finding_id for each in seen}
            missing = [each for each in missing if each not in known]
            if seen:
                yield _Held(asked, station, seen)
        if missing:
            raise NotFound(
                f"GuardDuty shows this account no such finding of account {place.account_id} in {place.region} "
                f"({missing[0]}): it is older than 90 days, or this account does not administer that one's GuardDuty."
                f"{_unasked(looked)}",
                _CONSOLE,
            )

    def _decides(self, place: Place, tally: Tally) -> tuple[Asked, Station]:
        """The detector whose filters hold there; raises NotFound."""
        looked = self._look(place, tally)
        for station in looked.holding:
            if station.concerns({place.account_id}):
                return self._stations.to(station.place, tally), station
        raise NotFound(
            f"No GuardDuty that I may ask administers account {place.account_id} in {place.region}."
            f"{_unasked(looked)}",
            _CONSOLE,
        )

    def _look(self, place: Place, tally: Tally) -> Looked:
        looked = self._stations.look((place.account_id,), (place.region,), tally, lambda _words: None)
        if not looked.holding:
            raise NotFound(
                f"This account has no GuardDuty detector in {place.region}.{_unasked(looked)}", _CONSOLE
            )
        return looked


@contextmanager
def _administered(station: Station, finding: Finding, verb: str) -> Iterator[None]:
    """What a member account hears when it changes something: a BadRequestException (docs: guardduty_accounts)."""
    try:
        yield
    except Upstream as error:
        if code(error) != _REFUSED:
            raise
        raise NotFound(
            f"GuardDuty does not let this account {verb} findings of account {finding.account_id}{_whose(station)}: "
            f"{_words(error)}",
            _CONSOLE,
        ) from error


def _no_rule(rule: Suppression, station: Station, words: str) -> BadRequest | NotFound:
    if "already exists" in words:
        return BadRequest(f"There is a rule or filter called {rule.name} already.", "Give it another name.")
    if "limit" in words:
        return BadRequest("GuardDuty has 100 filters there, and takes no more.", "Delete one in its console.")
    if station.told.administrator:
        return NotFound(
            f"GuardDuty does not let this account make rules in {rule.place.region}{_whose(station)}: {words}",
            _CONSOLE,
        )
    return BadRequest(f"GuardDuty does not take the rule {rule.name}: {words}", _CONSOLE)


def _whose(station: Station) -> str:
    administrator = station.told.administrator
    return f" (account {administrator} administers it)" if administrator else ""


def _words(error: Upstream) -> str:
    response: Mapping[str, Any] = getattr(error.__cause__, "response", {})
    return str(response.get("Error", {}).get("Message", ""))


def _unasked(looked: Looked) -> str:
    return f" I could not ask in {looked.refused.said[0][0]}." if looked.refused.said else ""
