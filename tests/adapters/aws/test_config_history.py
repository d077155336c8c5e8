"""A resource's history is read in as few requests as its pages need, and says what it did not see."""

from datetime import timedelta

import pytest

from bot.core.configuration.item import Place
from bot.core.span import Span
from bot.embedded.aws import HOME, PROD
from bot.errors import BadRequest, NotConfigured, NotFound
from tests.adapters.aws.config_world import (
    AT_HOME,
    FAR,
    GROUP,
    MONTH,
    Counted,
    configurations,
    item,
    open_places,
    put,
    resource,
    silent,
)
from tests.aws_world import NOW


@pytest.fixture(scope="module")
def furnished_config(world):
    open_places(world, AT_HOME)
    put(world, *(item("sg-busy", days=hours / 24) for hours in range(1, 1001)))
    put(world, item("sg-quiet", days=2), item("sg-quiet", days=200), item("sg-quiet", days=380))
    put(world, item("sg-old", days=2), item("sg-old", days=700))
    put(world, *(item("sg-weekly", days=1 + 7 * week) for week in range(250)))
    put(world, item("sg-new", days=3, status="ResourceDiscovered"))
    put(world, item("sg-gone", days=9), item("sg-gone", days=2, status="ResourceDeleted"))
    at = NOW - timedelta(days=1)
    later = at + timedelta(seconds=0.8)
    put(world, item("sg-split", days=5), item("sg-split", configurationItemCaptureTime=later))
    put(
        world,
        *(item("sg-tied", days=1, configurationStateId=f"{n}", resourceName=f"n{n}") for n in (7, 10, 8)),
        item("sg-edge", configurationItemCaptureTime=at),
        item("sg-edge", configurationItemCaptureTime=NOW - timedelta(seconds=20)),
    )
    return world


@pytest.fixture
def counted(furnished_config, session):
    return Counted(session)


@pytest.fixture
def config(counted, session):
    return configurations(session)


def days(items):
    return [round((NOW - each.captured_at) / timedelta(days=1), 3) for each in items]


def test_the_first_page_of_a_thousand_revisions_is_one_request(config, counted):
    with counted.within() as sent:
        found = config.history(resource("sg-busy"), MONTH, 20, silent)

    assert sent == ["GetResourceConfigHistory"]
    assert found.api_calls == 1
    assert days(found.items) == [round(hours / 24, 3) for hours in range(1, 21)]
    assert days([found.older]) == [round(21 / 24, 3)]
    assert (found.more, found.from_the_start) == (True, False)


def test_a_hundred_and_fifty_take_two_requests_and_all_take_no_more_than_pages_need(config, counted):
    with counted.within() as sent:
        found = config.history(resource("sg-busy"), MONTH, 150, silent)
    assert (len(found.items), len(sent)) == (150, 2)

    with counted.within() as sent:
        everything = config.history(resource("sg-busy"), Span(NOW - timedelta(days=60), NOW), 2000, silent)
    assert len(everything.items) == 1000
    # Six times seven days of 168 items: two pages each, the last 160 too.
    assert len(sent) == everything.api_calls == 12
    assert (everything.from_the_start, everything.older, everything.more) == (True, None, False)


def test_empty_pages_are_read_through_to_the_item_before(config, counted):
    with counted.within() as sent:
        found = config.history(resource("sg-quiet"), MONTH, 20, silent)

    assert days(found.items) == [2]
    assert days([found.older]) == [200]
    assert (found.more, found.from_the_start) == (False, False)
    assert len(sent) == 29  # the week of the item before, and all between


def test_reading_stops_a_year_before_the_span_and_says_so(config):
    found = config.history(resource("sg-old"), MONTH, 20, silent)

    assert days(found.items) == [2]
    assert (found.older, found.from_the_start) == (None, False)
    assert found.api_calls < 60


def test_only_weeks_of_nothing_one_after_the_other_end_a_reading(config):
    found = config.history(resource("sg-weekly"), Span(NOW - timedelta(days=2000), NOW), 1000, silent)

    assert len(found.items) == 250
    assert (found.from_the_start, found.more) == (True, False)


def test_the_beginning_is_told_from_an_item_that_was_not_found(config):
    found = config.history(resource("sg-new"), MONTH, 20, silent)

    assert days(found.items) == [3]
    assert (found.older, found.from_the_start) == (None, True)


def test_no_item_in_the_span_leaves_the_one_before(config):
    found = config.history(resource("sg-quiet"), Span(NOW - timedelta(days=1), NOW), 20, silent)

    assert found.items == ()
    assert days([found.older]) == [2]


def test_a_span_that_ends_in_the_past_begins_there(config, counted):
    span = Span(NOW - timedelta(days=30), NOW - timedelta(days=20))
    with counted.within() as sent:
        found = config.history(resource("sg-busy"), span, 5, silent)

    assert len(sent) == 1
    assert days(found.items) == [round(20 + hours / 24, 3) for hours in range(1, 6)]


def test_what_was_captured_since_the_minute_that_a_question_is_cut_to_is_in_it(furnished_config, session):
    cut = NOW - timedelta(seconds=45)
    config = configurations(session)

    found = config.history(resource("sg-edge"), Span(NOW - timedelta(days=30), cut), 20, silent)

    assert len(found.items) == 2


def test_items_of_one_moment_are_ordered_by_configs_own_numbers(config):
    found = config.history(resource("sg-tied"), MONTH, 20, silent)

    assert [each.state_id for each in found.items] == [10, 8, 7]


def test_a_deleted_resource_has_a_history_and_says_when_it_went(config):
    found = config.history(resource("sg-gone"), MONTH, 20, silent)

    assert [each.status for each in found.items] == ["ResourceDeleted", "OK"]
    assert found.items[0].configuration is None
    assert found.resource.deleted_at == NOW - timedelta(days=2)


def test_what_was_never_recorded_is_not_found_and_says_what_it_can_mean(config):
    with pytest.raises(NotFound, match="never recorded") as error:
        config.history(resource("sg-none"), MONTH, 20, silent)

    assert "another account or region" in error.value.hint


def test_where_config_is_off_that_is_said(config):
    with pytest.raises(NotFound, match=f"not switched on in {PROD.id}, {FAR}"):
        config.history(resource(place=Place(PROD.id, FAR)), MONTH, 20, silent)


def test_a_type_that_config_does_not_know_is_said(config):
    with pytest.raises(BadRequest, match="AWS::EC2::Nothing") as error:
        config.history(resource(kind="AWS::EC2::Nothing"), MONTH, 20, silent)
    assert GROUP in error.value.hint


def test_an_account_that_no_role_leads_to_says_which_setting_helps(config):
    config.home()
    with pytest.raises(NotConfigured, match="999999999999") as error:
        config.history(resource(place=Place("999999999999", HOME)), MONTH, 20, silent)
    assert "role_arn" in error.value.hint


def test_the_state_at_a_moment_is_the_newest_item_up_to_then(config, counted):
    with counted.within() as sent:
        at = config.at(resource("sg-busy"), NOW - timedelta(hours=500.5))
    assert at.captured_at == NOW - timedelta(hours=501)
    assert len(sent) == 1

    split = config.at(resource("sg-split"), NOW - timedelta(days=1) + timedelta(seconds=0.9))
    assert split.captured_at == NOW - timedelta(days=1) + timedelta(seconds=0.8)
    exactly = config.at(resource("sg-busy"), NOW - timedelta(hours=500))
    assert exactly.captured_at == NOW - timedelta(hours=500)
    assert config.at(resource("sg-old"), NOW - timedelta(days=10)).captured_at == NOW - timedelta(days=700)
    assert config.at(resource("sg-new"), NOW - timedelta(days=10)) is None
    assert config.at(resource("sg-gone"), NOW).is_deleted
