"""What the template's parts call each other, also across regions, where nothing but a name reaches."""

from bot.deploy.cloudformation import either, ref, sub

BILL_REGION = "us-east-1"
"""Where the bill's metrics, budgets and cost anomalies are, whatever region anything runs in."""

HOME_ACCOUNT = either("NamesHomeAccount", ref("HomeAccount"), ref("AWS::AccountId"))
HOME_BUS = sub(
    "arn:${AWS::Partition}:events:${HomeRegion}:${Account}:event-bus/default", Account=HOME_ACCOUNT
)
HOME_QUEUE = sub("arn:${AWS::Partition}:sqs:${HomeRegion}:${AWS::AccountId}:${Name}")
"""The queue, seen from the bill's region of its own account."""
BILL_TOPIC = sub(f"arn:${{AWS::Partition}}:sns:{BILL_REGION}:${{AWS::AccountId}}:${{Name}}-bill")
THIS_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}}
