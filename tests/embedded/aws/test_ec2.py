"""EC2 tells which doors stand open: groups and what is in them, snapshots and who may use them."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.ec2.snapshots import Snapshot, Snapshots

HERE, THERE = (PROD.id, HOME), (STAGING.id, HOME)
MADE = datetime(2026, 9, 1, tzinfo=UTC)
SSH = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
ALL = {"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [{"PrefixListId": "pl-1"}]}


@pytest.fixture(scope="module")
def ec2(world):
    network, snapshots = world.aws.network, world.aws.snapshots
    network.put_group(HERE, "sg-1", [SSH, ALL], GroupName="web", VpcId="vpc-1")
    network.put_group(HERE, "sg-2")
    network.put_group(THERE, "sg-3", [SSH])
    network.attach(HERE, "sg-1", interface_id="eni-1")
    network.put_list(HERE, "pl-1", ["0.0.0.0/0", "192.0.2.0/24"])
    snapshots.put(Snapshot("snap-own", HERE, MADE, encrypted=True))
    snapshots.put(Snapshot("snap-open", HERE, MADE, description="by hand", shared=("all",)))
    snapshots.put(Snapshot("snap-given", THERE, MADE, shared=(PROD.id,)))
    snapshots.put(Snapshot("snap-theirs-open", THERE, MADE, shared=("all",)))
    snapshots.put(Snapshot("snap-theirs", THERE, MADE))
    return world.client("ec2")


def code(call, **asked):
    with pytest.raises(ClientError) as caught:
        call(**asked)
    return caught.value.response["Error"]["Code"]


def named(ec2, **asked):
    return [each["SnapshotId"] for each in ec2.describe_snapshots(**asked)["Snapshots"]]


def test_a_group_is_told_with_every_rule(ec2):
    (group,) = ec2.describe_security_groups(GroupIds=["sg-1"])["SecurityGroups"]

    ssh, everything = group["IpPermissions"]
    assert (group["GroupName"], group["VpcId"], group["OwnerId"]) == ("web", "vpc-1", PROD.id)
    assert (ssh["FromPort"], ssh["ToPort"], ssh["IpRanges"]) == (22, 22, [{"CidrIp": "0.0.0.0/0"}])
    assert "FromPort" not in everything
    assert everything["Ipv6Ranges"] == [{"CidrIpv6": "::/0"}]
    assert everything["PrefixListIds"] == [{"PrefixListId": "pl-1"}]


def test_groups_are_those_of_the_account_and_region(world, ec2):
    own = ec2.describe_security_groups()["SecurityGroups"]
    others = world.client("ec2", account=STAGING).describe_security_groups()["SecurityGroups"]

    assert [each["GroupId"] for each in own] == ["sg-1", "sg-2"]
    assert [each["GroupId"] for each in others] == ["sg-3"]
    assert world.client("ec2", "us-east-1").describe_security_groups()["SecurityGroups"] == []


def test_groups_are_chosen_by_filters(ec2):
    wanted = [{"Name": "ip-permission.cidr", "Values": ["0.0.0.0/0"]}]

    assert [each["GroupId"] for each in ec2.describe_security_groups(Filters=wanted)["SecurityGroups"]] == [
        "sg-1"
    ]
    assert (
        code(ec2.describe_security_groups, Filters=[{"Name": "x", "Values": ["y"]}])
        == "InvalidParameterValue"
    )
    assert code(ec2.describe_security_groups, GroupIds=["sg-9"]) == "InvalidGroup.NotFound"


def test_groups_come_in_pages_where_a_size_is_asked_for(world, ec2):
    place = (PROD.id, "eu-north-1")
    for n in range(12):
        world.aws.network.put_group(place, f"sg-{n:02}")
    pages = world.client("ec2", "eu-north-1").get_paginator("describe_security_groups")

    told = [page["SecurityGroups"] for page in pages.paginate(PaginationConfig={"PageSize": 5})]

    assert [len(page) for page in told] == [5, 5, 2]
    assert code(ec2.describe_security_groups, MaxResults=1000, NextToken="x") == "InvalidNextToken"


def test_an_interface_names_its_groups(ec2):
    (interface,) = ec2.describe_network_interfaces()["NetworkInterfaces"]
    wanted = [{"Name": "group-id", "Values": ["sg-2"]}]

    assert (interface["NetworkInterfaceId"], interface["Groups"][0]["GroupId"]) == ("eni-1", "sg-1")
    assert interface["Status"] == "in-use"
    assert ec2.describe_network_interfaces(Filters=wanted)["NetworkInterfaces"] == []
    assert code(ec2.describe_network_interfaces, NetworkInterfaceIds=["eni-9"]) == (
        "InvalidNetworkInterfaceID.NotFound"
    )


def test_a_prefix_list_tells_its_networks(ec2):
    entries = ec2.get_managed_prefix_list_entries(PrefixListId="pl-1")["Entries"]

    assert [each["Cidr"] for each in entries] == ["0.0.0.0/0", "192.0.2.0/24"]
    assert code(ec2.get_managed_prefix_list_entries, PrefixListId="pl-9") == "InvalidPrefixListID.NotFound"


def test_without_an_owner_everybodys_public_snapshots_are_told(ec2):
    assert named(ec2) == ["snap-own", "snap-open", "snap-given", "snap-theirs-open"]
    assert named(ec2, OwnerIds=["self"]) == ["snap-own", "snap-open"]
    assert named(ec2, OwnerIds=[STAGING.id]) == ["snap-given", "snap-theirs-open"]


def test_ones_own_public_snapshots_are_told(ec2):
    assert named(ec2, OwnerIds=["self"], RestorableByUserIds=["all"]) == ["snap-open"]
    assert named(ec2, RestorableByUserIds=["self"]) == ["snap-own", "snap-open", "snap-given"]


def test_a_snapshot_is_told_whole(ec2):
    (told,) = ec2.describe_snapshots(SnapshotIds=["snap-open"])["Snapshots"]

    assert (told["Description"], told["Encrypted"], told["StartTime"]) == ("by hand", False, MADE)
    assert named(ec2, Filters=[{"Name": "encrypted", "Values": ["true"]}]) == ["snap-own"]
    assert code(ec2.describe_snapshots, SnapshotIds=["snap-theirs"]) == "InvalidSnapshot.NotFound"


def test_a_block_hides_public_snapshots_from_others_and_not_from_their_owner(world, ec2):
    assert ec2.get_snapshot_block_public_access_state()["State"] == "unblocked"
    world.aws.snapshots.blocked[THERE] = "block-all-sharing"

    staging = world.client("ec2", account=STAGING)
    state, hidden = staging.get_snapshot_block_public_access_state()["State"], named(ec2)
    own = named(staging, OwnerIds=["self"], RestorableByUserIds=["all"])
    del world.aws.snapshots.blocked[THERE]

    assert state == "block-all-sharing"
    assert "snap-theirs-open" not in hidden
    assert own == ["snap-theirs-open"]


def test_an_encrypted_snapshot_cannot_be_public():
    with pytest.raises(ValueError, match="encrypted"):
        Snapshots().put(Snapshot("snap-x", HERE, MADE, encrypted=True, shared=("all",)))


def test_regions_are_those_that_are_on(ec2):
    on = {each["RegionName"] for each in ec2.describe_regions()["Regions"]}
    every = {
        each["RegionName"]: each["OptInStatus"] for each in ec2.describe_regions(AllRegions=True)["Regions"]
    }

    assert {HOME, "us-east-1", "ap-northeast-1"} < on
    assert len(on) == 17
    assert every["me-south-1"] == "not-opted-in"
    assert "me-south-1" not in on
    assert code(ec2.describe_regions, RegionNames=["mars-1"]) == "InvalidParameterValue"


def test_a_refused_action_is_told_in_ec2s_own_words(world, ec2):
    world.aws.refused.add("ec2:DescribeSnapshots")
    refused = code(ec2.describe_snapshots)
    world.aws.refused.clear()

    assert refused == "UnauthorizedOperation"
