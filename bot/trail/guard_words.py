"""A person's statement, word by word, before it is parsed: one SELECT of a length that is safe to parse."""

import difflib
import re
from typing import Final, NoReturn

from sqlglot.dialects.trino import Trino
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Token, TokenType  # type: ignore[attr-defined]  # sqlglot re-exports it without saying so

from bot.errors import BadRequest

EXAMPLE: Final = (
    'A statement that works: "SELECT event_name, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC"'
)
LONGEST: Final = 10_000
"""Characters of a statement."""
_MOST_WORDS = 3000
# Parentheses in one another: engines read the statement again by functions that call themselves. With
# some functions and with brackets, each level takes sqlglot twice the time (measured: 16 levels take seconds).
_MOST_NESTED = 12
_MOST_BRACKETS, _MOST_NESTED_BRACKETS, _MOST_CASES = 60, 4, 40
# Spaces apart; a lone surrogate is no character and can't be sent.
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET})
_BEGINS = frozenset({TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN})
_BRACKET, _BRACKET_END = frozenset({TokenType.L_BRACKET}), frozenset({TokenType.R_BRACKET})


def one(text: str) -> str:
    """The text of the one statement, as far as words tell; its closing semicolon is left off; raises BadRequest."""
    if len(text) > LONGEST:
        refuse(f"The statement has {len(text):,} characters; I read up to {LONGEST:,}.")
    if _UNSAYABLE.search(text):
        refuse("The statement holds control characters; type it again, without pasting.")
    try:
        tokens = Trino().tokenize(text)
    except SqlglotError as error:
        refuse(f"The SQL can't be read: {first_line(error)}.")
    if tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        text = text[: tokens.pop().start]
    if not tokens:
        refuse("There is no statement.")
    _check_words(tokens)
    return text


def _check_words(tokens: list[Token]) -> None:
    if tokens[0].token_type not in _BEGINS:
        refuse(f"{tokens[0].text[:40].upper()} is not for me: I only read, by one SELECT.")
    kinds = [token.token_type for token in tokens]
    if TokenType.SEMICOLON in kinds:
        refuse("That is more than one statement; I take one SELECT.")
    if any(token.comments for token in tokens) or TokenType.HINT in kinds:
        refuse("Comments are not taken: on one line, they hide what follows.")
    if TokenType.PLACEHOLDER in kinds or TokenType.PARAMETER in kinds:
        refuse("There is no value for a ? or a parameter; say the value itself.")
    if TokenType.L_BRACE in kinds:
        refuse("Braces are not Athena's SQL.")
    if (
        len(tokens) > _MOST_WORDS
        or kinds.count(TokenType.L_BRACKET) > _MOST_BRACKETS
        or kinds.count(TokenType.CASE) > _MOST_CASES
    ):
        too_deep()
    if (
        _nested(kinds, _OPENING, _CLOSING) > _MOST_NESTED
        or _nested(kinds, _BRACKET, _BRACKET_END) > _MOST_NESTED_BRACKETS
    ):
        too_deep()


def _nested(kinds: list[TokenType], opening: frozenset[TokenType], closing: frozenset[TokenType]) -> int:
    deepest = depth = 0
    for kind in kinds:
        depth = max(0, depth + (kind in opening) - (kind in closing))
        deepest = max(deepest, depth)
    return deepest


def refuse(message: str, hint: str = EXAMPLE) -> NoReturn:
    """Raise BadRequest."""
    raise BadRequest(message, hint)


def nearest(name: str, known: frozenset[str]) -> str:
    """` Did you mean …?` with the likeliest known names, or nothing."""
    close = difflib.get_close_matches(name.lower(), sorted(known), 3, 0.6)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def first_line(error: Exception) -> str:
    """What sqlglot says, on one line."""
    # sqlglot underlines the place with terminal codes on the lines that follow.
    return str(error).partition("\n")[0].rstrip(". ")


def too_deep() -> NoReturn:
    """Raise BadRequest for what can't be read safely."""
    refuse(
        "The statement is too long or too deeply nested.", "Name its parts: WITH a AS (…), b AS (…) SELECT …"
    )
