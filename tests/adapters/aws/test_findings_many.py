"""Of many findings the newest are read and all are counted, by GuardDuty itself."""

import pytest

from bot.core.findings.counts import Counts
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.embedded.aws import HOME, PROD, STAGING
from tests.adapters.aws.findings_world import SSH, TOR, Asked, findings, put, silent

CRITICAL, HIGH, MEDIUM, LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW


@pytest.fixture
def many(world):
    """Thirty of each severity in prod, some in staging, which prod administers."""
    world.aws.findings.organization.delegate("")
    return [put(world, 100 + n, severity=(9.5, 8, 5, 2.5)[n % 4], type=(TOR, SSH)[n % 2]) for n in range(120)]


def ids(listed):
    return [each.kept.finding_id for each in listed.found]


def test_only_the_newest_are_read_and_all_are_counted(world, many, session):
    asked = Asked(session)

    listed = findings(session, regions=(HOME,), staging=False).listed(Wanted(limit=60), silent)

    assert ids(listed) == [each["id"] for each in reversed(many[60:])]
    assert (listed.total, listed.more) == (120, 60)
    assert listed.counts == Counts(
        {Severity.CRITICAL: 30, HIGH: 30, Severity.MEDIUM: 30, LOW: 30},
        {TOR: {Severity.CRITICAL: 30, Severity.MEDIUM: 30}, SSH: {HIGH: 30, LOW: 30}},
        {PROD.id: {Severity.CRITICAL: 30, HIGH: 30, Severity.MEDIUM: 30, LOW: 30}},
    )
    assert (asked.counts["ListFindings"], asked.counts["GetFindings"]) == (2, 2)
    assert asked.counts["GetFindingsStatistics"] == 5
    assert listed.api_calls == len(asked.sent)


def test_counted_by_guardduty_or_by_us_it_is_the_same(world, many, session):
    """Whichever is cheaper is done; who reads must not tell."""
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)
    for n in range(7):
        put(world, 900 + n, STAGING, severity=4.5)
    adapter = findings(session, regions=(HOME,))

    counted, read = (adapter.listed(Wanted(limit=limit), silent) for limit in (0, 1_000))
    world.aws.findings.organization.delegate("")

    assert counted.counts == read.counts
    assert read.counts.by_account[STAGING.id] == {MEDIUM: 7}
    assert (counted.found, counted.more, read.more) == ((), 127, 0)


def test_counts_keep_to_what_is_wanted(world, many, session):
    wanted = Wanted(severity=HIGH, types=(TOR,), limit=0)
    listed = findings(session, regions=(HOME,), staging=False).listed(wanted, silent)

    assert listed.counts == Counts({CRITICAL: 30}, {TOR: {CRITICAL: 30}}, {PROD.id: {CRITICAL: 30}})
