"""GuardDuty's findings and the checks, in short: each once, and unknown where nobody looks."""

import pytest

from bot.core.advice.opinion import Check, Opinion, Opinions
from bot.core.findings.counts import Counts
from bot.core.findings.seen import Listed
from bot.core.glance import Advised
from bot.core.severity import Severity
from bot.core.view import Caveat
from bot.edges import looks
from bot.edges.links import Links
from bot.errors import Upstream
from tests.glanced import NOW, PROD

REFUSED = Caveat("guardduty-refused", "staging: AWS refused guardduty:ListDetectors", "blind")
OFF = Caveat("guardduty-off", "eu-west-3: GuardDuty is off there", "note")


class Findings:
    def __init__(self, places, *caveats, **by_severity):
        counts = Counts({Severity(name): count for name, count in by_severity.items()})
        self.told = Listed((), counts, places, caveats=caveats)

    def listed(self, wanted, progress):
        assert wanted.limit == 1
        return self.told


class Advice:
    def __init__(self, *statuses, caveats=()):
        checks = [Check(str(n), f"check {n}", "security") for n in range(len(statuses))]
        found = (
            Opinion(check, "own", PROD, status, (), NOW)
            for check, status in zip(checks, statuses, strict=True)
        )
        self.told = Opinions(tuple(found), "no", caveats)

    def opinions(self, checks, accounts, progress):
        assert (checks, accounts) == ((), ())
        return self.told


def test_every_severity_has_its_number_and_what_refused_is_counted():
    seen = looks.open_findings(Findings(3, REFUSED, OFF, high=2))

    assert seen.value == dict.fromkeys(Severity, 0) | {Severity.HIGH: 2}
    assert (seen.unseen, seen.why) == (1, REFUSED.message)


@pytest.mark.parametrize(
    ("caveats", "why"), [((OFF,), OFF.message), ((), "GuardDuty is on nowhere that I may look")]
)
def test_where_guardduty_is_on_nowhere_nothing_is_known(caveats, why):
    seen = looks.open_findings(Findings(0, *caveats))

    assert (seen.value, seen.why) == (None, why)


def test_checks_are_counted_by_their_colour():
    seen = looks.advice(Advice("error", "warning", "warning", "ok", "not_available", caveats=(REFUSED,)))

    assert seen.value == {PROD: Advised(1, 2, 1)}
    assert (seen.unseen, seen.why) == (1, REFUSED.message)


class Slack:
    def __init__(self):
        self.asked, self.failing = 0, False

    def link(self, channel, ts):
        self.asked += 1
        if self.failing:
            raise Upstream("Slack is away.")
        return f"https://acme.slack.com/{channel}/{ts}"


def test_slack_is_asked_once_for_each_address():
    slack = Slack()
    links = Links(slack.link)

    assert {links("C1", "1.1") for _ in range(5)} == {"https://acme.slack.com/C1/1.1"}
    assert slack.asked == 1


def test_where_slack_does_not_say_there_is_no_link_now_and_it_is_asked_again():
    slack = Slack()
    links, slack.failing = Links(slack.link), True
    assert links("C1", "1.1") == ""
    slack.failing = False

    assert links("C1", "1.1") == "https://acme.slack.com/C1/1.1"


def test_no_more_addresses_are_kept_than_anybody_asks_for():
    slack = Slack()
    links = Links(slack.link)
    for n in range(3_000):
        links("C1", str(n))

    assert len(links._known) == 1_000
    assert links("C1", "2999")
    assert slack.asked == 3_000
