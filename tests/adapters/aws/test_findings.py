"""Findings of every account and region, each once, the newest first."""

from datetime import UTC, datetime

import pytest

from bot.core.findings.counts import Counts
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.embedded.aws import HOME, PROD, STAGING
from bot.errors import NotFound
from tests.adapters.aws.findings_world import EAST, SSH, TOR, Asked, findings, put, silent

HIGH, LOW = Severity.HIGH, Severity.LOW


@pytest.fixture
def held(world):
    """Three accounts' worth of findings: prod's here and there, staging's, an archived one."""
    world.aws.findings.organization.delegate("")
    made = [
        put(world, 1, severity=9.5),
        put(world, 2, region=EAST, severity=2, type=SSH),
        put(world, 3, STAGING),
        put(world, 4, STAGING, EAST, severity=4),
        put(world, 5, archived=True),
    ]
    yield made
    world.aws.findings.organization.delegate("")


def ids(listed):
    return [each.kept.finding_id for each in listed.found]


def test_all_accounts_and_regions_are_one_list_the_newest_first(held, session):
    listed = findings(session).listed(Wanted(), silent)

    assert ids(listed) == ["f0004", "f0003", "f0002", "f0001"]
    assert (listed.places, listed.total, listed.more) == (4, 4, 0)
    assert listed.counts == Counts(
        {Severity.CRITICAL: 1, LOW: 1, HIGH: 1, Severity.MEDIUM: 1},
        {TOR: {Severity.CRITICAL: 1, HIGH: 1, Severity.MEDIUM: 1}, SSH: {LOW: 1}},
        {PROD.id: {Severity.CRITICAL: 1, LOW: 1}, STAGING.id: {HIGH: 1, Severity.MEDIUM: 1}},
    )
    assert [(each.kept.account_id, each.kept.region) for each in listed.found[:2]] == [
        (STAGING.id, EAST),
        (STAGING.id, HOME),
    ]


def test_a_finding_has_eventbridges_form(held, session):
    listed = findings(session).listed(Wanted(severity=Severity.CRITICAL), silent)

    assert listed.found[0].detail == held[0]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(severity=HIGH), ["f0003", "f0001"]),
        (Wanted(since=datetime(2026, 9, 8, 0, 3, tzinfo=UTC)), ["f0004", "f0003"]),
        (Wanted(accounts=(STAGING.id,)), ["f0004", "f0003"]),
        (Wanted(regions=(EAST,)), ["f0004", "f0002"]),
        (Wanted(types=(SSH,)), ["f0002"]),
        (Wanted(types=("*sshbrute*",)), ["f0002"]),
        (Wanted(types=("*Quantum*",)), []),
        (Wanted(archived=True), ["f0005"]),
    ],
)
def test_what_is_wanted_alone_is_given(held, session, wanted, found):
    assert ids(findings(session).listed(wanted, silent)) == found


def test_what_an_administrator_sees_is_asked_for_once(world, held, session):
    """Its copy and its member's are one finding."""
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)
    asked = Asked(session)

    listed = findings(session).listed(Wanted(), silent)

    assert ids(listed) == ["f0004", "f0003", "f0002", "f0001"]
    assert listed.places == 2
    assert asked.counts["ListFindings"] == 2


def test_a_member_whose_administrator_is_another_known_account_is_seen_through_it(world, held, session):
    world.aws.findings.organization.delegate(STAGING.id, PROD.id)

    listed = findings(session).listed(Wanted(), silent)

    assert ids(listed) == ["f0004", "f0003", "f0002", "f0001"]
    assert listed.places == 2


def test_a_member_alone_has_its_own(world, held, session):
    """No way leads to its administrator."""
    world.aws.findings.organization.delegate(STAGING.id, PROD.id)

    assert ids(findings(session, staging=False).listed(Wanted(), silent)) == ["f0002", "f0001"]


def test_of_an_account_that_only_its_administrator_sees_nothing_is_missing(world, held, session):
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)

    listed = findings(session, staging=False).listed(Wanted(accounts=(STAGING.id,)), silent)

    assert ids(listed) == ["f0004", "f0003"]
    assert "account-not-asked" not in [each.code for each in listed.caveats]


def test_which_detectors_there_are_is_asked_once_a_minute(held, session):
    now, asked = [0.0], Asked(session)
    adapter = findings(session, staging=False, clock=lambda: now[0])
    for at in (0, 59, 61):
        now[0] = at
        adapter.listed(Wanted(), silent)

    assert asked.counts["ListDetectors"] == 2 * 2
    assert asked.counts["ListFindings"] == 3 * 2


def test_one_is_found_wherever_it_is(held, session):
    seen = findings(session).one("f0004", silent)

    assert (seen.kept.account_id, seen.kept.region, seen.detail["severity"]) == (STAGING.id, EAST, 4)


def test_one_that_is_archived_is_found_too(held, session):
    assert findings(session).one("f0005", silent).detail["service"]["archived"] is True


def test_one_that_is_nowhere_is_not_found_and_how_many_places_were_looked_into(held, session):
    with pytest.raises(NotFound, match="in 4 places that I looked into") as refused:
        findings(session).one("f9999", silent)

    assert "90 days" in refused.value.hint
