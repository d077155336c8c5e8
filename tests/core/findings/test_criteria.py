"""What is wanted, in GuardDuty's own criteria."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings.bands import band
from bot.core.findings.counts import BANDS
from bot.core.findings.criteria import criteria, of_band, open_ended, typed
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.errors import BadRequest

TOR, SSH = "UnauthorizedAccess:IAMUser/TorIPCaller", "UnauthorizedAccess:EC2/SSHBruteForce"


def test_everything_that_is_open_is_asked_for_as_such():
    """ListFindings gives archived ones too unless it is told not to."""
    assert criteria(Wanted()) == {"service.archived": {"Equals": ["false"]}}


def test_severity_time_and_account_are_guarddutys_paths_and_forms():
    wanted = Wanted(
        Severity.HIGH, datetime(2026, 9, 8, 1, 2, 3, tzinfo=UTC), ("111122223333",), archived=True
    )

    assert criteria(wanted) == {
        "service.archived": {"Equals": ["true"]},
        "severity": {"GreaterThanOrEqual": 7},
        "updatedAt": {"GreaterThanOrEqual": 1788829323000},
        "accountId": {"Equals": ["111122223333"]},
    }


def test_more_accounts_than_an_operator_takes_are_refused_in_words():
    with pytest.raises(BadRequest, match="50 accounts at a time; that is 51"):
        criteria(Wanted(accounts=tuple(str(n) for n in range(51))))


def meets(number, asked):
    bounds = asked["severity"]
    return number >= bounds["GreaterThanOrEqual"] and number < bounds.get("LessThan", 11)


@given(st.floats(0, 10), st.sampled_from([None, *BANDS]))
def test_a_finding_is_in_the_criteria_of_its_own_band_and_of_no_other(number, least):
    """Bounds are whole numbers: GuardDuty takes no others."""
    narrowed = {each: of_band(criteria(Wanted(least)), each) for each in BANDS}
    fits = [each for each, asked in narrowed.items() if asked and meets(number, asked)]

    wanted = least is None or band(number).at_least(least)
    low = least is Severity.LOW and number < 1
    assert fits == ([band(number)] if wanted and not low else [])
    assert all(
        type(bound) is int for asked in narrowed.values() if asked for bound in asked["severity"].values()
    )


def test_whole_types_are_asked_for_and_a_star_among_those_there_are():
    asked = criteria(Wanted())

    assert typed(asked, ()) == asked
    assert typed(asked, (TOR,))["type"] == {"Equals": [TOR]}
    assert not open_ended((TOR,))
    assert typed(asked, ("*toripcaller",), [TOR, SSH])["type"] == {"Equals": [TOR]}
    assert typed(asked, ("*EC2*", TOR), [TOR, SSH])["type"] == {"Equals": [SSH, TOR]}
    assert typed(asked, ("*Quantum*",), [TOR, SSH]) is None


def test_nothing_but_a_star_has_a_meaning_of_its_own():
    odd = "Backdoor:EC2/C&CActivity.B!DNS"

    assert typed(criteria(Wanted()), ("*C&CActivity.B!*",), [odd, TOR])["type"] == {"Equals": [odd]}
    assert typed(criteria(Wanted()), ("*[A-Z]*",), [odd, TOR]) is None


def test_of_more_types_than_an_operator_takes_the_others_are_excluded():
    present = [f"Recon:EC2/Kind{n}" for n in range(60)] + [TOR]

    assert typed(criteria(Wanted()), ("Recon:*",), present)["type"] == {"NotEquals": [TOR]}
    assert "type" not in typed(criteria(Wanted()), ("*",), present)
