"""The CloudFormation template that brings a real account's events to the bot; noroshi.yaml is this.

One template for every region and account, which looks by its conditions what it is where:

- at home (HomeRegion of the bot's account): the queue, what it can't use, the bot's policy, the store's table
- in us-east-1 of the bot's account: the topic for the bill, subscribed by home's queue
- everywhere: a rule for each pattern of the sources; at home to the queue, elsewhere to home's bus, whose own
  rules take it from there (EventBridge carries an event on once, so all send home directly), and a queue for
  what could not be delivered

Home is made first. Global services (IAM, sign-in, Trusted Advisor, the bill) speak in us-east-1 only.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.core.source import Source
from bot.deploy import queues, rules, state, topics
from bot.deploy.cloudformation import either, ref, sub
from bot.deploy.names import BILL_REGION
from bot.deploy.parameters import conditions, parameters
from bot.sources import SOURCES

_HEAD = """\
# Generated from the sources: noroshi setup template > bot/deploy/noroshi.yaml
#
# One template for every region and account; make the stack at home first, then in us-east-1, then wherever
# else something may happen, always with the same HomeRegion (and, from other accounts, HomeAccount):
#
#   at home                    queue, dead-letter queue, the bot's IAM policy, its table
#   us-east-1, bot's account   the SNS topic for billing alarms, budgets and cost anomalies
#   everywhere                 the sources' rules: at home to the queue, elsewhere to home's default event bus
#                              (carried on once only, so every account and region sends there directly),
#                              and a queue for what EventBridge or SNS could not deliver
#
# Calls "via CloudTrail" come only from where a trail logs. Budgets come from the bot's account alone: a budget
# speaks to a topic of its own account only, and the queue listens to no other account's.
"""
_DESCRIPTION = (
    "Noroshi: brings what GuardDuty, Config, CloudTrail, Health, Trusted Advisor and the bill say to the bot's "
    "queue. Make it in the home region first, then in us-east-1 and in every other region in use."
)


def template(sources: Sequence[Source] = SOURCES) -> dict[str, Any]:
    """The template as CloudFormation reads it."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _DESCRIPTION,
        "Parameters": parameters(),
        "Conditions": conditions(),
        "Resources": {
            **queues.queues(rules.rule_arns(sources)),
            **queues.buses(),
            **rules.rules(sources),
            **topics.topics(),
            **topics.alarms(),
            **state.state(),
        },
        "Outputs": _outputs(),
    }


def text(sources: Sequence[Source] = SOURCES) -> str:
    """The template as YAML."""
    return _HEAD + yaml.dump(
        template(sources), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110
    )


def how_to_deploy(file: str = "noroshi.yaml") -> str:
    """The lines to paste, home first."""
    line = (
        f"aws cloudformation deploy --template-file {file} --stack-name noroshi --capabilities CAPABILITY_IAM"
        ' --parameter-overrides HomeRegion="$AWS_REGION"'
    )
    return (
        f'Home is "$AWS_REGION". First there:\n  {line}\n'
        f"Then in {BILL_REGION}, and wherever else something may happen:\n  {line} --region {BILL_REGION}\n"
        "Then set NOROSHI_ALERTS__QUEUE_URL to the queue's address:\n"
        "  aws cloudformation describe-stacks --stack-name noroshi --query 'Stacks[0].Outputs'\n"
    )


class _Dumper(yaml.SafeDumper):
    """CloudFormation takes YAML without aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the dumper's own hook
        return True


def _outputs() -> dict[str, Any]:
    store = either("HasTable", sub("dynamodb://${Name}"), "sqlite:///noroshi.db")
    return {
        "QueueUrl": _output("NOROSHI_ALERTS__QUEUE_URL", ref("Queue"), "AtHome"),
        "Store": _output("NOROSHI_ALERTS__STORE", store, "AtHome"),
        "BotPolicy": _output("A policy that the bot's role needs", ref("BotPolicy"), "AtHome"),
        "TablePolicy": _output("Another that it needs", ref("TablePolicy"), "HasTable"),
        "KeyPolicy": _output("Another that it needs", ref("KeyPolicy"), "HasQueueKey"),
        "ArchivePolicy": _output("Another that it needs", ref("ArchivePolicy"), "MayArchive"),
        "BillTopic": _output("Where billing alarms, budgets and anomalies go", ref("Bill"), "HearsBill"),
    }


def _output(description: str, value: Any, condition: str) -> dict[str, Any]:
    return {"Condition": condition, "Description": description, "Value": value}
