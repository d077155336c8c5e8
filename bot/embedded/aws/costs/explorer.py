"""Cost Explorer's API: what was spent, what will be, and by what one can ask.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from moto.core.responses import ActionResult

from bot.core.billing.days import DAY, month_of
from bot.embedded.aws.costs import periods
from bot.embedded.aws.costs.anomalies import Anomalies
from bot.embedded.aws.costs.billing import Json
from bot.embedded.aws.costs.dimensions import dimension, groups
from bot.embedded.aws.costs.expression import takes
from bot.embedded.aws.costs.forecast import Forecasts
from bot.embedded.aws.costs.metrics import metrics, summed
from bot.embedded.aws.costs.monitors import Monitors
from bot.embedded.incident.spend import Charge

_BILLED = timedelta(days=5)
"""How long after its end a month is final: until then every day of it is called an estimate, not the last ones alone."""
_MOST = 1000

Grouped = Callable[[Charge], tuple[str, ...]]


class CostExplorer(Forecasts, Anomalies, Monitors):
    """All that Cost Explorer answers."""

    def get_cost_and_usage(self) -> ActionResult:
        """Costs by period and, where asked, by one or two dimensions or tags; a page's groups may begin amid a day."""
        asked = self.asked()
        begin, at = self.reached(asked)
        # Later pages tell what was known at the first.
        as_of = datetime.fromisoformat(at) if at else self.billing.as_of()
        definitions = asked.get("GroupBy") or []
        results = list(self._results(asked, as_of, groups(definitions) if definitions else None))
        size = self.billing.groups_a_page
        answer: Json = {"ResultsByTime": list(_nested(results[begin : begin + size]))}
        if definitions:
            answer["GroupDefinitions"] = definitions
        if begin + size < len(results):
            answer["NextPageToken"] = self.token(asked, begin + size, as_of.isoformat())
        answer["DimensionValueAttributes"] = self._attributes(definitions)
        return ActionResult(answer)

    def get_dimension_values(self) -> ActionResult:
        """The values that a dimension has in a period, in order."""
        asked = self.asked()
        days = periods.history(asked, self.billing.clock().date())
        read, wanted = dimension(asked.get("Dimension")), takes(asked.get("Filter"))
        known = self.billing.charges(self.current_account, days.start, days.end, self.billing.as_of())
        sought = str(asked.get("SearchString") or "").casefold()
        found = sorted(
            value for value in {read(each) for each in known if wanted(each)} if sought in value.casefold()
        )
        size = int(asked.get("MaxResults") or _MOST)
        told, token = self.page(asked, found, size)
        names = self._names(asked.get("Dimension"))
        answer: Json = {
            "DimensionValues": [{"Value": each, "Attributes": names.get(each, {})} for each in told],
            "ReturnSize": len(told),
            "TotalSize": len(found),
        }
        return ActionResult(answer | ({"NextPageToken": token} if token else {}))

    def _results(self, asked: Json, as_of: datetime, grouped: Grouped | None) -> Iterator[Json]:
        """A result for each group of each period, or for the period itself where it has none."""
        wanted, meant = metrics(asked.get("Metrics")), takes(asked.get("Filter"))
        days = periods.history(asked, self.billing.clock().date())
        for piece in periods.pieces(days, asked.get("Granularity")):
            known = self.billing.charges(self.current_account, piece.start, piece.end, as_of)
            charges = [each for each in known if meant(each)]
            result = {
                "TimePeriod": periods.as_json(piece),
                "Total": {} if grouped else summed(charges, wanted),
                "Groups": [],
                "Estimated": month_of(piece.end - DAY).end + _BILLED > as_of.date(),
            }
            parts = list(_groups(charges, grouped, wanted)) if grouped else []
            yield from ({**result, "Groups": [each]} for each in parts) if parts else (result,)

    def _attributes(self, definitions: Sequence[Json]) -> list[Json]:
        """The names of the accounts, where it is by account."""
        keys = {each.get("Key") for each in definitions}
        names = self._names("LINKED_ACCOUNT") if "LINKED_ACCOUNT" in keys else {}
        return [{"Value": value, "Attributes": attributes} for value, attributes in names.items()]

    def _names(self, key: object) -> dict[str, dict[str, str]]:
        named = self.billing.account_names(self.current_account) if key == "LINKED_ACCOUNT" else {}
        return {account_id: {"description": name} for account_id, name in named.items()}


def _groups(charges: Sequence[Charge], grouped: Grouped, wanted: Sequence[str]) -> Iterator[Json]:
    members: dict[tuple[str, ...], list[Charge]] = defaultdict(list)
    for each in charges:
        members[grouped(each)].append(each)
    for keys in sorted(members):
        yield {"Keys": list(keys), "Metrics": summed(members[keys], wanted)}


def _nested(results: Sequence[Json]) -> Iterator[Json]:
    """Results of the same period as one, with all their groups."""
    by_period: dict[str, Json] = {}
    for each in results:
        start = each["TimePeriod"]["Start"]
        known = by_period.setdefault(start, {**each, "Groups": []})
        known["Groups"] += each["Groups"]
    yield from by_period.values()
