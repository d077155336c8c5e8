"""S3 Control in the stand-in: access points where their buckets are, those of several regions, the account's block."""

import json

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.s3_asked import _to_address
from bot.embedded.aws import PROD, STAGING
from bot.embedded.aws.s3_control import block_by_organization

HERE, THERE = "acme-here", "acme-there"
FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
OFF, ON = dict.fromkeys(FLAGS, False), dict.fromkeys(FLAGS, True)
MINE = {"AccountId": PROD.id}
FAR = "us-west-2"


def policy(condition=None):
    one = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    told = one | ({"Condition": condition} if condition else {})
    return json.dumps({"Version": "2012-10-17", "Statement": [told]})


def control(world, region="eu-west-1", account=PROD):
    client = world.client("s3control", region, account)
    client.meta.events.register("before-sign.s3-control", _to_address)
    return client


def refused(call, **words):
    with pytest.raises(ClientError) as caught:
        call(**words)
    return caught.value.response["Error"]["Code"]


@pytest.fixture
def near(world):
    s3 = world.client("s3")
    s3.create_bucket(Bucket=HERE, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.delete_public_access_block(Bucket=HERE)
    world.client("s3", "us-east-1").create_bucket(Bucket=THERE)
    yield control(world)
    for region in ("eu-west-1", "us-east-1"):
        client = control(world, region)
        for point in client.list_access_points(**MINE)["AccessPointList"]:
            client.delete_access_point(**MINE, Name=point["Name"])
    far = control(world, FAR)
    for point in far.list_multi_region_access_points(**MINE)["AccessPoints"]:
        far.delete_multi_region_access_point(**MINE, ClientToken="1", Details={"Name": point["Name"]})
    s3.delete_bucket(Bucket=HERE)
    world.client("s3", "us-east-1").delete_bucket(Bucket=THERE)


def test_an_access_point_is_listed_in_the_region_of_its_bucket_alone(world, near):
    made = near.create_access_point(**MINE, Name="till", Bucket=HERE)["AccessPointArn"]
    elsewhere = control(world, "us-east-1")
    elsewhere.create_access_point(**MINE, Name="away", Bucket=THERE)

    assert made == f"arn:aws:s3:eu-west-1:{PROD.id}:accesspoint/till"
    assert [one["AccessPointArn"] for one in near.list_access_points(**MINE)["AccessPointList"]] == [made]
    assert [one["Name"] for one in elsewhere.list_access_points(**MINE)["AccessPointList"]] == ["away"]
    assert elsewhere.list_access_points(**MINE, Bucket=HERE)["AccessPointList"] == []
    assert refused(elsewhere.get_access_point, **MINE, Name="till") == "NoSuchAccessPoint"
    assert refused(near.create_access_point, **MINE, Name="lost", Bucket=THERE) == "InvalidRequest"


def test_access_points_come_in_pages(near):
    for number in range(5):
        near.create_access_point(**MINE, Name=f"till-{number}", Bucket=HERE)

    names, token = [], {}
    for _ in range(3):
        page = near.list_access_points(**MINE, MaxResults=2, **token)
        names.append([one["Name"] for one in page["AccessPointList"]])
        token = {"NextToken": page.get("NextToken")}

    assert names == [["till-0", "till-1"], ["till-2", "till-3"], ["till-4"]]
    assert token == {"NextToken": None}


def test_a_new_access_point_is_closed_unless_it_says_otherwise(near):
    near.create_access_point(**MINE, Name="shut", Bucket=HERE)
    near.create_access_point(**MINE, Name="open", Bucket=HERE, PublicAccessBlockConfiguration=OFF)

    told = {
        name: near.get_access_point(**MINE, Name=name)["PublicAccessBlockConfiguration"]
        for name in ("shut", "open")
    }
    assert told == {"shut": ON, "open": OFF}
    assert refused(near.put_access_point_policy, **MINE, Name="shut", Policy=policy()) == "AccessDenied"
    near.put_access_point_policy(**MINE, Name="open", Policy=policy())


def test_the_block_of_its_bucket_holds_for_an_access_point_too(world, near):
    world.client("s3").put_public_access_block(Bucket=HERE, PublicAccessBlockConfiguration=ON)
    near.create_access_point(**MINE, Name="till", Bucket=HERE, PublicAccessBlockConfiguration=OFF)

    assert refused(near.put_access_point_policy, **MINE, Name="till", Policy=policy()) == "AccessDenied"


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        (None, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, False),
        (
            {"StringEquals": {"s3:DataAccessPointArn": f"arn:aws:s3:eu-west-1:{PROD.id}:accesspoint/till"}},
            True,
        ),
    ],
)
def test_the_policy_of_an_access_point_has_a_status_of_its_own(near, condition, public):
    near.create_access_point(**MINE, Name="till", Bucket=HERE, PublicAccessBlockConfiguration=OFF)
    assert (
        refused(near.get_access_point_policy_status, **MINE, Name="till")
        == refused(near.get_access_point_policy, **MINE, Name="till")
        == "NoSuchAccessPointPolicy"
    )

    near.put_access_point_policy(**MINE, Name="till", Policy=policy(condition))

    assert near.get_access_point_policy_status(**MINE, Name="till")["PolicyStatus"] == {"IsPublic": public}
    assert near.get_access_point_policy(**MINE, Name="till")["Policy"] == policy(condition)


def test_an_access_point_of_a_vpc_is_never_public(near):
    of_vpc = {"VpcConfiguration": {"VpcId": "vpc-1"}, "PublicAccessBlockConfiguration": OFF}
    near.create_access_point(**MINE, Name="till", Bucket=HERE, **of_vpc)
    near.put_access_point_policy(**MINE, Name="till", Policy=policy())

    assert near.get_access_point_policy_status(**MINE, Name="till")["PolicyStatus"] == {"IsPublic": False}
    (listed,) = near.list_access_points(**MINE)["AccessPointList"]
    assert (listed["NetworkOrigin"], listed["VpcConfiguration"]) == ("VPC", {"VpcId": "vpc-1"})


def test_access_points_of_several_regions_are_told_in_one_alone(world, near):
    far = control(world, FAR)
    details = {"Name": "world", "Regions": [{"Bucket": HERE}, {"Bucket": THERE}], "PublicAccessBlock": OFF}
    far.create_multi_region_access_point(**MINE, ClientToken="1", Details=details)
    mine = {**MINE, "Name": "world"}
    assert (
        refused(far.get_multi_region_access_point_policy_status, **mine)
        == "NoSuchMultiRegionAccessPointPolicy"
    )
    far.put_multi_region_access_point_policy(
        **MINE, ClientToken="2", Details={"Name": "world", "Policy": policy()}
    )

    (listed,) = far.list_multi_region_access_points(**MINE)["AccessPoints"]
    assert listed["PublicAccessBlock"] == OFF
    assert {one["Bucket"]: one["Region"] for one in listed["Regions"]} == {
        HERE: "eu-west-1",
        THERE: "us-east-1",
    }
    assert far.get_multi_region_access_point_policy_status(**mine)["Established"] == {"IsPublic": True}
    told = far.get_multi_region_access_point_policy(**mine)["Policy"]["Established"]["Policy"]
    assert told == policy()
    for call in (near.list_multi_region_access_points, near.get_multi_region_access_point_policy_status):
        words = MINE if call == near.list_multi_region_access_points else mine
        assert refused(call, **words) == "InvalidRequest"


def test_nobody_asks_about_another_account(near):
    theirs = {"AccountId": STAGING.id}

    assert refused(near.list_access_points, **theirs) == "AccessDenied"
    assert refused(near.get_public_access_block, **theirs) == "AccessDenied"


def test_the_organizations_block_is_the_accounts_and_nobody_in_it_changes_it(world):
    theirs, client = {"AccountId": STAGING.id}, control(world, account=STAGING)
    assert refused(client.get_public_access_block, **theirs) == "NoSuchPublicAccessBlockConfiguration"

    block_by_organization(STAGING.id)

    assert client.get_public_access_block(**theirs)["PublicAccessBlockConfiguration"] == ON
    assert refused(client.delete_public_access_block, **theirs) == "AccessDenied"
    words = {"PublicAccessBlockConfiguration": OFF}
    assert refused(client.put_public_access_block, **theirs, **words) == "AccessDenied"
