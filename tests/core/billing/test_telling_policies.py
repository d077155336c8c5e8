"""Whether a policy that is there lets AWS in: what is not known for certain counts as no."""

import pytest

from bot.core.billing.telling_policies import lets


@pytest.mark.parametrize(
    ("statement", "is_let"),
    [
        ({}, True),
        ({"Effect": "Deny"}, False),
        ({"Action": ["sqs:Send*", "sqs:GetQueueUrl"]}, True),
        ({"Action": "SQS:SendMessage"}, True),
        ({"Action": "sqs:ReceiveMessage"}, False),
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"Service": ["events.amazonaws.com", "sns.amazonaws.com"]}}, True),
        ({"Principal": {"Service": "events.amazonaws.com"}}, False),
        ({"Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:sns:*:1:*"}}}, True),
        ({"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:1:other"}}}, False),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": ["1"]}}}, True),
        ({"Condition": {"StringEquals": {"aws:SourceAccount": "2"}}}, False),
        ({"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, False),
        ({"Condition": {"Bool": None}}, True),
    ],
)
def test_whether_a_policy_lets_the_topic_in(statement, is_let):
    whole = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
    }
    policy = {"Statement": whole | statement}

    assert lets(policy, "sns", "sqs:SendMessage", "1", "arn:aws:sns:us-east-1:1:noroshi-bill") is is_let
