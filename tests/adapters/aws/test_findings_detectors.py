"""Where GuardDuty is off, suspended or refused is told: nothing of it looks like nothing found."""

import pytest

from bot.core.findings.seen import Wanted
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.guardduty.detectors import switch
from bot.embedded.aws.guardduty.organization import detector_of
from bot.errors import AccessDenied, Upstream
from tests.adapters.aws.findings_world import BOTH, EAST, NAMES, Asked, findings, put, refuse, silent
from tests.aws_world import NOW

OFF = "eu-north-1"


@pytest.fixture(autouse=True)
def alone(world):
    """Every account on its own, all of GuardDuty on, and one finding in prod."""
    put(world, 1)
    world.aws.findings.organization.delegate("")
    yield
    for region in BOTH:
        for account in (PROD, STAGING):
            detector = detector_of((account.id, region))
            detector.enabled = True
    world.aws.findings.organization.delegate("")


def told(found):
    return [(each.code, each.weight, each.message) for each in found.caveats]


def test_a_region_where_it_is_off_is_a_caveat_and_no_error(session):
    listed = findings(session, regions=(HOME, OFF), staging=False).listed(Wanted(), silent)

    assert len(listed.found) == 1
    assert listed.places == 1
    assert told(listed) == [("guardduty-off", "note", f"where GuardDuty is off nobody looks: prod in {OFF}")]


def test_where_it_is_off_everywhere_the_answer_is_blind(session):
    listed = findings(session, regions=(OFF,), staging=False).listed(Wanted(), silent)

    assert (listed.found, listed.places) == ((), 0)
    assert [(code, weight) for code, weight, _ in told(listed)] == [("guardduty-off", "blind")]


def test_one_that_is_suspended_is_told(session):
    detector_of((PROD.id, EAST)).enabled = False

    listed = findings(session, staging=False).listed(Wanted(), silent)

    assert [code for code, _, _ in told(listed)] == ["guardduty-suspended"]


def test_a_region_that_is_not_switched_on_is_passed_over(session):
    refuse(session, "ListDetectors", EAST, "UnrecognizedClientException")

    listed = findings(session, staging=False).listed(Wanted(), silent)

    assert (len(listed.found), told(listed)) == (1, [])


def test_credentials_that_no_region_takes_are_an_error(session):
    refuse(session, "ListDetectors", code="UnrecognizedClientException")

    with pytest.raises(Upstream, match="does not accept the bot’s credentials"):
        findings(session, staging=False).listed(Wanted(), silent)


@pytest.mark.parametrize("operation", ["ListDetectors", "ListFindings", "GetFindings"])
def test_a_place_that_refuses_is_a_caveat_that_names_the_action(session, operation):
    put_there = findings(session, staging=False)
    refuse(session, operation, HOME)

    listed = put_there.listed(Wanted(), silent)

    ((code, weight, message),) = told(listed)
    assert (code, weight) == ("guardduty-refused", "blind")
    assert f"guardduty:{operation}" in message
    assert HOME in message


@pytest.mark.parametrize("operation", ["ListDetectors", "ListFindings"])
def test_a_refusal_everywhere_is_an_error_that_names_the_action(session, operation):
    refuse(session, operation)

    with pytest.raises(AccessDenied) as refused:
        findings(session, staging=False).listed(Wanted(), silent)

    assert refused.value.action == f"guardduty:{operation}"


@pytest.mark.parametrize("operation", ["GetDetector", "GetAdministratorAccount", "ListMembers"])
def test_findings_are_told_though_the_detector_tells_nothing_of_itself(session, operation):
    refuse(session, operation)

    listed = findings(session, staging=False).listed(Wanted(), silent)

    assert len(listed.found) == 1
    ((code, weight, message),) = told(listed)
    assert (code, weight) == ("guardduty-unsaid", "note")
    assert f"guardduty:{operation}" in message


def test_an_account_that_no_way_leads_to_is_told(session):
    adapter = findings(session, staging=False, names=NAMES)
    listed = adapter.listed(Wanted(accounts=(STAGING.id,)), silent)

    assert [each[:2] for each in told(adapter.listed(Wanted(), silent))] == [("account-not-asked", "note")]
    assert [each[:2] for each in told(listed)] == [("account-not-asked", "blind")]
    assert "staging: not looked at, as no role of it is in the settings" in told(listed)[0][2]


def test_every_detector_is_told_as_it_stands(world, session):
    switch(detector_of((PROD.id, HOME)), [{"Name": "LAMBDA_NETWORK_LOGS", "Status": "DISABLED"}], NOW)
    detector_of((STAGING.id, EAST)).enabled = False
    world.aws.findings.organization.delegate(PROD.id, STAGING.id, "999900001111")

    found = findings(session, regions=(HOME, EAST, OFF)).detectors(silent)
    stood = {(each.place.account_id, each.place.region): each for each in found.found}

    assert {place: each.state for place, each in stood.items()} == {
        (PROD.id, HOME): "on",
        (PROD.id, EAST): "on",
        (PROD.id, OFF): "off",
        (STAGING.id, HOME): "on",
        (STAGING.id, EAST): "suspended",
        (STAGING.id, OFF): "off",
    }
    assert "LAMBDA_NETWORK_LOGS" in stood[PROD.id, HOME].features_off
    assert stood[PROD.id, HOME].administers == 2
    assert "999900001111" in stood[PROD.id, HOME].members_off
    assert stood[STAGING.id, HOME].administrator == PROD.id
    assert stood[PROD.id, HOME].updates_every == "FIFTEEN_MINUTES"


def test_one_that_will_not_say_is_unknown_and_why(session):
    refuse(session, "GetDetector", HOME)

    (one,) = findings(session, regions=(HOME,), staging=False).detectors(silent).found

    assert (one.state, one.features_off) == ("unknown", ())
    assert "guardduty:GetDetector" in one.why


def test_without_regions_in_the_settings_all_that_guardduty_is_in_are_looked_into(session):
    asked = Asked(session)

    listed = findings(session, regions=(), staging=False).listed(Wanted(), silent)

    assert asked.counts["ListDetectors"] > 15
    assert listed.places >= len(BOTH)
