"""Rows that look at what the call sets: logs that expire, policies of other services, strong machines."""

import json

import pytest

from tests.sources.cloudtrail.calls import call, fired, lines

OTHERS = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Principal": {"AWS": "444455556666"}}]})
ANYONE = json.dumps({"Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Principal": "*"}})


def rule(days, status="Enabled"):
    return {"Rule": [{"Status": status, "Expiration": {"Days": days}}, {"Status": "Enabled"}]}


@pytest.mark.parametrize(
    ("service", "name", "parameters", "said"),
    [
        (
            "s3",
            "PutBucketLifecycle",
            {"bucketName": "acme-cloudtrail", "LifecycleConfiguration": rule(1)},
            ("high", "let the logs in the bucket acme-cloudtrail expire"),
        ),
        (
            "s3",
            "PutBucketLifecycle",
            {"bucketName": "acme-cloudtrail", "LifecycleConfiguration": rule(365)},
            None,
        ),
        (
            "s3",
            "PutBucketLifecycle",
            {"bucketName": "acme-cloudtrail", "LifecycleConfiguration": rule(1, "Disabled")},
            None,
        ),
        ("s3", "PutBucketLifecycle", {"bucketName": "acme-web", "LifecycleConfiguration": rule(1)}, None),
        ("s3", "DeleteBucket", {"bucketName": "acme-audit"}, ("high", "deleted the log bucket acme-audit")),
        ("s3", "DeleteBucket", {"bucketName": "acme-blog"}, None),
        (
            "s3",
            "PutBucketOwnershipControls",
            {"bucketName": "b", "OwnershipControls": {"Rule": {"ObjectOwnership": "ObjectWriter"}}},
            ("low", "allowed ACLs on the bucket b"),
        ),
        (
            "cloudtrail",
            "PutInsightSelectors",
            {"trailName": "main", "insightSelectors": []},
            ("low", "switched the insights of the trail main off"),
        ),
        (
            "config",
            "PutConfigurationRecorder",
            {"configurationRecorder": {"recordingGroup": {"allSupported": False}}},
            ("medium", "narrowed what Config records"),
        ),
        (
            "config",
            "PutConfigurationRecorder",
            {"configurationRecorder": {"recordingGroup": {"allSupported": True}}},
            None,
        ),
        (
            "secretsmanager",
            "PutResourcePolicy",
            {
                "secretId": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod-AbCdEf",
                "resourcePolicy": OTHERS,
            },
            ("medium", "opened the secret prod-AbCdEf by its policy"),
        ),
        (
            "sqs",
            "SetQueueAttributes",
            {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/1/jobs", "attributes": {"Policy": ANYONE}},
            ("high", "opened the queue jobs by its policy"),
        ),
        (
            "sqs",
            "SetQueueAttributes",
            {
                "queueUrl": "https://sqs.eu-west-1.amazonaws.com/1/jobs",
                "attributes": {"VisibilityTimeout": "9"},
            },
            None,
        ),
        (
            "sns",
            "SetTopicAttributes",
            {
                "topicArn": "arn:aws:sns:eu-west-1:1:news",
                "attributeName": "Policy",
                "attributeValue": ANYONE,
            },
            ("high", "opened the topic news by its policy"),
        ),
        (
            "sns",
            "SetTopicAttributes",
            {
                "topicArn": "arn:aws:sns:eu-west-1:1:news",
                "attributeName": "DisplayName",
                "attributeValue": "x",
            },
            None,
        ),
        (
            "kms",
            "CreateGrant",
            {"keyId": "k", "granteePrincipal": "arn:aws:iam::444455556666:root"},
            ("medium", "gave another account the use of the key k"),
        ),
        ("kms", "CreateGrant", {"keyId": "k", "granteePrincipal": "ec2.eu-west-1.amazonaws.com"}, None),
        ("ec2", "RunInstances", {"instanceType": "p4d.24xlarge"}, ("medium", "started GPU machines")),
        ("ec2", "RunInstances", {"instanceType": "t3.micro"}, None),
        ("ec2", "RunInstances", {"instanceType": "gr6.4xlarge"}, ("medium", "started GPU machines")),
        (
            "organizations",
            "DetachPolicy",
            {"targetId": "444455556666", "policyId": "p-1"},
            ("medium", "detached an organization policy from the target 444455556666"),
        ),
    ],
)
def test_a_row_is_told_when_what_is_set_is_bad_and_not_when_it_is_fine(service, name, parameters, said):
    found = fired(call(service, name, parameters))

    assert (found and (found.severity.value, found.title)) == (said and (said[0], f"backup (user) {said[1]}"))


def test_the_machines_that_were_started_are_named():
    started = {"items": [{"instanceId": f"i-{n}", "instanceType": "g5.xlarge"} for n in range(5)]}
    found = fired(call("ec2", "RunInstances", {}, responseElements={"instancesSet": started}))

    assert lines(found)[1] == "g5.xlarge: i-0, i-1, i-2 and 2 more"
