"""What is meant is found wherever it may be: at home, by an aggregator, in other regions and accounts; or it is said why not."""

from datetime import timedelta

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.config_queries import resources
from bot.adapters.aws.ways import Known
from bot.core.configuration.item import Place
from bot.core.configuration.meant import Meant
from bot.core.configuration.said import meant, narrowed
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.aggregator import Aggregator
from bot.errors import Upstream
from tests.adapters.aws.config_world import (
    AT_HOME,
    BUCKET,
    FAR,
    GROUP,
    MONTH,
    ROLE,
    STAGING_ROLE,
    VIRGINIA,
    Counted,
    configurations,
    item,
    open_places,
    put,
    silent,
)
from tests.aws_world import NOW

STAGED = Place(STAGING.id, HOME)
THROUGH_ROLE = Known(STAGING.id, "staging", STAGING_ROLE, (HOME,))
OWN = Known(PROD.id, "prod", None, (HOME, FAR))
ID, GONE, FAR_ID, STAGED_ID = "sg-0abc0001", "sg-0abc0002", "sg-0abc0003", "sg-0abc0004"
LAMBDA = "AWS::Lambda::Function"


@pytest.fixture(scope="module")
def found_world(world):
    far, virginia = Place(PROD.id, FAR), Place(PROD.id, VIRGINIA)
    open_places(world, AT_HOME, far, virginia, STAGED)
    put(
        world,
        item(ID, resourceName="web"),
        item(GONE, days=9, resourceName="batch"),
        item(GONE, days=2, status="ResourceDeleted", resourceName="batch"),
        item("acme-payroll", kind=BUCKET),
        item("both", kind=BUCKET),
        item("both", kind=LAMBDA),
        item("acme-gone", kind=BUCKET, days=9),
        item("acme-gone", kind=BUCKET, status="ResourceDeleted"),
    )
    put(world, item(FAR_ID, place=far, resourceName="far"), place=far)
    arn = f"arn:aws:iam::{PROD.id}:role/people/tf-apply"
    role = item("AROAEXAMPLEROLE000001", kind=ROLE, resourceName="tf-apply", arn=arn, awsRegion="global")
    put(world, role, place=virginia)
    put(world, item(STAGED_ID, place=STAGED, resourceName="staged"), place=STAGED)
    return world


@pytest.fixture
def counted(found_world, session):
    return Counted(session)


def find(session, said, *accounts, places=()):
    wanted = said if isinstance(said, Meant) else meant(said)
    return configurations(session, *accounts).find(wanted, places, silent)


def told(found):
    return [(each.type, each.id, each.place.account_id, each.place.region) for each in found.resources]


def test_an_id_at_home_is_one_request_and_its_history_needs_no_other(counted, session):
    config = configurations(session)
    config.home()
    with counted.within() as sent:
        found = config.find(meant(ID), (), silent)
        history = config.history(found.resources[0], MONTH, 20, silent)

    assert told(found) == [(GROUP, ID, PROD.id, HOME)]
    assert found.resources[0].name == "web"
    assert sent == ["GetResourceConfigHistory"]
    assert (found.api_calls, history.api_calls) == (1, 0)
    assert config.history(found.resources[0], MONTH, 20, silent).api_calls == 1


def test_a_deleted_resource_is_found_by_its_id_and_says_when_it_went(found_world, session):
    (one,) = find(session, GONE).resources

    assert one.deleted_at == NOW - timedelta(days=2)


def test_a_name_is_one_query(counted, session):
    with counted.within() as sent:
        found = find(session, "web")

    assert told(found) == [(GROUP, ID, PROD.id, HOME)]
    assert sent == ["SelectResourceConfig"]


def test_a_bucket_by_its_bare_name(found_world, session):
    assert told(find(session, "acme-payroll")) == [(BUCKET, "acme-payroll", PROD.id, HOME)]


def test_a_name_of_two_resources_gives_both_and_a_type_one(found_world, session):
    found = find(session, "both")
    assert {each[0] for each in told(found)} == {BUCKET, LAMBDA}

    assert [each[0] for each in told(find(session, narrowed(meant("both"), LAMBDA)))] == [LAMBDA]


def test_a_deleted_resource_is_found_by_its_name(found_world, session):
    (bucket,) = find(session, "acme-gone").resources
    (group,) = find(session, "batch").resources

    assert (bucket.type, bucket.deleted_at) == (BUCKET, NOW - timedelta(days=1))
    assert (group.id, group.deleted_at) == (GONE, NOW - timedelta(days=2))


def test_a_name_that_is_nowhere_costs_one_request_in_each_region_that_is_swept(counted, session):
    with counted.within() as sent:
        found = find(session, "nothing-like-this")

    assert found.resources == ()
    regions = int(found.tried[-1].split()[0])
    assert regions > 30
    assert sent.count("SelectResourceConfig") == 1 + regions
    assert sent.count("GetResourceConfigHistory") == 5  # at home alone, where the name may be the id
    assert [each.code for each in found.caveats] == ["deleted-not-looked-for"]


def test_a_role_is_looked_for_where_global_services_are_recorded_too(counted, session):
    arn = f"arn:aws:iam::{PROD.id}:role/people/tf-apply"
    with counted.within() as sent:
        found = find(session, arn)

    assert told(found) == [(ROLE, "AROAEXAMPLEROLE000001", PROD.id, VIRGINIA)]
    assert sent == ["SelectResourceConfig"] * 2
    assert told(find(session, "AROAEXAMPLEROLE000001")) == told(found)
    assert told(find(session, "role/tf-apply")) == told(found)


def test_another_region_that_the_settings_name_is_looked_in(counted, session):
    with counted.within() as sent:
        found = find(session, FAR_ID, OWN)

    assert told(found) == [(GROUP, FAR_ID, PROD.id, FAR)]
    assert sorted(set(sent)) == ["DescribeConfigurationAggregators", "GetResourceConfigHistory"]
    assert len(sent) == 4  # home, the aggregators, the named region and the one of global services
    assert found.tried[0] == f"{GROUP} {FAR_ID} in prod ({PROD.id}), {HOME}"


def test_where_the_settings_name_no_regions_all_are_looked_in(found_world, session):
    found = find(session, FAR_ID)

    assert told(found) == [(GROUP, FAR_ID, PROD.id, FAR)]
    assert f"other regions of {PROD.id}" in found.tried[1]


def test_another_account_is_looked_in_through_its_role(found_world, session):
    found = find(session, STAGED_ID, OWN, THROUGH_ROLE)

    assert told(found) == [(GROUP, STAGED_ID, STAGING.id, HOME)]
    assert found.tried[-1] == f"staging ({STAGING.id}), {HOME}"
    history = configurations(session, OWN, THROUGH_ROLE).history(found.resources[0], MONTH, 5, silent)
    assert len(history.items) == 1


def test_a_place_that_refuses_is_a_caveat_with_the_missing_action(found_world, session):
    nobody = Known("777777777777", "lost", "arn:aws:iam::777777777777:role/Nobody", (HOME,))
    session.events.register("before-send.config-service", _refuse_in(FAR))

    found = find(session, "sg-0abc9999", OWN, nobody)

    assert found.resources == ()
    (caveat,) = [each for each in found.caveats if FAR in each.message]
    assert (caveat.code, caveat.weight) == ("config-refused", "blind")
    assert "config:GetResourceConfigHistory" in caveat.message


def test_what_is_nowhere_says_everything_that_was_tried(found_world, session):
    found = find(session, "sg-0abc9999", OWN, THROUGH_ROLE)

    assert found.resources == ()
    words = "; ".join(found.tried)
    assert f"{GROUP} sg-0abc9999 in prod" in words
    assert "2 other regions" in words
    assert "staging" in words


def test_the_region_of_an_arn_is_asked_first_and_a_wrong_one_is_told(counted, session):
    right = f"arn:aws:ec2:{FAR}:{PROD.id}:security-group/{FAR_ID}"
    with counted.within() as sent:
        found = find(session, right, OWN)
    assert (told(found), len(sent), found.caveats) == ([(GROUP, FAR_ID, PROD.id, FAR)], 1, ())

    wrong = find(session, f"arn:aws:ec2:eu-central-1:{PROD.id}:security-group/{FAR_ID}", OWN)
    assert told(wrong) == told(found)
    (caveat,) = wrong.caveats
    assert caveat.code == "found-elsewhere"
    assert "eu-central-1" in caveat.message
    assert FAR in caveat.message


def test_what_is_at_home_after_all_is_told_so_too(found_world, session):
    found = find(session, f"arn:aws:ec2:{FAR}:{PROD.id}:security-group/{ID}", OWN)

    assert told(found) == [(GROUP, ID, PROD.id, HOME)]
    assert [each.code for each in found.caveats] == ["found-elsewhere"]


def test_the_account_of_an_arn_is_asked_through_its_role(found_world, session):
    arn = f"arn:aws:ec2:{HOME}:{STAGING.id}:security-group/{STAGED_ID}"

    assert told(find(session, arn, OWN, THROUGH_ROLE)) == [(GROUP, STAGED_ID, STAGING.id, HOME)]


def test_an_arn_of_an_account_that_no_role_leads_to_says_so(found_world, session):
    found = find(session, f"arn:aws:ec2:{HOME}:999999999999:security-group/sg-0abc9999", OWN)

    assert found.resources == ()
    assert any("999999999999" in each.message and "role" in each.message for each in found.caveats)


def test_of_several_of_one_name_an_arn_means_its_own():
    arns = [f"arn:aws:iam::{account}:role/deploy" for account in (PROD.id, STAGING.id)]
    rows = [
        {
            "resourceType": ROLE,
            "resourceId": f"AROA{n}",
            "resourceName": "deploy",
            "arn": arn,
            "awsRegion": "global",
        }
        for n, arn in enumerate(arns)
    ]

    assert [each.id for each in resources(rows, meant(arns[1]))] == ["AROA1"]
    assert [each.id for each in resources(rows, meant("role/deploy"))] == ["AROA0", "AROA1"]


def test_given_places_are_looked_in_alone(counted, session):
    with counted.within() as sent:
        found = find(session, ID, OWN, places=(Place(PROD.id, FAR),))

    assert (found.resources, sent) == ((), ["GetResourceConfigHistory"])


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


def _refuse_in(region):
    def refuse(request, **_):
        if f"/{region}/" in str(request.headers.get("Authorization")):
            return AWSResponse(request.url, 400, {"x-amzn-ErrorType": "AccessDeniedException"}, _Raw())
        return None

    return refuse


class _Raw:
    def __init__(self, code="AccessDeniedException"):
        self._body = b'{"__type": "%s", "message": "no"}' % code.encode()

    def stream(self, *_, **__):
        yield self._body


def _refusing(session, operation, code):
    def refuse(request, **_):
        return AWSResponse(request.url, 400, {"x-amzn-ErrorType": code}, _Raw(code))

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
            return AWSResponse(request.url, 400, {"x-amzn-ErrorType": code}, _Raw(code))
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
