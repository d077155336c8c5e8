"""One change each of what holds data and who may use it, in the shapes of their items, as a person reads it."""

import json
from urllib.parse import quote

from inline_snapshot import snapshot

from tests.core.configuration.told import pair, told

DATABASE = {
    "dBInstanceIdentifier": "orders",
    "dBInstanceClass": "db.t4g.medium",
    "dBInstanceStatus": "available",
    "publiclyAccessible": False,
    "latestRestorableTime": "2026-09-08T11:00:00Z",
    "backupRetentionPeriod": 7,
    "multiAZ": True,
    "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-0a1b", "status": "active"}],
    "dBParameterGroups": [{"dBParameterGroupName": "default.postgres16", "parameterApplyStatus": "in-sync"}],
    "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
    "pendingModifiedValues": {},
}
USER = {
    "userName": "backup",
    "userPolicyList": [],
    "groupList": ["ops"],
    "attachedManagedPolicies": [],
    "permissionsBoundary": {
        "permissionsBoundaryType": "Policy",
        "permissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge",
    },
}
TABLE = {
    "tableName": "orders",
    "itemCount": 10,
    "tableSizeBytes": 1000,
    "provisionedThroughput": {"readCapacityUnits": 5, "writeCapacityUnits": 5},
    "globalSecondaryIndexes": [],
    "deletionProtectionEnabled": True,
}
STATEMENT = {
    "Sid": "invoke",
    "Effect": "Allow",
    "Action": "lambda:InvokeFunction",
    "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:f",
}
POLICY = {
    "policyName": "deploy",
    "defaultVersionId": "v1",
    "policyVersionList": [
        {
            "versionId": "v1",
            "isDefaultVersion": True,
            "document": quote(
                json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
            ),
        }
    ],
}
NEWER = {
    "versionId": "v2",
    "isDefaultVersion": True,
    "document": quote(json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})),
}

PAIRS = {
    "a database made public, smaller, and without logs": pair(
        "AWS::RDS::DBInstance",
        DATABASE,
        DATABASE
        | {
            "publiclyAccessible": True,
            "dBInstanceClass": "db.t4g.small",
            "latestRestorableTime": "2026-09-08T11:05:00Z",
            "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-0ffe", "status": "adding"}],
            "enabledCloudwatchLogsExports": [],
            "pendingModifiedValues": {"dBInstanceClass": "db.t4g.small"},
        },
    ),
    "a user who was let out": pair(
        "AWS::IAM::User",
        USER,
        {
            "userName": "backup",
            "groupList": ["ops", "admins"],
            "attachedManagedPolicies": [
                {
                    "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess",
                    "policyName": "AdministratorAccess",
                }
            ],
            "userPolicyList": [
                {
                    "policyName": "assume",
                    "policyDocument": quote(
                        json.dumps(
                            {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}
                        )
                    ),
                }
            ],
        },
    ),
    "a table with an index, without protection": pair(
        "AWS::DynamoDB::Table",
        TABLE,
        TABLE
        | {
            "itemCount": 11,
            "deletionProtectionEnabled": False,
            "provisionedThroughput": {"readCapacityUnits": 50, "writeCapacityUnits": 5},
            "globalSecondaryIndexes": [{"indexName": "by-day", "indexStatus": "CREATING", "itemCount": 0}],
        },
    ),
    "a function that anybody may call": pair(
        "AWS::Lambda::Function",
        {"functionName": "f", "runtime": "python3.12"},
        {"functionName": "f", "runtime": "python3.13"},
        {
            "Policy": {
                "Version": "2012-10-17",
                "Statement": [STATEMENT | {"Principal": {"Service": "sns.amazonaws.com"}}],
            }
        },
        {"Policy": {"Version": "2012-10-17", "Statement": [STATEMENT | {"Principal": "*"}]}},
    ),
    "a policy with a new version": pair(
        "AWS::IAM::Policy",
        POLICY,
        POLICY
        | {
            "defaultVersionId": "v2",
            "policyVersionList": [POLICY["policyVersionList"][0] | {"isDefaultVersion": False}, NEWER],
        },
    ),
    "a key that will be deleted": pair(
        "AWS::KMS::Key",
        {"keyState": "Enabled", "enabled": True},
        {"keyState": "PendingDeletion", "enabled": False, "deletionDate": "2026-09-15T00:00:00Z"},
        {"KeyRotationStatus": True},
        {"KeyRotationStatus": False},
    ),
    "a queue that a bucket may write to": pair(
        "AWS::SQS::Queue",
        {
            "QueueArn": "arn:aws:sqs:eu-west-1:111122223333:q",
            "VisibilityTimeout": 30,
            "SqsManagedSseEnabled": True,
        },
        {
            "QueueArn": "arn:aws:sqs:eu-west-1:111122223333:q",
            "VisibilityTimeout": 60,
            "SqsManagedSseEnabled": False,
            "Policy": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": "*",
                        "Action": "sqs:SendMessage",
                        "Resource": "*",
                        "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::acme"}},
                    }
                ]
            },
        },
    ),
}


def test_a_change_of_each_type_reads_well():
    assert {name: told(*both) for name, both in PAIRS.items()} == snapshot(
        {
            "a database made public, smaller, and without logs": [
                "DB instance class: db.t4g.medium → db.t4g.small",
                "− exported log postgresql",
                "− exported log upgrade",
                "+ pending modified values, DB instance class: db.t4g.small",
                "publicly accessible: off → on",
                "− VPC security group sg-0a1b: status active",
                "+ VPC security group sg-0ffe: status adding",
                "! reachable from the internet",
                "! a log export was turned off",
                "~ 1",
            ],
            "a user who was let out": [
                "+ attached policy AdministratorAccess",
                "+ group admins",
                "− permissions boundary: policy/edge",
                "+ inline policy assume: allows sts:AssumeRole on everything",
                "! given AdministratorAccess",
                "! the permissions boundary was taken away",
            ],
            "a table with an index, without protection": [
                "deletion protection enabled: on → off",
                "+ global secondary index by-day: index status CREATING, item count 0",
                "provisioned throughput: read capacity units 5 → 50",
                "! deletion protection turned off",
                "~ 1",
            ],
            "a function that anybody may call": [
                "runtime: python3.12 → python3.13",
                "policy: statement invoke now allows lambda:InvokeFunction to everybody; no longer allows lambda:InvokeFunction to sns.amazonaws.com",
                "! the policy lets everybody use it",
            ],
            "a policy with a new version": [
                "default version ID: v1 → v2",
                "+ policy version v2: allows everything on everything",
                "! allowed everything",
                "~ 1",
            ],
            "a key that will be deleted": [
                "+ deletion date: 2026-09-15T00:00:00Z",
                "enabled: on → off",
                "key state: Enabled → PendingDeletion",
                "key rotation: on → off",
                "! key rotation turned off",
                "! the key is scheduled for deletion",
            ],
            "a queue that a bucket may write to": [
                "+ policy: allows sqs:SendMessage to everybody on everything if aws:SourceArn like arn:aws:s3:::acme",
                "SQS managed SSE enabled: on → off",
                "visibility timeout: 30 → 60",
                "! encryption turned off",
            ],
        }
    )


def test_numbers_in_a_list_are_said_once_and_a_default_encryption_by_its_name():
    assert told(*pair("AWS::Any::Thing", {"ports": [1, 2, 3]}, {"ports": [1, 3]})) == ["− port 2"]
    rules = [
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": one}}]} for one in ("AES256", "x")
    ]
    before, after = ({"ServerSideEncryptionConfiguration": one} for one in rules)

    assert told(*pair("AWS::S3::Bucket", {}, {}, before, after)) == [
        "− default encryption rule: apply server side encryption by default (SSE algorithm AES256)",
        "+ default encryption rule: apply server side encryption by default (SSE algorithm x)",
    ]
