"""What is a session, which calls are its own, and when its credentials can have been made."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import BadRequest
from bot.trail.session import around, before, calls, is_key, lasts, makers

AT = datetime(2026, 9, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "parameters"),
    [
        ("arn:aws:sts::111122223333:assumed-role/ops/x", ("arn:aws:sts::111122223333:assumed-role/ops/x",)),
        ("arn:aws:sts::111122223333:federated-user/ana", ("arn:aws:sts::111122223333:federated-user/ana",)),
        (" Ops/X ", ("ops", "x")),
        ("ASIAEXAMPLEAAAAAAAAA", ("ASIAEXAMPLEAAAAAAAAA",)),
    ],
)
def test_a_session_is_an_arn_a_role_with_a_session_or_a_key(said, parameters):
    asked = calls(said)

    assert tuple(one for match in (*asked.where, *asked.either) for one in match.parameters) == parameters
    assert {"made_key", "session_began"} <= set(asked.columns)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "mika",
        "arn:aws:iam::111122223333:role/ops",
        "a/b/c",
        "ops/x' OR '1'='1",
        "asiaexampleaaaaaaaaa",
        "/",
        "<@U1>/x",
    ],
)
def test_what_is_no_session_is_refused_with_what_would_be_one(said):
    with pytest.raises(BadRequest) as error:
        calls(said)

    assert "ROLE/SESSION" in error.value.hint


def test_only_a_users_own_key_lasts():
    assert lasts("AKIAEXAMPLEAAAAAAAAA")
    assert not lasts("ASIAEXAMPLEAAAAAAAAA")
    assert is_key("ASIAEXAMPLEAAAAAAAAA")
    assert not is_key("ops/x")


def test_makers_are_sought_by_the_keys_that_they_made():
    asked = makers(("ASIAEXAMPLEAAAAAAAAA", "ASIAEXAMPLEBBBBBBBBB"))

    assert [match.parameters for match in asked.either] == [
        ("ASIAEXAMPLEAAAAAAAAA",),
        ("ASIAEXAMPLEBBBBBBBBB",),
    ]
    assert asked.needles == asked.lookup.values == ("ASIAEXAMPLEAAAAAAAAA", "ASIAEXAMPLEBBBBBBBBB")


def test_a_session_was_made_around_its_beginning_or_at_most_36_hours_before_its_last_call():
    near = around([AT, AT + timedelta(hours=1)])
    wide = before(AT, AT + timedelta(hours=5))

    assert (near.since, near.until) == (AT - timedelta(minutes=15), AT + timedelta(minutes=75))
    assert (wide.since, wide.until) == (AT - timedelta(hours=31), AT + timedelta(minutes=15))
