"""A suppression rule is made where the finding is administered, previewed by the same criteria, and listed in words."""

from datetime import UTC, datetime

import pytest

from bot.core.configuration.item import Place
from bot.core.findings.seen import Suppression
from bot.core.severity import Severity
from bot.embedded.aws import HOME, PROD, STAGING
from bot.errors import AccessDenied, BadRequest, NotFound
from tests.adapters.aws.findings_world import EAST, SSH, TOR, findings, put, refuse, silent
from tests.adapters.aws.test_finding_changes import changes_of
from tests.adapters.aws.test_finding_changes import refuse as refuse_with
from tests.embedded.aws.guardduty_world import asking

SINCE = datetime(2026, 9, 8, tzinfo=UTC)
KEY = "resource.accessKeyDetails.accessKeyId"


def rule(name="tor-of-ours", region=HOME, **criteria):
    return Suppression(
        Place(PROD.id, region), name, {"type": (TOR,), KEY: ("AKIAEXAMPLE",)} | criteria, "why"
    )


@pytest.fixture
def drop(world):
    """Filters of a test are no other test's."""
    yield
    for account in (PROD, STAGING):
        for region in (HOME, EAST):
            client, detector = asking(world, account, region)
            for name in client.list_filters(DetectorId=detector)["FilterNames"]:
                client.delete_filter(DetectorId=detector, FilterName=name)


pytestmark = pytest.mark.usefixtures("drop")


def test_the_rule_archives_new_findings_that_fit_and_no_others(world, session):
    changes_of(session).suppress(rule())

    fits, differs = put(world, 9001, minutes=1), put(world, 9002, minutes=2, type=SSH)

    found = {each["id"]: each["service"]["archived"] for each in world.aws.findings.of(PROD.id, HOME)}
    assert found[fits["id"]] is True
    assert found[differs["id"]] is False


def test_the_preview_counts_what_fits_open_or_archived_since_then(world, session):
    put(world, 9101, type="Preview:EC2/One", minutes=1, severity=9.5)
    put(world, 9102, type="Preview:EC2/One", minutes=2, archived=True)
    put(world, 9103, type="Preview:EC2/Other", minutes=3)
    put(world, 9104, type="Preview:EC2/One", updatedAt="2026-08-01T00:00:00.000Z")

    found = changes_of(session).would_hide(rule(type=("Preview:EC2/One",)), SINCE)

    assert found.total == 2
    assert found.counts.by_severity[Severity.CRITICAL] == 1
    assert [each.kept.finding_id for each in found.found] == ["f9102", "f9101"]


def test_the_preview_counts_all_that_fits_and_reads_the_critical_ones_however_old(world, session):
    put(world, 9301, type="Preview:EC2/Many", minutes=1, severity=9.5)
    for n in range(60):
        put(world, 9310 + n, type="Preview:EC2/Many", minutes=2 + n, severity=2.5)

    found = changes_of(session).would_hide(rule(type=("Preview:EC2/Many",)), SINCE)

    assert found.total == 61
    assert found.counts.by_severity == {Severity.CRITICAL: 1, Severity.LOW: 60}
    assert found.found[-1].kept.finding_id == "f9301"
    assert len(found.found) + found.more == 61


def test_the_preview_looks_where_the_rule_would_hold(world, session):
    """An account of its own has detectors of its own: no rule of ours hides what is found there."""
    put(world, 9201, STAGING, type="Preview:EC2/Two", minutes=1)

    found = changes_of(session, staging=True).would_hide(rule(type=("Preview:EC2/Two",)), SINCE)

    assert found.total == 0


def test_a_name_that_is_taken_is_said_to_be(session):
    changes_of(session).suppress(rule())

    with pytest.raises(BadRequest, match="There is a rule or filter called tor-of-ours already"):
        changes_of(session).suppress(rule())


def test_one_rule_too_many_is_said_to_be(session):
    words = "The request is rejected because filter limit has exceeded."
    refuse_with(session, "CreateFilter", "BadRequestException", words)

    with pytest.raises(BadRequest, match="100 filters"):
        changes_of(session).suppress(rule())


def test_what_guardduty_does_not_take_is_said_in_its_words(session):
    with pytest.raises(BadRequest, match=r"does not take the rule a-rule: .*no\.such is not an attribute"):
        changes_of(session).suppress(Suppression(Place(PROD.id, HOME), "a-rule", {"no.such": ("x",)}))


def test_a_member_hears_who_alone_makes_rules(world, session):
    world.aws.findings.organization.delegate(STAGING.id, PROD.id)
    try:
        with pytest.raises(NotFound, match=f"account {STAGING.id} administers it"):
            changes_of(session).suppress(rule())
    finally:
        world.aws.findings.organization.delegate("")


def test_nothing_is_made_for_an_account_that_nobody_asked_administers(session):
    place = Place(STAGING.id, HOME)
    with pytest.raises(NotFound, match=f"No GuardDuty that I may ask administers account {STAGING.id}"):
        changes_of(session).suppress(Suppression(place, "no-rule", {"type": (TOR,)}))


def test_a_missing_permission_to_make_one_is_named(session):
    refuse(session, "CreateFilter")

    with pytest.raises(AccessDenied) as error:
        changes_of(session).suppress(rule())
    assert error.value.action == "guardduty:CreateFilter"


def test_every_rule_of_every_place_is_listed_in_words_and_no_mere_filter(world, session):
    changes_of(session).suppress(rule())
    changes_of(session).suppress(rule("in-the-east", EAST))
    client, detector = asking(world)
    client.create_filter(
        DetectorId=detector, Name="a-view", FindingCriteria={"Criterion": {"type": {"Equals": ["x"]}}}
    )

    found = findings(session).suppressions(silent)

    assert {(each.name, each.place.region) for each in found.found} == {
        ("tor-of-ours", HOME),
        ("in-the-east", EAST),
    }
    one = next(each for each in found.found if each.name == "tor-of-ours")
    assert one.words == f"type is {TOR}, and access key is AKIAEXAMPLE"
    assert one.description == "why"
    assert one.made is not None
    assert found.places > 1


def test_rules_that_could_not_be_read_are_a_caveat(session):
    refuse(session, "ListFilters", EAST)

    found = findings(session).suppressions(silent)

    assert any(each.weight == "blind" and "guardduty:ListFilters" in each.message for each in found.caveats)


def test_rules_that_nobody_could_read_are_an_error(session):
    refuse(session, "ListFilters")

    with pytest.raises(AccessDenied, match="guardduty:ListFilters"):
        findings(session, staging=False).suppressions(silent)


def test_a_member_says_who_makes_its_rules(world, session):
    world.aws.findings.organization.delegate(STAGING.id, PROD.id)
    try:
        found = findings(session, staging=False).suppressions(silent)
    finally:
        world.aws.findings.organization.delegate("")

    assert (found.found, found.places) == ((), 0)
    said = next(each for each in found.caveats if each.code == "rules-not-seen")
    assert STAGING.id in said.message
    assert said.weight == "blind"
