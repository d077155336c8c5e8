"""`/guardduty status`: where nobody looks, and what of what looks is off."""

import pytest

from bot.core.view import Caveat
from tests.commands.guardduty.small_findings import STAGING, FakeFindings, ask, detector, off
from tests.commands.reading import read


def test_what_does_not_look_stands_before_what_does():
    findings = FakeFindings(
        detectors=[
            detector(),
            off(detector("eu-west-3")),
            detector("us-east-1", "suspended"),
            detector("eu-north-1", features_off=("S3_DATA_EVENTS", "NEW_KIND_OF_THING")),
            detector("ap-south-1", "unknown", why="AWS refused (guardduty:GetDetector is missing)"),
        ]
    )

    view = ask("status", findings=findings)

    assert read(view) == [
        "GuardDuty looks in 2 of 5 places: 1 off, 1 suspended, 1 not known",
        "where | state | off | members",
        "prod us-east-1 | suspended | all of it | none",
        "prod ap-south-1 | not known: AWS refused (guardduty:GetDetector is missing) | not known | none",
        "prod eu-west-1 | on | nothing | none",
        "prod eu-north-1 | on | reads and writes of S3 objects, NEW kind OF thing | none",
        "Off, so nobody looks: prod in eu-west-3",
        "To turn it on: aws guardduty create-detector --enable --region eu-west-3",
    ]


def test_members_and_administrators_are_told():
    view = ask(
        "status",
        findings=FakeFindings(
            detectors=[
                detector(administers=3, members_off=(STAGING, "999900001111"), updates_every="SIX_HOURS"),
                detector(account=STAGING, administrator="111122223333"),
            ]
        ),
    )

    assert read(view) == [
        "GuardDuty looks in all 2 places; in 1 something of it is off",
        "where | state | off | members",
        "prod eu-west-1 | on | nothing | 3, off in staging, 999900001111",
        "staging eu-west-1 | on | nothing | belongs to prod",
        "That a finding goes on is told every 6 hours only; its first sight at once",
    ]
    assert view.rows[0] == {
        "account_id": "111122223333",
        "region": "eu-west-1",
        "state": "on",
        "features_off": [],
        "updates_every": "SIX_HOURS",
        "administrator": None,
        "administers": 3,
        "members_off": [STAGING, "999900001111"],
        "why": None,
    }


@pytest.mark.parametrize(
    ("detectors", "title"),
    [
        ([detector()], "GuardDuty looks in the only place asked"),
        ([off(detector()), off(detector("eu-west-3"))], "GuardDuty looks nowhere of 2 places: 2 off"),
        ([], "I can’t tell where GuardDuty looks: it could be asked nowhere"),
    ],
)
def test_the_first_line_says_where_it_looks(detectors, title):
    assert ask("status", findings=FakeFindings(detectors=detectors)).title == title


def test_what_is_off_or_unknown_has_no_protections_in_a_row():
    view = ask("status", findings=FakeFindings(detectors=[off(detector()), detector("x-y-1", "unknown")]))

    assert [row["features_off"] for row in view.rows] == [None, None]


def test_what_could_not_be_asked_is_told():
    refused = Caveat("guardduty-refused", "staging: AWS refused", "blind")

    assert ask("status", findings=FakeFindings(detectors=[detector()], caveats=[refused])).caveats == (
        refused,
    )
