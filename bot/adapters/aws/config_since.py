"""Since when a rule says what it says of a resource: Config records that as a resource of its own.

docs: AWS Config developer guide, AWS::Config::ResourceCompliance (its id is the resource's type and id).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.config_history import MOST, Walk
from bot.adapters.aws.config_items import order, read_item
from bot.adapters.aws.config_refused import is_absence, is_nonsense
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.together import Refusals
from bot.core.configuration.evaluation import Evaluation
from bot.core.configuration.item import Item, Resource
from bot.errors import Upstream

COMPLIANCE = "AWS::Config::ResourceCompliance"
_MOST_PAGES = 26


@dataclass(slots=True)
class _Standing:
    """A rule's word, followed back in time: since when, and whether it was another before."""

    compliance: str
    since: datetime | None = None
    is_over: bool = False

    def follow(self, said: str | None, at: datetime) -> None:
        """What the rule said then."""
        if self.is_over:
            return
        if said == self.compliance:
            self.since = at
        else:
            self.is_over = True


class Since:
    """Follows the compliance of one resource back; half a year of empty pages is enough."""

    def __init__(self, asked: Asked, resource: Resource, tally: Tally, refusals: Refusals) -> None:
        self._asked, self._tally, self._refusals = asked, tally, refusals
        self._resource = Resource(COMPLIANCE, f"{resource.type}/{resource.id}", resource.place)

    def told(self, found: Sequence[Evaluation]) -> list[Evaluation]:
        """The verdicts with their beginnings, where Config has recorded them."""
        standing = {each.rule.name: _Standing(each.compliance) for each in found}
        ended = False
        try:
            ended = self._follow(standing)
        except Upstream as error:
            if not (is_absence(error) or is_nonsense(error)):
                self._refusals.add(f"since when, in {self._asked.place.region}", error)
        return [_since(each, standing[each.rule.name], ended=ended) for each in found]

    def _follow(self, standing: Mapping[str, _Standing]) -> bool:
        """Read back until every rule said something else; whether the beginning was reached."""
        for number, page in enumerate(Walk(self._asked, self._resource, self._tally).back(MOST)):
            for told in sorted(page.items, key=order, reverse=True):
                item = read_item(told, self._resource)
                said = _said(item)
                for rule, each in standing.items():
                    each.follow(said.get(rule), item.captured_at)
            if all(each.is_over for each in standing.values()) or number >= _MOST_PAGES:
                return False
        return True


def _said(item: Item) -> dict[str, str]:
    listed = item.configuration.get("configRuleList") if isinstance(item.configuration, Mapping) else None
    return {
        str(each.get("configRuleName")): str(each.get("complianceType"))
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping)
    }


def _since(found: Evaluation, standing: _Standing, *, ended: bool) -> Evaluation:
    if standing.since is None:
        return found
    return replace(found, since=standing.since, since_at_least=not (standing.is_over or ended))
