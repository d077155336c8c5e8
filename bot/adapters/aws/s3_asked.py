"""S3 of one account, asked in each bucket's own region, with what it refuses told as something not known."""

import re
import threading
from typing import Any, Final

import boto3
from botocore import exceptions as aws
from botocore.config import Config
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking, code, is_switched_off
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.s3_calls import Call
from bot.adapters.aws.session import SETTINGS, client
from bot.core.public.meaning import Unread
from bot.errors import AccessDenied, NoroshiError, NotFound, Throttled, Upstream

AT_ONCE: Final = 16
"""So many requests are under way in one account."""
# One host a region, not one a bucket: connections are used again, and a name with dots fits the certificate.
PATIENT: Final = SETTINGS.merge(
    Config(
        retries={"mode": "adaptive", "total_max_attempts": 6},
        connect_timeout=3,
        read_timeout=10,
        max_pool_connections=AT_ONCE,
        s3={"addressing_style": "path"},
    )
)
"""What a client is made with."""

_GONE: Final = frozenset({"NoSuchBucket", "NoSuchAccessPoint", "NoSuchMultiRegionAccessPoint"})
_UNREACHABLE: Final = (aws.EndpointConnectionError, aws.ConnectTimeoutError, aws.ProxyConnectionError)
# An answer of another form than AWS documents; botocore itself stumbles over some of them.
_ODD: Final = (AttributeError, LookupError, ResponseParserError, TypeError, ValueError)
# botocore writes the account before every host; before an address it leads nowhere, and a header says it too.
_BEFORE_ADDRESS: Final = re.compile(r"^(https?://)\d{12}\.(?=\d{1,3}(?:\.\d{1,3}){3}[:/])")

Answer = dict[str, Any]


class Asked:
    """S3 of one account, as `session` may ask it; safe to share between threads. `home` is the session's region."""

    def __init__(
        self,
        account_id: str,
        session: boto3.Session,
        *,
        pace: Pace,
        tally: Tally,
        settings: Config = PATIENT,
    ) -> None:
        self.account_id, self.tally = account_id, tally
        self._session, self._pace, self._settings = session, pace, settings
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, str], Any] = {}
        self._closed: dict[tuple[str, str], Unread] = {}

    @property
    def home(self) -> str:
        """The region in which what belongs to no region is asked."""
        return str(self._session.region_name or "us-east-1")

    @property
    def partition(self) -> str:
        """`aws`, `aws-cn`, `aws-us-gov`."""
        session: Any = self._session
        return str(session.get_partition_for_region(self.home))

    def ask(self, call: Call, region: str = "", **words: Any) -> Answer:
        """One request; raises AccessDenied, Throttled, Upstream (`code` tells AWS's own)."""
        asked = self._client(call.service, region or self.home)
        self._pace.wait()
        self.tally.add()
        try:
            with asking(call.action, f"in {region}" if region else ""):
                answer = dict(getattr(asked, call.operation)(**words))
                answer.pop("ResponseMetadata", None)
        except _ODD as error:
            raise Upstream(
                f"S3 answered {call.action} in a form that I don't know.",
                "Check AWS_ENDPOINT_URL_S3 if it is set.",
            ) from error
        self.tally.answer()
        return answer

    def read(self, call: Call, region: str = "", **words: Any) -> Answer | Unread | None:
        """The answer, None where there is none of it, or why it is not known.

        Raises NotFound where the bucket, or the access point, is no more. A region that can't be reached, or is
        switched off, is asked once.
        """
        place = (call.service, region or self.home)
        if place in self._closed:
            return self._closed[place]
        try:
            return self.ask(call, region, **words)
        except Upstream as error:
            said = code(error)
            if said in _GONE:
                raise NotFound("It was deleted meanwhile.") from error
            if said and said == call.absent:
                return None
            if why := _closed(error, place[1]):
                self._closed[place] = why
            return why or unread(error)

    def of_account(self, call: Call, region: str = "", **words: Any) -> Answer | Unread | None:
        """The same of what belongs to the account, which is named with it."""
        if not self.account_id:
            return Unread("AWS doesn't say whose account this is", "sts:GetCallerIdentity")
        return self.read(call, region, AccountId=self.account_id, **words)

    def _client(self, service: str, region: str) -> Any:
        with self._lock:
            if (service, region) not in self._clients:
                made = client(service, region, self._session, self._settings)
                made.meta.events.register("before-sign.s3-control", _to_address)
                self._clients[service, region] = made
            return self._clients[service, region]


def unread(error: NoroshiError) -> Unread:
    """Why something is not known, with the missing IAM action where that is the reason."""
    why = error.message.rstrip(".")
    if isinstance(error, Throttled):
        return Unread(f"throttled: {why}, though asked again and again")
    if isinstance(error, AccessDenied):
        return Unread(f"AWS refused{_by_whom(str(error.__cause__))}", error.action)
    return Unread(why)


def _by_whom(said: str) -> str:
    for words, who in (
        ("resource-based policy", "the bucket's own policy denies it"),
        ("service control policy", "the organization's service control policy denies it"),
        ("resource control policy", "the organization's resource control policy denies it"),
    ):
        if f"explicit deny in a {words}" in said:
            return f": {who}"
    return ""


def _closed(error: Upstream, region: str) -> Unread | None:
    """Why nothing in the region needs to be asked any more."""
    if is_switched_off(error):
        return Unread(f"{region} is not switched on for this account ({code(error)})")
    if isinstance(error.__cause__, _UNREACHABLE):
        return Unread(f"S3 in {region} can't be reached")
    return None


def _to_address(request: Any, **_: Any) -> None:
    request.url = _BEFORE_ADDRESS.sub(r"\1", request.url)
