"""Who asks S3, in which region; and S3's refusals as it words them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.sax.saxutils import escape

from moto.iam.models import get_account_id_from, iam_backends
from moto.sts.models import sts_backends

from bot.embedded.aws.accounts import PARTITION

Answer = tuple[str, bytes]
"""Status and XML."""
XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/"
_SCOPE = re.compile(r"(?:Credential=|^)([A-Za-z0-9]+)/\d{8}/([a-z0-9-]+)/")
_OPT_IN = frozenset(
    {
        *("af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4"),
        *("ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1"),
        *("eu-south-2", "il-central-1", "me-central-1", "me-south-1", "mx-central-1"),
    }
)
"""Regions that an account has to switch on; the stand-in's accounts have not.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
"""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever sent a request: `account_id` and `arn` by its key, `region` as it was signed for."""

    account_id: str
    arn: str
    access_key_id: str
    region: str
    ip: str = ""
    agent: str = ""

    @property
    def may_ask_here(self) -> bool:
        """Whether the account has the region switched on."""
        return self.region not in _OPT_IN


def asker(environ: Mapping[str, Any]) -> Asker:
    """Who sent a WSGI request that the gate let in."""
    presigned = parse_qs(str(environ.get("QUERY_STRING", ""))).get("X-Amz-Credential", [""])[0]
    signed = _SCOPE.search(str(environ.get("HTTP_AUTHORIZATION", "")) or unquote(presigned))
    key, region = signed.groups() if signed else ("", "us-east-1")
    account_id = get_account_id_from(key)
    more = str(environ.get("REMOTE_ADDR", "")), str(environ.get("HTTP_USER_AGENT", ""))
    return Asker(account_id, _arn(account_id, key), key, region, *more)


def _arn(account_id: str, key: str) -> str:
    if role := sts_backends[account_id][PARTITION].get_assumed_role_from_access_key(key):
        return str(role.arn)
    known = iam_backends[account_id][PARTITION].access_keys.get(key)
    return f"arn:aws:iam::{account_id}:user/{getattr(known, 'user_name', 'noroshi')}"


def body_of(environ: dict[str, Any]) -> str:
    """The request's body, which stays to be read by others."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    return str(body.decode("utf-8", "replace"))


def error(status: str, code: str, words: str) -> Answer:
    """An error (`400 Bad Request`, its code, its message)."""
    return status, f"<Error><Code>{code}</Code><Message>{escape(words)}</Message></Error>".encode()


def denied(who: Asker, action: str, arn: str, why: str) -> Answer:
    """AccessDenied; `why` begins with a space."""
    words = f'User: {who.arn} is not authorized to perform: {action} on resource: "{arn}"{why}'
    return error("403 Forbidden", "AccessDenied", words)
