"""Whose GuardDuty is asked: our own, the administrators', and then those that no administrator sees anyway."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bot.adapters.aws.findings_asked import PATIENT, Asked
from bot.adapters.aws.findings_detector import Station, station
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.session import client
from bot.adapters.aws.together import Refusals, together
from bot.adapters.aws.ways import Ways
from bot.core.configuration.item import Place
from bot.errors import Upstream
from bot.ports import Progress

_SERVICE: Final = "guardduty"
_KEPT: Final = 64
"""So many clients are kept: an organization's every place would be thousands."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found where; `covered` places are seen by an administrator's, `refused` are told as caveats."""

    stations: tuple[Station, ...]
    covered: frozenset[Place]
    refused: Refusals
    unsaid: Refusals

    @property
    def holding(self) -> tuple[Station, ...]:
        """Those whose findings make up everything, each finding once."""
        return tuple(each for each in self.stations if each.detector_id and each.place not in self.covered)


class Stations:
    """The ways to them; `regions` are where an account of no named regions is looked into. Many threads may ask."""

    def __init__(self, ways: Ways, pace: Callable[[], Pace] = Pace) -> None:
        self.ways = ways
        self._pace, self._lock = pace, threading.Lock()
        self._clients: OrderedDict[Place, tuple[Any, Pace]] = OrderedDict()

    def to(self, place: Place, tally: Tally) -> Asked:
        """GuardDuty there; raises NotConfigured where no role leads to its account."""
        with self._lock:
            if place not in self._clients:
                made = client(_SERVICE, place.region, self.ways.session(place.account_id), PATIENT)
                self._clients[place] = (made, self._pace())
            self._clients.move_to_end(place)
            while len(self._clients) > _KEPT:
                self._clients.popitem(last=False)
            return Asked(place, *self._clients[place], tally)

    def look(
        self,
        accounts: Sequence[str],
        regions: Sequence[str],
        tally: Tally,
        progress: Progress,
        *,
        members_too: bool = False,
    ) -> Looked:
        """Look at the detectors of these accounts (all, where none is named), and at those that may see theirs.

        `members_too` looks at those as well whose findings an administrator has. Raises what AWS said where nothing
        at all answered.
        """
        looking = _Looking(self, regions, tally)
        own = self.ways.home().account_id
        others = tuple(dict.fromkeys(each.account_id for each in self.ways.others()))
        progress("Looking for GuardDuty’s detectors…")
        looking.visit([own])
        looking.visit([each for each in others if each in looking.administrators])
        rest = [each for each in others if each not in looking.seen and (not accounts or each in accounts)]
        looking.visit(rest, members_too=members_too)
        looking.refused.raise_if_alone(tally)
        if not tally.answered:
            raise Upstream(
                "AWS does not accept the bot’s credentials in any region.", "Run: noroshi doctor --only aws"
            )
        return looking.result()

    def regions(self, account_id: str) -> tuple[str, ...]:
        """Where an account is looked into: the regions that the settings name for it, else all of GuardDuty's."""
        return self.ways.regions(account_id) or self.ways.every_region(_SERVICE)


class _Looking:
    """One look, account by account: what an administrator sees needs no look of its own."""

    def __init__(self, stations: Stations, regions: Sequence[str], tally: Tally) -> None:
        self._stations, self._regions, self._tally = stations, tuple(regions), tally
        self.refused, self.unsaid = Refusals("guardduty-refused"), Refusals("guardduty-unsaid")
        self.found: list[Station] = []
        self.seen: set[str] = set()
        self._passed: set[Place] = set()

    @property
    def administrators(self) -> set[str]:
        """The accounts that administer one that was looked at."""
        return {each.told.administrator for each in self.found}

    def visit(self, accounts: Sequence[str], *, members_too: bool = False) -> None:
        """Look at every place of these accounts; at one that an administrator sees only if `members_too`."""
        self.seen |= set(accounts)
        places = [
            Place(account, region)
            for account in accounts
            for region in self._regions or self._stations.regions(account)
        ]
        seen = {Place(member, each.place.region) for each in self.found for member in each.members}
        self._passed |= seen & set(places)
        words = self._stations.ways.words
        asked = [each for each in places if members_too or each not in seen]
        asks = [(words(each), partial(self._station, each)) for each in asked]
        self.found += together(asks, self.refused, sweeping=True)

    def _station(self, place: Place) -> Station:
        return station(self._stations.to(place, self._tally), self._stations.ways.words(place), self.unsaid)

    def result(self) -> Looked:
        """All of it."""
        holding = {each.place for each in self.found if each.detector_id}
        covered = {
            each.place
            for each in self.found
            if Place(each.told.administrator, each.place.region) in holding
            or any(
                each.place.account_id in other.members and each.place.region == other.place.region
                for other in self.found
            )
        }
        return Looked(tuple(self.found), frozenset(covered | self._passed), self.refused, self.unsaid)
