"""Makes the template's stacks in the AWS stand-in, by moto's CloudFormation.

moto passes over types that it does not know. Those that an event needs on its way are made here from what the
template says of them, resolved by moto; `Stack.skipped` names the others, which no test has seen made.
"""

import json
import re
import warnings
from dataclasses import dataclass
from typing import Any

from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.parsing import clean_json
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from bot.deploy.template import template, text
from bot.embedded.aws import HOME, PROD

NEEDED = {"AWS::SNS::Subscription", "AWS::SQS::QueuePolicy"}


@dataclass
class Stack:
    region: str
    account_id: str
    resources: Any
    skipped: set[str]

    @property
    def ids(self) -> set[str]:
        """The logical ids of what belongs to this stack by its conditions."""
        holds = self.resources.lazy_condition_map
        every = template()["Resources"].items()
        return {name for name, each in every if "Condition" not in each or holds[each["Condition"]]}

    def properties(self, name: str) -> Any:
        """A resource's properties, with everything resolved."""
        return clean_json(template()["Resources"][name]["Properties"], self.resources)

    def physical_id(self, name: str) -> str:
        return str(self.resources[name].physical_resource_id)


def make_stack(region: str = HOME, account_id: str = PROD.id, **parameters: str) -> Stack:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        backend = cloudformation_backends[account_id][region]
        made = backend.create_stack("noroshi", text(), {"HomeRegion": HOME, **parameters})
    assert made.status == "CREATE_COMPLETE"
    stack = Stack(region, account_id, made.resource_map, set())
    passed_over = set(re.findall(r"Tried to parse (\S+)", " ".join(str(each.message) for each in told)))
    kinds = {each["Type"] for name, each in template()["Resources"].items() if name in stack.ids}
    stack.skipped = (kinds & passed_over) - NEEDED
    _let_in(stack)
    _subscribe(stack)
    return stack


def _let_in(stack: Stack) -> None:
    for name in {"QueuePolicy", "UndeliveredPolicy"} & stack.ids:
        made = stack.properties(name)
        for url in made["Queues"]:
            sqs_backends[stack.account_id][stack.region].set_queue_attributes(
                url.rpartition("/")[2], {"Policy": json.dumps(made["PolicyDocument"])}
            )


def _subscribe(stack: Stack) -> None:
    for name in {"BillToQueue"} & stack.ids:
        made = stack.properties(name)
        sns = sns_backends[stack.account_id][stack.region]
        sns.subscribe(made["TopicArn"], made["Endpoint"], made["Protocol"])
