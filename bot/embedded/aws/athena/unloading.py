"""UNLOAD's own words: `UNLOAD (SELECT …) TO 's3://bucket/prefix/' WITH (format = 'PARQUET', …)`.

https://docs.aws.amazon.com/athena/latest/ug/unload.html: format must be named; Parquet's compression is
gzip if nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlglot
from sqlglot.errors import ParseError
from sqlglot.tokens import TokenType  # type: ignore[attr-defined] # it is compiled; its stub forgets

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import split_location
from bot.embedded.aws.buckets import Listing, find_bucket

_COMPRESSIONS = frozenset({"gzip", "snappy", "zstd"})


@dataclass(frozen=True, slots=True)
class Unload:
    """Where rows go, and how Parquet's pages are packed: gzip, snappy or zstd."""

    location: str
    compression: str


def split_unload(sql: str) -> tuple[str, Unload | None]:
    """The text of the SELECT, and the UNLOAD around it if it is one.

    Raises sqlglot's errors for what is no SQL, Failure for what the stand-in does not write.
    """
    tokens = sqlglot.tokenize(sql, read="trino")
    if not tokens or tokens[0].text.upper() != "UNLOAD":
        return sql, None
    close = _closing(tokens)
    words = [token.text for token in tokens[close + 1 :] if token.token_type is not TokenType.SEMICOLON]
    match words:
        case [to, location] if to.upper() == "TO":
            properties = {}
        case [to, location, with_, "(", *pairs, ")"] if (to.upper(), with_.upper()) == ("TO", "WITH"):
            properties = _properties(pairs)
        case _:
            raise ParseError("mismatched input at TO … WITH (…) of UNLOAD")
    return sql[tokens[1].end + 1 : tokens[close].start], _unload(location, properties)


def _closing(tokens: Sequence[Any]) -> int:
    if len(tokens) < 2 or tokens[1].token_type is not TokenType.L_PAREN:  # noqa: PLR2004 - UNLOAD and its bracket
        raise ParseError("mismatched input: expecting '(' behind UNLOAD")
    depth = 0
    for number, token in enumerate(tokens):
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
        if number and depth == 0:
            return number
    raise ParseError("mismatched input: UNLOAD's query has no closing bracket")


def _properties(pairs: Sequence[str]) -> dict[str, str]:
    found = {}
    for begin in range(0, len(pairs), 4):  # name, =, value, comma
        match pairs[begin : begin + 4]:
            case [name, "=", value, *rest] if rest in ([], [","]):
                found[name.lower()] = value
            case _:
                raise ParseError("mismatched input in WITH (…) of UNLOAD")
    return found


def _unload(location: str, properties: dict[str, str]) -> Unload:
    unknown = set(properties) - {"format", "compression"}
    if "format" not in properties:
        raise Failure("INVALID_PROPERTY_VALUE: UNLOAD needs a format")
    if unknown or properties["format"].upper() != "PARQUET":
        raise Failure("NOT_SUPPORTED: The stand-in unloads as Parquet, with a compression, and nothing else")
    compression = properties.get("compression", "gzip").lower()
    if compression not in _COMPRESSIONS:
        raise Failure(f"NOT_SUPPORTED: The stand-in does not pack Parquet with {compression}")
    return Unload(location, compression)


def check_empty(unload: Unload) -> None:
    """Raise Failure, in Athena's words, if anything lies there: UNLOAD never overwrites."""
    bucket_name, prefix = split_location(unload.location)
    bucket = find_bucket(bucket_name)
    if bucket is None:
        raise Failure(
            f"GENERIC_USER_ERROR: The specified bucket does not exist: {bucket_name} (NoSuchBucket)"
        )
    if any(True for _ in Listing(bucket).under(prefix)):
        raise Failure(
            f"HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: {unload.location}. You may need "
            f"to manually clean the data at location '{unload.location}' before retrying. Athena will not delete "
            "data in your account."
        )


def new_name(query_id: str) -> str:
    """A file's name: no two are the same."""
    return f"{query_id.replace('-', '_')}_{uuid4()}"


def manifest(file: str) -> str:
    """Where the list of the files written lies, by the place of the (missing) result file."""
    return f"{file}-manifest.csv"
