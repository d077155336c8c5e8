"""A request to Cost Explorer: counted, from where it may come, and whether anybody may have figures yet."""

import base64
import hashlib
import json
from binascii import Error
from collections.abc import Sequence
from typing import Any, ClassVar

from moto.core.responses import BaseResponse

from bot.embedded.aws.costs.billing import HOME, Billing, Json
from bot.embedded.aws.errors import Refused, common


def invalid(words: str) -> Refused:
    """What Cost Explorer says of a request that it can't read."""
    return Refused("ValidationException", words)


class Asking(BaseResponse):
    """One request; a subclass carries the stand-in's bill."""

    billing: ClassVar[Billing]

    def __init__(self) -> None:
        super().__init__(service_name="ce")

    def asked(self) -> Json:
        """The request's words; raises where the region is not the one, or Cost Explorer is not on."""
        self.billing.requests.append(str(self._get_action()))
        if self.region != HOME:
            raise common("InvalidSignatureException", "Credential should be scoped to a valid region.")
        if self.billing.cost_explorer == "off":
            raise common("AccessDeniedException", "User not enabled for cost explorer access")
        if self.billing.cost_explorer == "preparing":
            words = (
                "Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data "
                "might not be ingested yet"
            )
            raise Refused("DataUnavailableException", words)
        words_of: Json = json.loads(self.body or "{}")
        return words_of

    def is_payer(self) -> bool:
        """Whether the caller is the account that pays for all."""
        return bool(self.current_account == self.billing.payer)

    def digest(self, asked: Json) -> str:
        """What is the same for all pages of a question."""
        told = {key: value for key, value in asked.items() if key not in {"NextPageToken", "MaxResults"}}
        text = json.dumps([self.current_account, told], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def page(self, asked: Json, found: Sequence[Any], size: int) -> tuple[list[Any], str | None]:
        """A page of what was found, and the token of the next; None after the last."""
        begin, _ = self.reached(asked)
        more = begin + size < len(found)
        return list(found[begin : begin + size]), self.token(asked, begin + size, "") if more else None

    def token(self, asked: Json, begin: int, at: str) -> str:
        """The token of the page that begins there."""
        return base64.urlsafe_b64encode(json.dumps([self.digest(asked), begin, at]).encode()).decode()

    def reached(self, asked: Json) -> tuple[int, str]:
        """Where the page begins, and what `token` was told of the time; raises for tokens of other questions."""
        if not (given := asked.get("NextPageToken")):
            return 0, ""
        try:
            digest, begin, at = json.loads(base64.urlsafe_b64decode(given))
        except (ValueError, TypeError, Error) as error:
            raise Refused("InvalidNextTokenException", "Invalid next token") from error
        if digest != self.digest(asked):
            raise Refused("RequestChangedException", "The request changed between pages")
        return int(begin), str(at)
