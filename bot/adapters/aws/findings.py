"""The findings of GuardDuty in every account and region that the settings let us ask in."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from bot.adapters.aws.findings_detector import Station
from bot.adapters.aws.findings_gathered import Gathered, gathered, read, tallied, updated
from bot.adapters.aws.findings_rules import rules, undecided
from bot.adapters.aws.findings_stations import Looked, Stations
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.together import Refusals, together
from bot.adapters.aws.ways import Ways
from bot.core.amounts import counted
from bot.core.findings.counts import Counts
from bot.core.findings.rules import Rules
from bot.core.findings.seen import Detector, Detectors, Listed, Seen, Wanted
from bot.core.findings.unseen import unseen
from bot.core.view import Caveat
from bot.errors import NotFound
from bot.ports import Progress

_FRESH = 60.0
_EACH = 20
"""Of so many accounts each one's protections are looked at, though their administrator has their findings."""
_NAMELESS: Mapping[str, str] = MappingProxyType({})


class AwsFindings:
    """Satisfies `bot.ports.Findings`; `ways` lead to the accounts, `names` are theirs by id. Many threads may ask.

    Which detectors there are holds for a minute; `clock` counts seconds.
    """

    def __init__(
        self,
        ways: Ways,
        names: Mapping[str, str] = _NAMELESS,
        *,
        pace: Callable[[], Pace] = Pace,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ways, self._names, self._clock = ways, names, clock
        self._stations = Stations(ways, pace)
        self._lock = threading.Lock()
        self._looked: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[float, Looked]] = {}

    def listed(self, wanted: Wanted, progress: Progress) -> Listed:
        """Those that are wanted, of every place, each once; raises where nothing could be asked at all."""
        tally, refusals = Tally(), Refusals("guardduty-refused")
        looked = self._look(wanted.accounts, wanted.regions, tally, progress)
        stations = [each for each in looked.holding if each.concerns(wanted.accounts)]
        progress(f"Reading the findings of {counted(len(stations), 'place')}…")
        asks = [
            (self._ways.words(each.place), partial(self._gathered, each, wanted, tally)) for each in stations
        ]
        answers = together(asks, refusals)
        if refusals.said and not answers:
            raise refusals.said[0][1]
        found = _unique(answers)
        counts = tallied(found) if all(each.whole for each in answers) else _sum(answers)
        newest = found[: wanted.limit]
        return Listed(
            found=newest,
            counts=counts,
            places=len(answers),
            more=max(0, counts.total - len(newest)),
            caveats=(*refusals.caveats("blind"), *self._caveats(looked, wanted.accounts)),
            api_calls=tally.calls,
        )

    def one(self, finding_id: str, progress: Progress) -> Seen:
        """One by its id, wherever it is; raises NotFound."""
        tally, refusals = Tally(), Refusals("guardduty-refused")
        looked = self._look((), (), tally, progress)
        progress("Looking for the finding…")
        asks = [
            (self._ways.words(each.place), partial(self._read, each, finding_id, tally))
            for each in looked.holding
        ]
        answers = together(asks, refusals)
        for seen in (each for found in answers for each in found if each.kept.finding_id == finding_id):
            return seen
        unasked = [*refusals.said, *looked.refused.said]
        if unasked and not answers:
            raise unasked[0][1]
        blind = f" I could not look in {unasked[0][0]}: {unasked[0][1].message}" if unasked else ""
        raise NotFound(
            f"GuardDuty has no finding {finding_id} in {counted(len(answers), 'place')} that I looked into.{blind}",
            "It keeps findings for 90 days. What there is: /guardduty list",
        )

    def detectors(self, progress: Progress) -> Detectors:
        """Every detector that was looked for; of very many members their administrator's word is taken."""
        tally = Tally()
        others = {each.account_id for each in self._ways.others()}
        looked = self._stations.look((), (), tally, progress, members_too=len(others) <= _EACH)
        found = sorted((each.told for each in looked.stations), key=_placed)
        caveats = (
            *looked.refused.caveats("blind"),
            *looked.unsaid.caveats("note"),
            *_passed_over(looked),
            *self._unasked(looked, ()),
        )
        return Detectors(tuple(found), caveats, tally.calls)

    def suppressions(self, progress: Progress) -> Rules:
        """The rules of every place that decides for itself; those that only an unasked administrator sees are a caveat."""
        tally, refusals = Tally(), Refusals("guardduty-refused")
        looked = self._look((), (), tally, progress)
        deciding = [each for each in looked.holding if not each.told.administrator]
        progress(f"Reading the rules of {counted(len(deciding), 'place')}…")
        asks = [
            (
                self._ways.words(each.place),
                partial(rules, self._stations.to(each.place, tally), each.detector_id),
            )
            for each in deciding
        ]
        answers = together(asks, refusals)
        if refusals.said and not answers:
            raise refusals.said[0][1]
        elsewhere = [each for each in looked.holding if each.told.administrator]
        return Rules(
            tuple(rule for each in answers for rule in each),
            len(answers),
            (*refusals.caveats("blind"), *undecided(elsewhere, self._name), *self._caveats(looked, ())),
            tally.calls,
        )

    def _look(
        self,
        accounts: Sequence[str],
        regions: Sequence[str],
        tally: Tally,
        progress: Progress,
    ) -> Looked:
        asked = tuple(accounts), tuple(regions)
        with self._lock:
            until, known = self._looked.get(asked, (0.0, None))
        if known and self._clock() < until:
            return known
        looked = self._stations.look(*asked, tally, progress)
        with self._lock:
            now = self._clock()
            held = {key: each for key, each in self._looked.items() if each[0] > now}
            self._looked = {**held, asked: (now + _FRESH, looked)}
        return looked

    def _gathered(self, station: Station, wanted: Wanted, tally: Tally) -> Gathered:
        return gathered(self._stations.to(station.place, tally), station, wanted)

    def _read(self, station: Station, finding_id: str, tally: Tally) -> list[Seen]:
        return read(self._stations.to(station.place, tally), station.detector_id, [finding_id])

    def _caveats(self, looked: Looked, accounts: Sequence[str]) -> tuple[Caveat, ...]:
        return (
            *looked.refused.caveats("blind"),
            *unseen([each.told for each in looked.stations if each.concerns(accounts)], self._name),
            *looked.unsaid.caveats("note"),
            *self._unasked(looked, accounts),
        )

    def _unasked(self, looked: Looked, accounts: Sequence[str]) -> list[Caveat]:
        """Accounts that no role leads to, and that no administrator among those asked sees."""
        seen = {member for each in looked.stations for member in each.members}
        missing = [
            each for each in (accounts or self._names) if each not in seen and not self._ways.leads_to(each)
        ]
        why = "not looked at, as no role of it is in the settings (accounts, role_arn), and no GuardDuty asked has it"
        return [
            Caveat(
                "account-not-asked",
                f"{self._name(each)}: {why}",
                "blind" if accounts else "note",
            )
            for each in missing
        ]

    def _name(self, account_id: str) -> str:
        return self._names.get(account_id) or account_id or "this account"


def _placed(detector: Detector) -> tuple[str, str]:
    return detector.place.account_id, detector.place.region


def _passed_over(looked: Looked) -> list[Caveat]:
    """Members at which nobody looked, as their administrator sees what they find."""
    found = {each.place for each in looked.stations}
    accounts = {each.account_id for each in looked.covered if each not in found}
    said = f"which protections are on in {counted(len(accounts), 'member account')}: I asked their administrator alone"
    return [Caveat("members-not-looked-at", said)] if accounts else []


def _unique(answers: Sequence[Gathered]) -> tuple[Seen, ...]:
    """Each finding once, the newest first."""
    once = {each.kept: each for answer in answers for each in answer.found}
    return tuple(sorted(once.values(), key=updated, reverse=True))


def _sum(answers: Sequence[Gathered]) -> Counts:
    total = Counts()
    for each in answers:
        total += each.counts
    return total
