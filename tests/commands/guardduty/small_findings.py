"""Findings in memory, the ports over them, and an answer as a person reads it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.alert import Finding as Kept
from bot.core.configuration.item import Place
from bot.core.findings.bands import band
from bot.core.findings.counts import counted
from bot.core.findings.rules import Rules
from bot.core.findings.seen import Detector, Detectors, Listed, Seen
from bot.core.view import Caveat
from bot.errors import NotFound
from commands.guardduty import guardduty
from tests.sources.guardduty.findings import FIRES

NOW = datetime(2026, 9, 16, 14, 20, tzinfo=UTC)
PROD, STAGING = "111122223333", "444455556666"
OFF = Caveat("guardduty-off", "eu-west-3: GuardDuty is off there, so nobody looks", "blind")


def ident(number):
    return f"8cb9{number:028d}"


def seen(number=1, days=1, account=PROD, region="eu-west-1", **changes):
    """Our own finding, made and updated so many days ago; `service` changes some of its fields."""
    service = FIRES["detail"]["service"] | changes.pop("service", {})
    at = f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%S.000Z}"
    told = {"id": ident(number), "accountId": account, "region": region, "createdAt": at, "updatedAt": at}
    return Seen(Kept(account, region, ident(number)), FIRES["detail"] | told | {"service": service} | changes)


class FakeFindings:
    """Satisfies `bot.ports.Findings` over these, as far as the commands ask: archived or not, since, at most so many."""

    def __init__(self, *found, detectors=(), caveats=(), places=3, more=0, fails=None, rules=()):
        self.rules = tuple(rules)
        self.found, self.caveats, self.places, self.more = found, tuple(caveats), places, more
        self.standing, self.fails, self.asked = tuple(detectors), fails, []

    def listed(self, wanted, progress):
        self.asked.append(wanted)
        if self.fails:
            raise self.fails
        found = [each for each in self.found if self._is_wanted(each, wanted)]
        counts = counted(
            (each.detail["type"], each.kept.account_id, band(each.detail["severity"])) for each in found
        )
        read = tuple(found[: wanted.limit])
        return Listed(read, counts, self.places, self.more or len(found) - len(read), self.caveats, 7)

    def one(self, finding_id, progress):
        self.asked.append(finding_id)
        for each in self.found:
            if each.kept.finding_id == finding_id:
                return each
        raise NotFound(f"GuardDuty has no finding {finding_id}.", "It keeps findings for 90 days.")

    def detectors(self, progress):
        if self.fails:
            raise self.fails
        return Detectors(self.standing, self.caveats, 5)

    def suppressions(self, progress):
        if self.fails:
            raise self.fails
        return Rules(self.rules, self.places, self.caveats, 3)

    def _is_wanted(self, each, wanted):
        archived = bool(each.detail["service"].get("archived"))
        at = datetime.fromisoformat(each.detail["updatedAt"])
        return archived == wanted.archived and (wanted.since is None or at >= wanted.since)


class Ports:
    """The ports over these."""

    def __init__(self, findings, *, changes_findings=False):
        self.findings, self.accounts, self.zone = findings, {PROD: "prod", STAGING: "staging"}, UTC
        self.changes_findings = changes_findings

    def now(self):
        return NOW


def detector(region="eu-west-1", state="on", account=PROD, **more):
    return Detector(Place(account, region), state, **more)


def off(one, **more):
    return replace(one, state="off", **more)


def ask(*words, findings, **options):
    """The answer's view."""
    return guardduty.answer(words, Ports(findings, **options))


def labels(view):
    """What its buttons are, by kind."""
    return Counter(type(button).__name__ for button in view.buttons)
