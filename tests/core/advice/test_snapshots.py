"""Snapshots of disks and databases, databases that the internet gets at, and trails."""

import pytest

from bot.core.advice.databases import Database
from bot.core.advice.groups import Door, Group, Groups
from bot.core.advice.snapshots import Disks, Snapshot
from tests.core.advice.judged import asked, colours, denied, is_dark

EBS, RDS, RISK = "ePs02jT06w", "rSs93HQwa1", "nNauJisYIT"
BLOCK = "ec2:GetSnapshotBlockPublicAccessState"
ATTRIBUTES = "rds:DescribeDBSnapshotAttributes"


@pytest.mark.parametrize(
    ("regions", "verdict"),
    [
        ({}, "ok"),
        ({"eu-west-1": Disks(())}, "ok"),
        ({"eu-west-1": Disks(("snap-1",), "unblocked")}, "error"),
        ({"eu-west-1": Disks(("snap-1",), "block-new-sharing")}, "error"),
        ({"eu-west-1": Disks(("snap-1",), "block-all-sharing")}, "warning"),
        ({"eu-west-1": Disks(()), "us-east-1": Disks(("snap-1", "snap-2"), "unblocked")}, "error"),
        (
            {
                "eu-west-1": Disks(("snap-1",), "block-all-sharing"),
                "us-east-1": Disks(("snap-2",), "unblocked"),
            },
            "error",
        ),
        ({"eu-west-1": Disks(("snap-1",), denied(BLOCK))}, "error"),
    ],
)
def test_public_snapshots_of_disks(regions, verdict):
    assert asked(EBS, disks=regions).status == verdict


def test_a_block_that_nobody_may_read_is_told_beside_the_public_snapshot():
    found = asked(EBS, disks={"eu-west-1": Disks(("snap-1",), denied(BLOCK))})

    assert found.unknown_because == (f"whether eu-west-1 blocks public snapshots: AWS refused ({BLOCK})",)


def test_a_region_whose_disks_are_denied_is_never_green():
    facts = {"eu-west-1": Disks(()), "us-east-1": denied("ec2:DescribeSnapshots")}

    assert is_dark(asked(EBS, disks=facts), "us-east-1", "ec2:DescribeSnapshots")


def copy(public, name="nightly", kind="database"):
    return Snapshot(name, kind, public)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ((), "ok"),
        ((copy(False),), "ok"),
        ((copy(True),), "error"),
        ((copy(False), copy(True, "dump")), "error"),
        ((copy(True, kind="cluster"),), "error"),
        ((copy(False), copy(False, "c", "cluster")), "ok"),
        ((copy(denied(ATTRIBUTES)),), "not_available"),
        ((copy(denied(ATTRIBUTES)), copy(True, "dump")), "error"),
        ((denied("rds:DescribeDBClusterSnapshots"), copy(False)), "not_available"),
        ((denied("rds:DescribeDBClusterSnapshots"), copy(True)), "error"),
    ],
)
def test_public_snapshots_of_databases(found, verdict):
    assert asked(RDS, copies={"eu-west-1": found}).status == verdict


def test_denied_snapshots_of_databases_name_the_action():
    action = "rds:DescribeDBSnapshots"

    assert is_dark(asked(RDS, copies={"eu-west-1": denied(action)}), "eu-west-1", action)
    assert is_dark(asked(RDS, copies={"eu-west-1": (copy(denied(ATTRIBUTES)),)}), "nightly", ATTRIBUTES)


POSTGRES = Door("tcp", 5432, 5432, "0.0.0.0/0")


def region(*doors, lists=None):
    return Groups((Group("sg-1", "db", doors),), frozenset(), lists or {})


def database(port=5432, public=True, groups=("sg-1",)):
    return Database("orders", port, public, groups)


@pytest.mark.parametrize(
    ("databases", "groups", "verdict"),
    [
        ((), region(POSTGRES), "ok"),
        ((database(),), region(), "ok"),
        ((database(),), region(POSTGRES), "error"),
        ((database(public=False),), region(POSTGRES), "warning"),
        ((database(port=3306),), region(POSTGRES), "ok"),
        ((database(),), region(Door("tcp", 5432, 5432, "10.0.0.0/8")), "ok"),
        ((database(),), region(Door("-1", None, None, "::/0")), "error"),
        ((database(port=None),), region(POSTGRES), "error"),
        ((database(groups=()),), region(POSTGRES), "ok"),
        ((database(groups=("sg-gone",)),), region(POSTGRES), "not_available"),
        ((), denied("ec2:DescribeSecurityGroups"), "ok"),
    ],
)
def test_databases_that_the_internet_gets_at(databases, groups, verdict):
    assert asked(RISK, databases={"eu-west-1": databases}, groups={"eu-west-1": groups}).status == verdict


def test_a_database_is_flagged_with_its_port_its_group_and_its_address():
    found = asked(RISK, databases={"eu-west-1": (database(),)}, groups={"eu-west-1": region(POSTGRES)})

    assert colours(found) == {"orders": "error"}
    assert found.flagged[0].why == "sg-1 lets the internet in to port 5432; it has a public address"


def test_denied_databases_and_denied_groups_are_never_green():
    groups, databases = "ec2:DescribeSecurityGroups", "rds:DescribeDBInstances"
    entries = "ec2:GetManagedPrefixListEntries"
    by_list = region(Door("tcp", 5432, 5432, "pl-1"), lists={"pl-1": denied(entries)})

    assert is_dark(asked(RISK, databases={"eu-west-1": denied(databases)}), databases)
    assert is_dark(
        asked(RISK, databases={"eu-west-1": (database(),)}, groups={"eu-west-1": denied(groups)}), groups
    )
    assert is_dark(
        asked(RISK, databases={"eu-west-1": (database(),)}, groups={"eu-west-1": by_list}), entries
    )
