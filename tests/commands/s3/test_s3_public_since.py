"""/s3 public: since when each bucket is public, and where nobody knows."""

from datetime import timedelta

from bot.errors import AccessDenied
from tests.commands.s3.listed import READ, WRITE, ask, table
from tests.commands.s3.small_s3 import (
    NOW,
    FakeAccess,
    FakeHistories,
    allow,
    judged,
)


def test_it_is_public_since_the_oldest_of_its_latest_public_states():
    states = [
        (NOW - timedelta(days=1), [allow()]),
        (NOW - timedelta(days=5), [allow()]),
        (NOW - timedelta(days=9), []),
    ]

    view = ask(access=FakeAccess(READ), configurations=FakeHistories(*states))

    (row,) = view.rows
    assert (row["since"], row["since_or_before"]) == (NOW - timedelta(days=5), False)


def test_what_was_public_as_far_back_as_it_is_recorded_says_or_before():
    view = ask(access=FakeAccess(READ), configurations=FakeHistories((NOW - timedelta(days=5), [allow()])))

    assert view.rows[0]["since_or_before"] is True
    assert "or before" in table(view)[0][3]


def test_where_config_cannot_say_since_when_is_not_known_and_the_answer_stands():
    refusal = AccessDenied("AWS refused.", action="config:GetResourceConfigHistory")

    view = ask(access=FakeAccess(READ), configurations=FakeHistories(fails=refusal))

    assert table(view)[0][3] == "not known"
    assert view.rows[0]["since"] is None
    (told,) = [one.message for one in view.caveats if one.code == "since-not-known"]
    assert told.startswith("since when acme-read is public: AWS refused. /s3 explain")


def test_since_when_is_told_as_unknown_once_with_each_reason():
    nowhere = judged("acme-nowhere", allow(), region="")

    view = ask(access=FakeAccess(READ, WRITE, nowhere))

    (told,) = [one.message for one in view.caveats if one.code == "since-not-known"]
    assert told == (
        "since when 3 buckets are public: AWS Config has not recorded it (2 buckets); "
        "the bucket's region is not known (acme-nowhere). /s3 explain BUCKET asks CloudTrail too"
    )


def test_only_the_most_dangerous_are_dated_and_that_is_said():
    many = [judged(f"acme-{n:02}", allow()) for n in range(25)]
    states = FakeHistories((NOW - timedelta(days=5), [allow()]))

    view = ask(access=FakeAccess(*many), configurations=states)

    assert sum(row["since"] is not None for row in view.rows) == 20
    (told,) = [one.message for one in view.caveats if one.code == "since-not-known"]
    assert told.startswith("since when 5 buckets are public: looked up for the most dangerous alone")
