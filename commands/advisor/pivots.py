"""The next questions that what is flagged suggests: what changed in it, who was at it, what a key did."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.core import steps
from bot.core.advice.compared import flags
from bot.core.advice.opinion import Flagged, Opinion
from bot.core.alert import NextStep
from bot.core.buttons import Choice

# RDS's own names of snapshots and databases (docs: RDS user guide, Constraints).
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]{0,200}")
_LABEL = 75


def choices(opinions: Sequence[Opinion]) -> Iterator[Choice]:
    """For each thing that is flagged."""
    for opinion in opinions:
        for one in flags(opinion):
            for step in _STEPS.get(opinion.check.id, _by_form)(opinion, one):
                yield Choice(step.label, step.words)


def _by_form(opinion: Opinion, one: Flagged) -> tuple[NextStep, ...]:
    """A security group, another thing of EC2's, or a key, by the form of its id."""
    if one.resource.startswith("sg-"):
        return steps.changed("AWS::EC2::SecurityGroup", one.resource, None, opinion.account_id, one.region)
    return (*steps.key(one.resource, None), *steps.resource(one.resource, None))


def _bucket(opinion: Opinion, one: Flagged) -> tuple[NextStep, ...]:
    return (*steps.explained(one.resource, opinion.account_id), *steps.who_accessed(one.resource, None))


def _root(_: Opinion, __: Flagged) -> tuple[NextStep, ...]:
    return (NextStep("What root did", ("trail", "root", "--since", "90d")),)


def _trails(_: Opinion, __: Flagged) -> tuple[NextStep, ...]:
    return (NextStep("What trails record", ("trail", "coverage")),)


def _snapshot(_: Opinion, one: Flagged) -> tuple[NextStep, ...]:
    if not _NAME.fullmatch(one.resource):
        return ()
    label = f"Who touched {one.resource}"[:_LABEL]
    return (NextStep(label, ("trail", "resource", one.resource, "--since", "30d")),)


def _database(opinion: Opinion, one: Flagged) -> tuple[NextStep, ...]:
    return steps.changed("AWS::RDS::DBInstance", one.resource, None, opinion.account_id, one.region)


_STEPS: Mapping[str, Callable[[Opinion, Flagged], tuple[NextStep, ...]]] = {
    "Pfx0RwqBli": _bucket,
    "7DAFEmoDos": _root,
    "c2vlfg0f4h": _root,
    "c25hn9x03v": _trails,
    "rSs93HQwa1": _snapshot,
    "nNauJisYIT": _database,
}
