"""Advice over a few opinions that a test writes down, the ports over it, and the answer's view."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.advice.classic import BY_ID, CLASSIC
from bot.core.advice.opinion import Check, Flagged, Opinion, Opinions, Refreshed
from bot.core.view import Caveat
from commands.advisor import advisor

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
PROD, STAGING = "111122223333", "444455556666"
GROUPS, BUCKETS, ROOT, KEYS, EXPOSED, DISKS = (
    "HCP4007jGY",
    "Pfx0RwqBli",
    "7DAFEmoDos",
    "DqdJqYeRm5",
    "12Fnkpl8Y5",
    "ePs02jT06w",
)
IDLE = Check(
    "Qch7DwouX1", "Low Utilization Amazon EC2 Instances", "cost_optimizing", "Instances hardly used."
)
NO_PLAN = Caveat("no-support-plan", "prod: Trusted Advisor’s API needs a plan, and this account has none")


def flag(name, status="error", why="it is open", region="eu-west-1", **more):
    return Flagged(name, region, status, why, **more)


def own(check, status="ok", *flagged, account=PROD, unknown=(), looked_at=3):
    return Opinion(BY_ID[check].check, "own", account, status, flagged, NOW, looked_at, tuple(unknown))


def theirs(check, status="ok", *flagged, hours=6, **more):
    made = own(check, status, *flagged, **more) if check in BY_ID else None
    known = made or Opinion(IDLE, "own", PROD, status, flagged, NOW)
    return replace(known, by="trusted-advisor", at=NOW - timedelta(hours=hours))


def green(*but):
    """Every classic check but these in order; exposed keys can't be told."""
    dark = own(EXPOSED, "not_available", unknown=("AWS looks for keys in public code",), looked_at=None)
    return [
        dark if each.check.id == EXPOSED else own(each.check.id)
        for each in CLASSIC
        if each.check.id not in but
    ]


class FakeAdvice:
    """Satisfies `bot.ports.Advice`; `more` are checks that only Trusted Advisor has."""

    def __init__(self, *found, plan="no", caveats=(), more=(), refreshed=None, fails=None):
        self.found, self.plan, self.caveats, self.more = found, plan, tuple(caveats), more
        self.refreshed, self.fails = refreshed or Refreshed("enqueued"), fails
        self.asked, self.again = [], []

    def checks(self):
        return (*(each.check for each in CLASSIC), *self.more)

    def opinions(self, checks, accounts, progress):
        self.asked.append((tuple(checks), tuple(accounts)))
        if self.fails:
            raise self.fails
        found = tuple(
            one
            for one in self.found
            if (not checks or one.check.id in checks) and (not accounts or one.account_id in accounts)
        )
        return Opinions(found, self.plan, self.caveats, 42)

    def refresh(self, check):
        self.again.append(check)
        if self.fails:
            raise self.fails
        return self.refreshed


class Ports:
    """The ports over it."""

    zone = UTC

    def __init__(self, advice):
        self.advice = advice
        self.accounts = {PROD: "prod", STAGING: "staging"}

    def now(self):
        return NOW


def ask(*words, advice):
    """The answer's view."""
    return advisor.answer(words, Ports(advice))
