"""Databases: `acme-orders`, which Config knows by an id that nobody types, was reachable from outside for two days."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.hands import Step, terraform, through_role
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    instant,
    recording_since,
    related,
    tag_list,
    workday,
)
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident

ORDERS = "acme-orders"

_MADE = datetime(2022, 11, 3, 13, 5, 27, tzinfo=UTC)


def databases(incident: Incident) -> Iterator[Configured]:
    """Closed, open and closed again."""
    since, (opened, closed) = recording_since(incident), _switched(incident)
    yield _database(incident, since + timedelta(minutes=2, seconds=31), is_public=False, is_new=True)
    yield _database(incident, opened + timedelta(minutes=7, seconds=14), is_public=True)
    yield _database(incident, closed + timedelta(minutes=5, seconds=49), is_public=False)


def databases_calls(incident: Incident) -> Iterator[Step]:
    """Tomas opens it through role `db-admin`; Terraform, run by a merge, closes it."""
    opened, closed = _switched(incident)
    tomas, taken = through_role(incident, "tomas", "db-admin", "orders-import", opened - timedelta(minutes=3))
    yield taken
    yield Step(opened, _modified(incident, tomas, is_public=True))
    run, taken = terraform(incident, 402, closed - timedelta(seconds=52))
    yield taken
    yield Step(closed, _modified(incident, run, is_public=False))


def _switched(incident: Incident) -> tuple[datetime, datetime]:
    return workday(incident, 17, "17:26:09"), workday(incident, 13, "13:31:20")


def _ident(incident: Incident) -> str:
    return f"db-{incident.unique_id('', ORDERS, 33)[7:]}"


def _place(incident: Incident) -> Place:
    return Place(incident.prod.id, incident.home_region)


def _modified(incident: Incident, by: Caller, *, is_public: bool) -> Json:
    asked = {"dBInstanceIdentifier": ORDERS, "publiclyAccessible": is_public, "applyImmediately": True}
    answer = {
        "dBInstanceIdentifier": ORDERS,
        "dbiResourceId": _ident(incident),
        "dBInstanceArn": _arn(incident),
        "dBInstanceStatus": "available",
        "publiclyAccessible": is_public,
    }
    fields = {"requestParameters": asked, "responseElements": answer}
    return event(by, _place(incident), "rds:ModifyDBInstance", **fields)


def _arn(incident: Incident) -> str:
    return f"arn:aws:rds:{incident.home_region}:{incident.prod.id}:db:{ORDERS}"


def _database(incident: Incident, at: datetime, *, is_public: bool, is_new: bool = False) -> Configured:
    tags = {"team": "shop"}
    group = f"sg-{incident.hexadecimal('batch-workers', 17)}"
    configuration = {
        "dBInstanceIdentifier": ORDERS,
        "dBInstanceClass": "db.t4g.medium",
        "engine": "postgres",
        "engineVersion": "16.9",
        "dBInstanceStatus": "available",
        "masterUsername": "orders",
        "allocatedStorage": 100,
        "instanceCreateTime": instant(_MADE),
        "vpcSecurityGroups": [{"vpcSecurityGroupId": group, "status": "active"}],
        "multiAZ": True,
        "publiclyAccessible": is_public,
        "storageEncrypted": True,
        "deletionProtection": True,
        "dbInstancePort": 0,
        "dbiResourceId": _ident(incident),
        "dBInstanceArn": _arn(incident),
        "latestRestorableTime": instant(at - timedelta(minutes=4)),
        "pendingModifiedValues": {"processorFeatures": []},
        "tagList": tag_list(tags),
    }
    said = {
        "arn": _arn(incident),
        "resourceName": ORDERS,
        "availabilityZone": f"{incident.home_region}b",
        "configurationItemStatus": "ResourceDiscovered" if is_new else "OK",
        "resourceCreationTime": _MADE,
        "configuration": configuration,
        "tags": tags,
        "relationships": related(
            ("AWS::EC2::VPC", incident.vpc_id, "Is contained in Vpc"),
            ("AWS::EC2::SecurityGroup", group, "Is associated with SecurityGroup"),
        ),
    }
    return configured(_place(incident), ("AWS::RDS::DBInstance", _ident(incident)), at, said)
