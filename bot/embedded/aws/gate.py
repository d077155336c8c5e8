"""Who may ask the stand-in: programs on this machine that were given one of its keys; no web page.

A page of any website can send requests to 127.0.0.1 through the browser that shows it, and moto
checks no signature and answers every origin. What the stand-in holds may be somebody's own logs.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

KnowsKey = Callable[[str], bool]

# Nobody can own a name that ends so: a foreign name that resolves to loopback (DNS rebinding) stays out,
# S3's virtual hosts and s3-control's accounts (`111122223333.127.0.0.1`) come in.
_HOST = re.compile(r"([a-z0-9_.-]+\.)?(127\.0\.0\.1|localhost)(:\d{1,5})?", re.IGNORECASE)
# `AWS4-HMAC-SHA256 Credential=KEY/…`, and S3's older `AWS KEY:…`; the same two of a presigned address.
_SIGNED = re.compile(r"(?:\bCredential=|^AWS )([A-Za-z0-9]+)")
_PRESIGNED = ("X-Amz-Credential", "AWSAccessKeyId")
_OF_OTHER_SITES = frozenset({"cross-site", "same-site"})


def refuse(environ: dict[str, Any], knows: KnowsKey) -> tuple[str, str] | None:
    """Give the (code, message) with which a WSGI request is to be refused; None lets it in."""
    if environ.get("HTTP_ORIGIN") is not None or environ.get("HTTP_SEC_FETCH_SITE") in _OF_OTHER_SITES:
        return "AccessDenied", "The AWS stand-in does not answer web pages."
    if not _HOST.fullmatch(str(environ.get("HTTP_HOST", ""))):
        return "AccessDenied", "The AWS stand-in answers as 127.0.0.1 and localhost only."
    given = keys(environ)
    if not given:
        return "AccessDenied", "The AWS stand-in answers nobody without a key."
    if not all(knows(key) for key in given):
        return (
            "InvalidClientTokenId",
            "The AWS stand-in did not give this access key; keys change at each start.",
        )
    return None


def private(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of an answer without those that would let a web page read it."""
    return [(name, value) for name, value in headers if not name.lower().startswith("access-control-")]


def keys(environ: dict[str, Any]) -> list[str]:
    """The ids of the access keys that a request is signed with, or presigned."""
    asked = parse_qs(str(environ.get("QUERY_STRING", "")))
    presigned = [value.partition("/")[0] for name in _PRESIGNED for value in asked.get(name, [])]
    return [*_SIGNED.findall(str(environ.get("HTTP_AUTHORIZATION", ""))), *presigned]
