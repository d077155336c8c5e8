"""Cost Explorer, one paid request at a time, with its refusals in our words."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.adapters.aws.errors import asking, code
from bot.errors import AccessDenied, NoroshiError, NotConfigured, Upstream

_NOT_ON = (
    "Cost Explorer has no figures for this account: it is not switched on here, or has not been for a day yet.",
    "Open Cost Explorer once in the Billing console, signed in to the account that pays; it takes up to 24 h.",
)
# docs: Cost Management user guide, Controlling access to Cost Explorer
_ROOT = (
    "Where it is allowed: the account's root user activates IAM access to billing, once (Account settings)."
)
_CHANGED = frozenset({"RequestChangedException", "InvalidNextTokenException"})
# What AWS says, as a refusal, to an account that never opened it (no code of its own).
_OFF = ("not enabled for cost explorer", "access to cost explorer", "enable cost explorer")


class Paid:
    """`client` gives ce's client; `book` comes before every request, USD 0.01 each, and may refuse it (Forbidden).

    https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/
    """

    def __init__(self, client: Callable[[], Any], book: Callable[[], None]) -> None:
        self._client, self._book = client, book
        self.requests = 0

    def ask(self, operation: str, holds: str, **words: Any) -> dict[str, Any]:
        """One request; raises AccessDenied, Throttled, NotConfigured (not switched on), Upstream.

        An answer without the field that it `holds` is none: it must never look like a bill of nothing.
        """
        action = f"ce:{''.join(part.capitalize() for part in operation.split('_'))}"
        client = self._client()
        self._book()
        self.requests += 1
        try:
            with asking(action, "what it costs"):
                answer = dict(getattr(client, operation)(**words))
        except Upstream as error:
            if meant := _meant(error):
                raise meant from error
            raise
        if not isinstance(answer.get(holds), list):
            raise odd(action)
        return answer

    def pages(self, operation: str, holds: str, **words: Any) -> Iterator[dict[str, Any]]:
        """Every page, each a request with the same words, booked by itself: no paginator of botocore's would let it be."""
        token: dict[str, str] = {}
        while True:
            page = self.ask(operation, holds, **words, **token)
            yield page
            following = page.get("NextPageToken")
            if not following:
                return
            if following == token.get("NextPageToken"):
                raise odd(operation)
            token = {"NextPageToken": following}


def odd(what: str) -> Upstream:
    """An answer that can't be read."""
    return Upstream(
        f"Cost Explorer answered {what} in a form that I don't know.",
        "Check AWS_ENDPOINT_URL_COST_EXPLORER if it is set.",
    )


def _meant(error: Upstream) -> NoroshiError | None:
    """What Cost Explorer's own refusals mean; None for those that every service has."""
    said = code(error)
    if said == "DataUnavailableException" or any(words in _text(error) for words in _OFF):
        return NotConfigured(*_NOT_ON)
    if said in _CHANGED:
        return Upstream("Cost Explorer's figures changed while I read them page by page.", "Ask again.")
    if isinstance(error, AccessDenied):
        return AccessDenied(error.message, f"{error.hint} {_ROOT}", action=error.action)
    if said == "BillExpirationException":
        return Upstream(
            "Cost Explorer says that a bill of those days has expired.", "Ask for later days: --since 30d."
        )
    return None


def _text(error: Upstream) -> str:
    """AWS's own words, in lower case."""
    response = getattr(error.__cause__, "response", {})
    return str(response.get("Error", {}).get("Message", "")).lower()
