"""RDS tells its snapshots, and who may restore each."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.rds.snapshots import Snapshot, Snapshots

HERE, THERE = (PROD.id, HOME), (STAGING.id, HOME)
MADE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def rds(world):
    for each in (
        Snapshot("orders-2026", "orders", HERE, MADE, shared=("all",)),
        Snapshot("orders-own", "orders", HERE, MADE, encrypted=True),
        Snapshot("rds:orders-nightly", "orders", HERE, MADE, kind="automated"),
        Snapshot("given", "shop", THERE, MADE, shared=(PROD.id,)),
        Snapshot("theirs-open", "shop", THERE, MADE, shared=("all",)),
        Snapshot(
            "aurora-open", "aurora", HERE, MADE, engine="aurora-mysql", shared=("all",), is_cluster=True
        ),
    ):
        world.aws.database_snapshots.put(each)
    return world.client("rds")


def named(rds, **asked):
    return {each["DBSnapshotIdentifier"] for each in rds.describe_db_snapshots(**asked)["DBSnapshots"]}


def test_ones_own_are_told_by_their_kind(rds):
    assert named(rds) == {"orders-2026", "orders-own", "rds:orders-nightly"}
    assert named(rds, SnapshotType="manual") == {"orders-2026", "orders-own"}
    assert named(rds, SnapshotType="automated") == {"rds:orders-nightly"}


def test_public_ones_are_everybodys(rds):
    assert named(rds, SnapshotType="public") == {"orders-2026", "theirs-open"}
    assert named(rds, SnapshotType="shared") == {"given"}
    assert named(rds, SnapshotType="manual", IncludePublic=True, IncludeShared=True) == {
        *("orders-2026", "orders-own", "given", "theirs-open")
    }


def test_a_snapshot_is_told_whole(rds):
    (told,) = rds.describe_db_snapshots(DBSnapshotIdentifier="orders-own")["DBSnapshots"]

    assert (told["DBInstanceIdentifier"], told["Encrypted"], told["SnapshotCreateTime"]) == (
        "orders",
        True,
        MADE,
    )
    assert told["DBSnapshotArn"] == f"arn:aws:rds:{HOME}:{PROD.id}:snapshot:orders-own"


def test_who_may_restore_it_is_an_attribute(rds):
    def restorers(name):
        told = rds.describe_db_snapshot_attributes(DBSnapshotIdentifier=name)["DBSnapshotAttributesResult"]
        (restore,) = told["DBSnapshotAttributes"]
        return restore["AttributeName"], restore["AttributeValues"]

    assert restorers("orders-2026") == ("restore", ["all"])
    assert restorers("orders-own") == ("restore", [])


def test_clusters_have_their_own(rds):
    (told,) = rds.describe_db_cluster_snapshots(SnapshotType="manual")["DBClusterSnapshots"]
    asked = {"DBClusterSnapshotIdentifier": "aurora-open"}
    result = rds.describe_db_cluster_snapshot_attributes(**asked)["DBClusterSnapshotAttributesResult"]

    assert (told["DBClusterIdentifier"], told["StorageEncrypted"]) == ("aurora", False)
    assert result["DBClusterSnapshotAttributes"] == [{"AttributeName": "restore", "AttributeValues": ["all"]}]


def test_what_is_not_there_is_refused(rds):
    with pytest.raises(rds.exceptions.DBSnapshotNotFoundFault):
        rds.describe_db_snapshots(DBSnapshotIdentifier="nobody")
    with pytest.raises(rds.exceptions.DBSnapshotNotFoundFault):
        rds.describe_db_snapshot_attributes(DBSnapshotIdentifier="theirs-open")
    with pytest.raises(rds.exceptions.DBClusterSnapshotNotFoundFault):
        rds.describe_db_cluster_snapshot_attributes(DBClusterSnapshotIdentifier="nobody")


def test_they_come_in_pages(world, rds):
    place = (STAGING.id, "us-east-1")
    for n in range(45):
        world.aws.database_snapshots.put(Snapshot(f"copy-{n}", "shop", place, MADE))
    pages = world.client("rds", "us-east-1", STAGING).get_paginator("describe_db_snapshots")

    told = [page["DBSnapshots"] for page in pages.paginate(PaginationConfig={"PageSize": 20})]

    assert [len(page) for page in told] == [20, 20, 5]
    with pytest.raises(ClientError, match="MaxRecords"):
        rds.describe_db_snapshots(MaxRecords=5)


@pytest.mark.parametrize("more", [{"encrypted": True}, {"kind": "automated"}])
def test_what_rds_would_not_share_with_everybody_cannot_be(more):
    with pytest.raises(ValueError, match="not"):
        Snapshots().put(Snapshot("x", "y", HERE, MADE, shared=("all",), **more))
