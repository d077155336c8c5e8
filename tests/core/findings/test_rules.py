"""A suppression rule by a finding's traits: never by none, by one only if it is meant, and in GuardDuty's own terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Finding
from bot.core.configuration.item import Place
from bot.core.findings import change
from bot.core.findings.rules import Rule, chosen, proposed, suppression, wrong_description, wrong_name
from bot.core.findings.traits import KEYS, traits
from bot.errors import BadRequest
from tests.sources.guardduty.findings import FIRES

DETAIL = FIRES["detail"]
PLACE = Place("111122223333", "eu-west-1")


def keys(detail):
    return [each.key for each in traits(detail)]


def test_a_call_is_known_by_its_type_account_bucket_user_key_api_and_far_end():
    assert keys(DETAIL) == ["type", "account", "resource", "user", "key", "api", "address", "network"]
    assert {each.key: each.values for each in traits(DETAIL)}["resource"] == ("acme-payroll",)


def test_probes_are_known_by_every_far_address_and_port():
    probes = [
        {"localPortDetails": {"port": 22}, "remoteIpDetails": {"ipAddressV4": "198.51.100.7"}},
        {"localPortDetails": {"port": 22}, "remoteIpDetails": {"ipAddressV4": "198.51.100.8"}},
    ]
    found = traits(
        {
            "type": "Recon:EC2/PortProbe",
            "service": {"action": {"portProbeAction": {"portProbeDetails": probes}}},
        }
    )

    said = {each.key: each for each in found}
    assert said["address"].values == ("198.51.100.7", "198.51.100.8")
    assert said["port"].values == ("22",)
    assert said["address"].words == "far address 198.51.100.7, 198.51.100.8"


def test_no_rule_goes_by_severity():
    assert "severity" not in KEYS
    with pytest.raises(BadRequest, match="a rule can’t go by that"):
        chosen(traits(DETAIL), ("type", "severity"), wide=True)


@pytest.mark.parametrize("wide", [False, True])
def test_a_rule_by_nothing_is_none(wide):
    with pytest.raises(BadRequest, match="by nothing would hide too much"):
        chosen(traits(DETAIL), (), wide=wide)


def test_one_trait_alone_must_be_meant():
    with pytest.raises(BadRequest, match="by its type alone would hide too much"):
        chosen(traits(DETAIL), ("type", "type"), wide=False)
    assert [each.key for each in chosen(traits(DETAIL), ("type",), wide=True)] == ["type"]


def test_a_trait_that_the_finding_lacks_is_named():
    with pytest.raises(BadRequest, match="no 'domain': has none") as error:
        chosen(traits(DETAIL), ("type", "domain"), wide=False)
    assert "type, account" in error.value.hint


def test_the_rule_says_who_made_it_and_why():
    made = suppression(PLACE, "our-scanner", traits(DETAIL)[:2], "we test it", "O’Neil <x>")

    assert made.criteria == {"type": (DETAIL["type"],), "accountId": (DETAIL["accountId"],)}
    assert made.description == "we test it Made with Noroshi by O-Neil -x-."
    assert wrong_description(made.description) == ""


@pytest.mark.parametrize("name", ["ab", "a" * 65, "a name", "naïve", "x/y", "name\n"])
def test_a_name_that_guardduty_takes_not_is_refused(name):
    assert wrong_name(name)
    with pytest.raises(BadRequest):
        suppression(PLACE, name, traits(DETAIL)[:2], "", "mika")


@given(st.text(max_size=200))
def test_the_proposed_name_is_always_one_that_guardduty_takes_or_short(kind):
    name = proposed(kind)
    assert wrong_name(name) == "" or len(name) < 3


def test_criteria_are_told_in_words_whatever_they_are():
    rule = Rule(
        PLACE,
        "x",
        {
            "type": {"Equals": ["A", "B"]},
            "severity": {"LessThan": 4},
            "updatedAt": {"GreaterThanOrEqual": 1788837060000},
            "resource.instanceDetails.tags.key": {"NotEquals": ["prod"]},
        },
    )
    assert rule.words == (
        "type is A or B, and severity is below 4, and updatedAt is at least 2026-09-08T03:11:00Z, "
        "and resource.instanceDetails.tags.key is not prod"
    )


@pytest.mark.parametrize("kind", change.CHANGES)
def test_a_button_names_its_finding(kind):
    one = Finding("111122223333", "eu-west-1", "8cb9" + "0" * 28)
    assert change.named(change.value(kind, one)) == (kind, one)
    assert len(change.value(kind, one)) <= 150


@pytest.mark.parametrize(
    "said", ["", "archive", "explode 1/r/f", "archive 1/r/f x", "archive a/r/f", "archive 1/R/f"]
)
def test_what_names_no_finding_is_none(said):
    assert change.named(said) is None


def test_what_is_archived_already_can_only_be_brought_back():
    assert "archive" not in change.offered(archived=True)
    assert "unarchive" not in change.offered(archived=False)
