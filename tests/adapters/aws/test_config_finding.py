"""What is meant is found wherever it may be: at home, by an aggregator, in other regions and accounts; or it is said why not."""

from datetime import timedelta

from botocore.awsrequest import AWSResponse

from bot.adapters.aws.config_queries import resources
from bot.adapters.aws.ways import Known
from bot.core.configuration.item import Place
from bot.core.configuration.said import meant, narrowed
from bot.embedded.aws import HOME, PROD, STAGING
from tests.adapters.aws.config_found import (
    FAR_ID,
    GONE,
    ID,
    LAMBDA,
    OWN,
    STAGED_ID,
    THROUGH_ROLE,
    Raw,
    find,
    told,
)
from tests.adapters.aws.config_world import (
    BUCKET,
    FAR,
    GROUP,
    MONTH,
    ROLE,
    VIRGINIA,
    configurations,
    silent,
)
from tests.aws_world import NOW


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


def _refuse_in(region):
    def refuse(request, **_):
        if f"/{region}/" in str(request.headers.get("Authorization")):
            return AWSResponse(request.url, 400, {"x-amzn-ErrorType": "AccessDeniedException"}, Raw())
        return None

    return refuse
