"""Another account is asked through its role, with credentials that are renewed."""

import pytest

from bot.adapters.aws.accounts import session_as
from bot.adapters.aws.hearing import AwsHearing, Place
from bot.adapters.aws.session import client, make_session
from bot.embedded.aws import HOME, PROD, STAGING
from tests.aws_world import furnished

ROLE = f"arn:aws:iam::{STAGING.id}:role/NoroshiReadOnly"


@pytest.fixture(scope="module")
def world():
    with furnished() as made, pytest.MonkeyPatch.context() as patch:
        for name, value in made.aws.environment().items():
            patch.setenv(name, value)
        yield made


def test_a_role_leads_into_its_account(world):
    sts = client("sts", None, session_as(ROLE, make_session()))

    assert sts.get_caller_identity()["Account"] == STAGING.id


def test_nobody_is_asked_before_the_first_call(world):
    session_as("arn:aws:iam::000000000000:role/nowhere", make_session())


def test_the_heartbeat_hears_of_an_account_through_its_role(world):
    own = make_session()
    places = [
        Place(lambda: session_as(ROLE, own), (HOME,), STAGING.id),
        Place(lambda: own, (HOME,)),
    ]
    heard = {senses[0].account_id: senses[0] for senses in AwsHearing(places, [], lambda: own).accounts()}

    assert set(heard) == {STAGING.id, PROD.id}
    assert heard[STAGING.id].detector.state == "on"
    assert heard[STAGING.id].detector.name != heard[PROD.id].detector.name
