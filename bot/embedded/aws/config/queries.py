"""SelectResourceConfig: an advanced query over what one account and region has now."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from moto.core.responses import ActionResult

from bot.embedded.aws.config.asked import Request, limit, paged
from bot.embedded.aws.config.documents import document
from bot.embedded.aws.config.expression import parse
from bot.embedded.aws.config.recordings import Item, is_current

_ROWS_TO_A_PAGE = 25


class Queries(Request):
    """Questions in Config's SQL."""

    def select_resource_config(self) -> ActionResult:
        """Rows as JSON texts; what is deleted, or recorded no longer, is in none of them."""
        asked = self.asked()
        return ActionResult(answered(asked, self.recordings.latest(self.place)))


def answered(asked: Mapping[str, Any], latest: Iterable[Item]) -> dict[str, Any]:
    """A page of the answer to the question's `Expression`, from the newest item of every resource."""
    expression, size = parse(str(asked["Expression"])), limit(asked, _ROWS_TO_A_PAGE)
    rows = expression.rows([document(item) for item in latest if is_current(item)])
    page, more = paged(asked, rows, size)
    return {
        "Results": [json.dumps(row, separators=(",", ":")) for row in page],
        "QueryInfo": {"SelectFields": [{"Name": ".".join(path)} for path in expression.fields]},
        "NextToken": more,
    }
