"""The bill's topic, and the alarms on the way that events take.

Docs: CloudWatch, AWS Budgets and Cost Anomaly Detection, each "Amazon SNS topic policies"; SNS developer
guide, Dead-letter queues: a subscription's is in the region of its topic.
"""

from typing import Any

from bot.deploy.cloudformation import arn, document, either, ref, resource, service, sub
from bot.deploy.names import HOME_QUEUE, THIS_ACCOUNT

_SENDERS = {"CloudWatch": "cloudwatch", "Budgets": "budgets", "CostAnomalies": "costalerts"}


def topics() -> dict[str, Any]:
    """The bill's topic with its subscription, and where an operator gave an address, one for the alarms."""
    return {
        "Bill": _topic("bill", "HearsBill"),
        "BillPolicy": _policy("Bill", _SENDERS, "HearsBill"),
        "BillToQueue": resource(
            "SNS::Subscription",
            {
                "TopicArn": ref("Bill"),
                "Protocol": "sqs",
                "Endpoint": HOME_QUEUE,
                "RawMessageDelivery": False,
                "RedrivePolicy": {"deadLetterTargetArn": arn("Undelivered")},
            },
            condition="HearsBill",
            after=("UndeliveredPolicy",),
        ),
        "Operator": _topic("operator", "HasOperator"),
        "OperatorPolicy": _policy("Operator", {"CloudWatch": "cloudwatch"}, "HasOperator"),
        "OperatorByMail": resource(
            "SNS::Subscription",
            {"TopicArn": ref("Operator"), "Protocol": "email", "Endpoint": ref("OperatorEmail")},
            condition="HasOperator",
        ),
    }


def alarms() -> dict[str, Any]:
    """Something can't be delivered, can't be read, or nobody reads: the last only a mail can tell."""
    waiting, age = "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"
    return {
        "UndeliveredAlarm": _alarm(
            "undelivered", "Undelivered", waiting, 0, "EventBridge or SNS could not deliver events to Noroshi"
        ),
        "DeadLettersAlarm": _alarm(
            "dead-letters", "DeadLetters", waiting, 0, "Noroshi gave up on messages", "AtHome"
        ),
        "UnreadAlarm": _alarm(
            "unread", "Queue", age, 15 * 60, "Nobody takes messages off Noroshi's queue: is it up?", "AtHome"
        ),
    }


def _topic(name: str, condition: str) -> dict[str, Any]:
    properties = {"TopicName": sub(f"${{Name}}-{name}"), "KmsMasterKeyId": either("OwnKey", arn("Key"))}
    return resource("SNS::Topic", properties, condition=condition)


def _policy(topic: str, senders: dict[str, str], condition: str) -> dict[str, Any]:
    allowed = (service(sid, name, "sns:Publish", ref(topic), THIS_ACCOUNT) for sid, name in senders.items())
    return resource(
        "SNS::TopicPolicy",
        {"Topics": [ref(topic)], "PolicyDocument": document(*allowed)},
        condition=condition,
    )


def _alarm(name: str, queue: str, metric: str, above: int, words: str, condition: str = "") -> dict[str, Any]:
    tell = either("HasOperator", [ref("Operator")])
    return resource(
        "CloudWatch::Alarm",
        {
            "AlarmName": sub(f"${{Name}}-{name}"),
            "AlarmDescription": words,
            "Namespace": "AWS/SQS",
            "MetricName": metric,
            "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}],
            "Statistic": "Maximum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": above,
            "TreatMissingData": "notBreaching",
            "AlarmActions": tell,
            "OKActions": tell,
        },
        condition=condition,
    )
