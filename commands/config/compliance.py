"""What breaks a rule, since when, and why?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.command import Reach, Request
from bot.core.configuration.evaluation import Evaluation
from bot.core.configuration.item import Resource
from bot.core.span import iso
from bot.core.view import Caveat, Receipt
from bot.ports import Evaluations
from commands.config.locating import Several, Where, located

BROKEN = "NON_COMPLIANT"


class Compliance(Request):
    """One resource as it was typed, or one rule, or (neither) all that is not compliant.

    `all`: compliant ones too, and the rules that services made for themselves.
    """

    resource: str = ""
    rule: str = ""
    where: Where = Where()
    all: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say, what is broken first, the longest first; `resource` where one was asked about.

    `kept` counts the verdicts that are in order, `of_services` those of rules that services made for themselves:
    neither is in `shown` unless it was asked for.
    """

    resource: Resource | None
    shown: tuple[Evaluation, ...]
    kept: int
    of_services: int
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def broken(self) -> tuple[Evaluation, ...]:
        """Those that are not compliant."""
        return tuple(one for one in self.shown if one.compliance == BROKEN)


def compliance(request: Compliance, reach: Reach) -> Answer | Several:
    """Ask the rules; raises NotFound for a resource or a rule that is none."""
    began, configurations = reach.ports.now(), reach.ports.configurations
    if not request.resource:
        places = request.where.places(configurations)
        told = configurations.evaluations(places, None, request.rule, reach.progress)
        return _answer(request, None, told, (), _receipt(began, reach, told.api_calls))

    def ask(one: Resource) -> tuple[Resource, Evaluations]:
        item = configurations.at(one, reach.ports.now())
        told = configurations.evaluations((one.place,), one, request.rule, reach.progress)
        return (item.resource if item else one), told

    found = located(request.resource, request.where, configurations, reach.progress, ask)
    if isinstance(found, Several):
        return found
    resource, told = found.answer
    calls = told.api_calls + found.api_calls + 1
    return _answer(request, resource, told, found.caveats, _receipt(began, reach, calls))


def _answer(
    request: Compliance,
    resource: Resource | None,
    told: Evaluations,
    caveats: Sequence[Caveat],
    receipt: Receipt,
) -> Answer:
    own = [one for one in told.found if request.all or request.rule or not one.rule.made_by]
    shown = [one for one in own if request.all or resource or one.compliance == BROKEN]
    return Answer(
        resource,
        tuple(sorted(shown, key=_order)),
        kept=len(own) - len(shown),
        of_services=len(told.found) - len(own),
        caveats=(*caveats, *told.caveats),
        receipt=receipt,
    )


def _order(one: Evaluation) -> tuple[bool, str, str, str]:
    since = iso(one.since) if one.since else "9"
    return one.compliance != BROKEN, since, one.rule.name, one.resource_id


def _receipt(began: datetime, reach: Reach, calls: int) -> Receipt:
    seconds = (reach.ports.now() - began).total_seconds()
    return Receipt("config", seconds, api_calls=calls, cost_usd=0.0)
