"""A storm: somebody scans the whole fleet, and GuardDuty finds thousands of things in a minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.embedded.incident.chance import guid
from bot.embedded.incident.company import Company, Place
from bot.embedded.incident.finding_parts import instant
from bot.embedded.incident.storm.attacks import attacks
from bot.embedded.incident.storm.fleet import Json, fleet, service
from bot.embedded.incident.storm.kinds import CRITICAL, KINDS, Kind

__all__ = ["CRITICAL", "FINDINGS", "KINDS", "Storm"]

FINDINGS = 10_000


@dataclass(frozen=True)
class Storm:
    """So many findings at a moment, of 40 types, three Critical ones in the midst; `number` tells storms apart."""

    company: Company
    at: datetime
    number: int = 1
    findings: int = FINDINGS

    def events(self) -> Iterator[Json]:
        """Each finding as the event that a rule hands to the queue; a type comes at least once where there is room."""
        chance = Random(f"{self.company.seed}/storm/{self.number}")
        loud = dict(zip(self._places(), attacks(self.company, self.at, self.number), strict=True))
        kinds = iter(self._kinds(chance))
        for n in range(self.findings):
            detail = loud[n] if n in loud else self._finding(next(kinds), chance, n)
            yield self._event(detail, n)

    def _places(self) -> list[int]:
        return [self.findings * (n + 1) // (len(CRITICAL) + 1) for n in range(len(CRITICAL))]

    def _kinds(self, chance: Random) -> list[Kind]:
        wanted = self.findings - len(CRITICAL)
        weights = [kind.weight for kind in KINDS]
        often = chance.choices(KINDS, weights, k=max(0, wanted - len(KINDS)))
        drawn = [*KINDS, *often][:wanted]
        chance.shuffle(drawn)
        return drawn

    def _finding(self, kind: Kind, chance: Random, n: int) -> Json:
        machine = chance.choice(fleet(self.company))
        at = self.at - timedelta(seconds=chance.randrange(60))
        return {
            "schemaVersion": "2.0",
            "accountId": machine.place.account_id,
            "region": machine.place.region,
            "partition": "aws",
            "id": self.company.hexadecimal(f"storm/{self.number}/{n}", 32),
            "type": kind.type,
            "severity": kind.severity,
            "createdAt": instant(at),
            "updatedAt": instant(at),
            "title": "",
            "description": "",
            "resource": machine.resource,
            "service": service(kind, chance, at),
        }

    def _event(self, detail: Json, n: int) -> Json:
        place = Place(detail["accountId"], detail["region"])
        return {
            "version": "0",
            "id": guid(self.company.hexadecimal(f"storm event/{self.number}/{n}", 24)),
            "detail-type": "GuardDuty Finding",
            "source": "aws.guardduty",
            "account": place.account_id,
            "time": detail["updatedAt"].replace(".000Z", "Z"),
            "region": place.region,
            "resources": [],
            "detail": detail,
        }
