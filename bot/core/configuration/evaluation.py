"""What a rule of AWS Config says of a resource."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.configuration.item import Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `description` is its author's own, `managed` what AWS calls the managed rule (`INCOMING_SSH_DISABLED`).

    `made_by` is the service that made it for itself (`securityhub.amazonaws.com`), "" for one of the customer's.
    """

    name: str
    place: Place
    description: str = ""
    managed: str = ""
    parameters: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The newest verdict: `compliance` is COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE or INSUFFICIENT_DATA.

    `since` is when it became so; where only the newest evaluation is known it is that one's time, and
    `since_at_least` says that it may have been so for longer. `annotation` is the rule's own words.
    """

    rule: Rule
    resource_type: str
    resource_id: str
    compliance: str
    since: datetime | None = None
    since_at_least: bool = False
    annotation: str = ""
