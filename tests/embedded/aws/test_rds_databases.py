"""RDS tells the databases that Config recorded last, and no others."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def aws():
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        furnish(made, Incident(1, NOW))
        yield made


def test_a_database_is_as_config_recorded_it_last(aws):
    (found,) = aws.client("rds").describe_db_instances()["DBInstances"]
    item = next(
        each
        for each in aws.recordings.latest((PROD.id, HOME))
        if each["resourceType"] == "AWS::RDS::DBInstance"
    )

    assert (found["DBInstanceIdentifier"], found["Endpoint"]["Port"]) == ("acme-orders", 5432)
    assert found["PubliclyAccessible"] == item["configuration"]["publiclyAccessible"]
    assert [each["VpcSecurityGroupId"] for each in found["VpcSecurityGroups"]] == [
        each["vpcSecurityGroupId"] for each in item["configuration"]["vpcSecurityGroups"]
    ]


def test_other_regions_have_none_and_an_unknown_name_is_an_error(aws):
    assert aws.client("rds", region="us-east-1").describe_db_instances()["DBInstances"] == []
    with pytest.raises(ClientError, match="DBInstanceNotFound"):
        aws.client("rds").describe_db_instances(DBInstanceIdentifier="acme-nothing")
