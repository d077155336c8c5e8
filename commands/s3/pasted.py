"""A bucket as people name it: its name, its ARN, an address of it or of its pages in the console."""

import re
from urllib.parse import unquote, urlsplit

from bot.core.configuration.said import meant
from bot.errors import BadRequest

# Rules: S3 user guide, General purpose and directory bucket naming rules; older ones had capitals.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")
_HOST = re.compile(
    r"(?:([a-z0-9][a-z0-9._-]+)\.)?s3(?:-fips|-accelerate)?(?:\.dualstack)?(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?"
    r"\.amazonaws\.com(?:\.cn)?"
)
_CONSOLE = re.compile(r"(?:[\w-]+\.)*console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)")
# The console's addresses are documented nowhere.
_PAGE = re.compile(r"/s3/(?:buckets?|object|upload|copy|delete)/([^/]+)")
_LINK = re.compile(r"<([^<>|]+)(?:\|[^<>]*)?>")
_QUOTES = " \t\"'`“”‘’«»„"
_HINT = "Say one like acme-web-assets, its ARN or its address."


def pasted(said: str) -> str:
    """The bucket's name in what was pasted; raises BadRequest for what names none."""
    words = said.strip(_QUOTES)
    if ":accesspoint/" in words:
        raise BadRequest(
            "That is an access point, not a bucket.", "Ask for its bucket: the proof has its access points."
        )
    bare = words.removesuffix("/")
    # Whatever else has such names: vpc-logs is a bucket here, and no VPC.
    found = bare if _NAME.fullmatch(bare) else _of_address(words) or _meant(words)
    if not _NAME.fullmatch(found) or ".." in found:
        raise BadRequest(f"{said[:80]!r} is no bucket’s name.", _HINT)
    return found


def _meant(words: str) -> str:
    try:
        exact = meant(words).exact if words else ()
    except BadRequest as error:
        # It speaks of resources, and here a bucket is asked for.
        raise BadRequest(f"{words[:80]!r} is no bucket’s name.", _HINT) from error
    return next((one.id for one in exact if one.type == "AWS::S3::Bucket"), "")


def _of_address(words: str) -> str:
    """The name in an address of S3's or of the console's, "" where there is none."""
    link = _LINK.fullmatch(words)
    try:
        parts = urlsplit(link[1] if link else words)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    if found := _HOST.fullmatch(host):
        return found[1] or unquote(parts.path).strip("/").partition("/")[0]
    page = _PAGE.match(unquote(parts.path)) if _CONSOLE.fullmatch(host) else None
    return page[1] if page else ""
