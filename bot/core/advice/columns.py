"""What Trusted Advisor says of a resource, column by column: which it is, and why it is flagged."""

import html
import re
from collections.abc import Iterable, Mapping

from bot.core.regions import is_code
from bot.core.spoken import folded

_NAMED = (
    r"snapshot id",
    r"(security )?group id",
    r"access key( id)?",
    r".*\bid",
    r"(?!region|limit).*\bname",
    r".*\b(arn|user|resource)",
)
"""Columns that say which resource it is, the surest first."""
_LEFT_OUT = re.compile(r"status|region.*|is ?suppressed|last updated time", re.IGNORECASE)
_ACCOUNT = re.compile(r"\d{12}")
_ID = re.compile(r"((?:sg|snap|vol|i|eni|db|vpc)-[0-9a-zA-Z]+)\b")
_TAG = re.compile(r"<[^<>]{0,200}>")
_SHOWN = 4


def zipped(names: Iterable[str], values: Iterable[object]) -> dict[str, str]:
    """The columns of a resource that are filled: Trusted Advisor gives names and values apart, and may give null."""
    pairs = zip(names, values, strict=False)  # a column may have been added since the check was listed
    return {folded(name, 60): folded(value, 160) for name, value in pairs if value not in (None, "")}


def resource(columns: Mapping[str, str]) -> str:
    """Which resource it is: `sg-0a1b`, `acme-web-assets`; "" where the columns name none (a setting of the account)."""
    for form in _NAMED:
        for name, value in columns.items():
            if re.fullmatch(form, name, re.IGNORECASE):
                return own_name(value)
    return ""


def thing(name: str, region: str) -> str:
    """The resource that is named; the region where only the account is, and `the account` where it is a whole."""
    if name and not _ACCOUNT.fullmatch(name):
        return name
    return region if is_code(region) else "the account"


def own_name(name: str) -> str:
    """`sg-0a1b` of `sg-0a1b (vpc-1)`, and what an ARN ends in."""
    if found := _ID.match(name):
        return found[1]
    return re.split(r"[:/]", name)[-1] or name if name.startswith("arn:") else name


def reason(columns: Mapping[str, str], thing: str) -> str:
    """`Protocol: tcp; From Port: 22`: what else the columns say."""
    told = [
        f"{name}: {value}"
        for name, value in columns.items()
        if own_name(value) != thing and not _LEFT_OUT.fullmatch(name)
    ]
    return "; ".join(told[:_SHOWN])


def about(description: str) -> str:
    """The first paragraph of a check's description, which AWS writes in HTML, as words."""
    first = re.split(
        r"<br\s*/?>\s*<br\s*/?>|<h\d|\n\s*\n", description.strip(), maxsplit=1, flags=re.IGNORECASE
    )[0]
    return folded(html.unescape(_TAG.sub(" ", first)), 300)
