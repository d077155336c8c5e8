"""Whose session asks in which account; and whose the caller is, where STS says so, and where it does not."""

import pytest

from bot.adapters.aws.session import make_session
from bot.adapters.aws.ways import Known, Ways
from bot.core.configuration.item import Place
from bot.embedded.aws import HOME, PROD, STAGING
from bot.errors import NotConfigured, Upstream
from tests.adapters.aws.config_world import STAGING_ROLE

THROUGH_ROLE = Known(STAGING.id, "staging", STAGING_ROLE)


class Asked:
    """How often STS was asked."""

    def __init__(self, session):
        self.count = 0
        session.events.register("before-call.sts", self._asked)

    def _asked(self, **_):
        self.count += 1


@pytest.fixture
def mute(environment):
    """A session for which STS can't be reached."""
    for name, value in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_REGION": HOME,
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEUSER00001",
        "AWS_SECRET_ACCESS_KEY": "none",
    }.items():
        environment.setenv(name, value)
    return make_session()


def test_home_is_asked_once(session):
    asked = Asked(session)
    ways = Ways(lambda: session)

    assert ways.home() == ways.home() == Place(PROD.id, HOME)
    assert asked.count == 1


def test_where_sts_is_mute_home_has_no_account_and_is_asked_again_a_minute_later(mute):
    asked, seconds = Asked(mute), [0.0]
    ways = Ways(lambda: mute, clock=lambda: seconds[0])

    assert ways.home() == ways.home() == Place("", HOME)
    assert asked.count == 1
    seconds[0] = 61
    ways.home()
    assert asked.count == 2


def test_an_answer_from_home_says_whose_it_is_and_one_through_a_role_does_not(mute):
    ways = Ways(lambda: mute, [THROUGH_ROLE])
    ways.learn(Place(STAGING.id, HOME), STAGING.id)
    assert ways.home().account_id == ""

    ways.learn(Place("", HOME), PROD.id)
    assert ways.home().account_id == PROD.id


def test_while_nobody_says_whose_the_caller_is_an_account_without_a_role_may_be_its_own(mute):
    ways = Ways(lambda: mute, [THROUGH_ROLE])

    assert ways.leads_to(PROD.id)
    assert ways.session(PROD.id) is mute
    ways.learn(Place(PROD.id, HOME), PROD.id)
    assert not ways.leads_to("999999999999")


def test_an_account_without_a_way_says_which_setting_makes_one(session):
    with pytest.raises(NotConfigured) as error:
        Ways(lambda: session, [Known("999999999999", "x")]).session("999999999999")

    assert 'role_arn = "arn:aws:iam::999999999999:role/NoroshiReadOnly"' in error.value.hint


def test_another_accounts_session_is_made_once(session):
    ways = Ways(lambda: session, [THROUGH_ROLE])

    assert ways.session(STAGING.id) is ways.session(STAGING.id)
    assert ways.session(STAGING.id) is not session
    assert ways.others() == (Place(STAGING.id, HOME),)


def test_regions_are_those_of_the_callers_own_partition(session):
    china, nowhere = make_session(region="cn-north-1"), make_session(region="nowhere-1")

    assert {"us-east-1", HOME} <= set(Ways(lambda: session).every_region())
    assert set(Ways(lambda: china).every_region()) == {"cn-north-1", "cn-northwest-1"}
    assert Ways(lambda: china).global_regions() == ("cn-north-1",)
    assert Ways(lambda: nowhere).every_region() == ("nowhere-1",)


def test_no_region_is_said(environment):
    with pytest.raises(Upstream, match="No AWS region") as error:
        _ = Ways(make_session).region
    assert "AWS_REGION" in error.value.hint


def test_a_place_is_called_by_its_accounts_name(session):
    ways = Ways(lambda: session, [THROUGH_ROLE])

    assert ways.words(Place(STAGING.id, HOME)) == f"staging ({STAGING.id}), {HOME}"
    assert ways.words(Place("", HOME)) == HOME
