"""Databases as RDS describes them: those of AWS Config's newest items, which is the one truth of the incident.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html
"""

from collections.abc import Mapping
from typing import Any

from bot.embedded.aws.config.recordings import Place, Recordings, is_current

_PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306}
Json = dict[str, Any]


def databases(recordings: Recordings, place: Place) -> list[Json]:
    """Every one of a place, by name."""
    items = [each for each in recordings.latest(place) if each["resourceType"] == "AWS::RDS::DBInstance"]
    found = [_database(each["configuration"], place) for each in items if is_current(each)]
    return sorted(found, key=lambda each: str(each["DBInstanceIdentifier"]))


def _database(told: Mapping[str, Any], place: Place) -> Json:
    name = told["dBInstanceIdentifier"]
    groups = told["vpcSecurityGroups"]
    return {
        "DBInstanceIdentifier": name,
        "DBInstanceArn": told["dBInstanceArn"],
        "DbiResourceId": told["dbiResourceId"],
        "DBInstanceStatus": told["dBInstanceStatus"],
        "Engine": told["engine"],
        "PubliclyAccessible": told["publiclyAccessible"],
        "StorageEncrypted": told["storageEncrypted"],
        "DbInstancePort": told["dbInstancePort"],
        # The field before says 0 in AWS, too: where it listens is here.
        "Endpoint": {
            "Address": f"{name}.example.{place[1]}.rds.amazonaws.com",
            "Port": _PORTS.get(told["engine"], _PORTS["postgres"]),
        },
        "VpcSecurityGroups": [
            {"VpcSecurityGroupId": each["vpcSecurityGroupId"], "Status": each["status"]} for each in groups
        ],
    }
