"""What is meant is looked for through aggregators; and where a place, a region or a query is refused, the others are asked."""

import pytest
from botocore.awsrequest import AWSResponse

from bot.core.configuration.item import Place
from bot.core.configuration.said import meant, narrowed
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.aggregator import Aggregator
from bot.errors import Upstream
from tests.adapters.aws.config_found import ID, OWN, STAGED_ID, THROUGH_ROLE, Raw, find, told
from tests.adapters.aws.config_world import (
    FAR,
    GROUP,
    ROLE,
    VIRGINIA,
    item,
    open_places,
    put,
)
from tests.aws_world import NOW


def test_an_aggregator_says_whose_it_is_before_anybody_else_is_asked(found_world, counted, session):
    recordings = found_world.aws.recordings
    recordings.aggregate((PROD.id, HOME), Aggregator("acme", (STAGING.id, PROD.id), (HOME, FAR), NOW))
    try:
        with counted.within() as sent:
            found = find(session, STAGED_ID, OWN, THROUGH_ROLE)
        named = find(session, "staged", OWN, THROUGH_ROLE)
        unreachable = find(session, STAGED_ID, OWN)
    finally:
        recordings._aggregators.clear()

    assert told(found) == told(named) == [(GROUP, STAGED_ID, STAGING.id, HOME)]
    assert sent == [
        "GetResourceConfigHistory",
        "DescribeConfigurationAggregators",
        "SelectAggregateResourceConfig",
    ]
    assert found.tried[-1] == "the aggregator acme"
    assert [each.code for each in unreachable.caveats] == ["account-unreachable"]


@pytest.mark.parametrize("hostile", ["x y", "päyroll", "a(b)", "50%"])
def test_a_name_that_might_end_a_literal_is_in_no_query(counted, session, hostile):
    with counted.within() as sent:
        find(session, hostile, OWN)

    assert "SelectResourceConfig" not in sent
    assert "ListDiscoveredResources" in sent


def test_a_type_that_the_endpoint_does_not_know_is_passed_over(found_world, session):
    found = find(session, narrowed(meant("thing"), "AWS::Nothing::AtAll"), OWN)

    assert found.resources == ()


def _refusing(session, operation, code):
    def refuse(request, **_):
        return AWSResponse(request.url, 400, {"x-amzn-ErrorType": code}, Raw(code))

    session.events.register(f"before-send.config-service{operation}", refuse)


def test_where_nothing_answers_at_all_no_other_place_is_swept(counted, session):
    _refusing(session, "", "InvalidSignatureException")
    sent = counted.sent

    with pytest.raises(Upstream, match="does not accept the bot's credentials"):
        find(session, "sg-0abc9999", OWN, THROUGH_ROLE)
    assert sent == ["GetResourceConfigHistory"]


def test_a_region_that_is_not_switched_on_is_passed_over(found_world, session):
    def off(request, **_):
        if f"/{FAR}/" in str(request.headers.get("Authorization")):
            code = "UnrecognizedClientException"
            return AWSResponse(request.url, 400, {"x-amzn-ErrorType": code}, Raw(code))
        return None

    session.events.register("before-send.config-service", off)
    found = find(session, "sg-0abc9999", OWN)

    assert (found.resources, found.caveats) == ((), ())


def test_an_aggregator_whose_queries_are_refused_is_asked_for_its_lists(found_world, session):
    recordings = found_world.aws.recordings
    recordings.aggregate((PROD.id, HOME), Aggregator("acme", (STAGING.id, PROD.id), (HOME, FAR), NOW))
    _refusing(session, ".SelectAggregateResourceConfig", "AccessDeniedException")
    try:
        by_id = find(session, STAGED_ID, OWN, THROUGH_ROLE)
        by_name = find(session, narrowed(meant("staged"), GROUP), OWN, THROUGH_ROLE)
    finally:
        recordings._aggregators.clear()

    assert told(by_id) == told(by_name) == [(GROUP, STAGED_ID, STAGING.id, HOME)]
    assert any("config:SelectAggregateResourceConfig" in each.message for each in by_id.caveats)


def test_a_query_that_is_refused_leaves_the_lists(found_world, session):
    _refusing(session, ".SelectResourceConfig", "AccessDeniedException")
    found = find(session, "web", OWN)

    assert told(found) == [(GROUP, ID, PROD.id, HOME)]
    assert [each.weight for each in found.caveats] == ["note"]


def test_a_role_that_an_aggregator_shows_is_placed_where_its_recorder_is(found_world, session):
    recordings = found_world.aws.recordings
    staged = Place(STAGING.id, VIRGINIA)
    open_places(found_world, staged)
    arn = f"arn:aws:iam::{STAGING.id}:role/far-role"
    role = item("AROAEXAMPLEROLE000009", kind=ROLE, resourceName="far-role", arn=arn, awsRegion="global")
    put(found_world, role | {"accountId": STAGING.id}, place=staged)
    recordings.aggregate((PROD.id, HOME), Aggregator("acme", (STAGING.id,), (HOME, VIRGINIA), NOW))
    try:
        found = find(session, "role/far-role", OWN, THROUGH_ROLE)
    finally:
        recordings._aggregators.clear()

    assert told(found) == [(ROLE, "AROAEXAMPLEROLE000009", STAGING.id, VIRGINIA)]
