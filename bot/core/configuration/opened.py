"""JSON documents that stand in strings, opened.

AWS Config gives `configuration` and every supplementary value as text, and text within: a bucket's policy as
`policyText`, IAM's documents percent-encoded, a bucket's ACL encoded twice.
https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
"""

import json
from typing import Any
from urllib.parse import unquote

DEEPEST = 64
"""Levels that are looked into: AWS's own documents have about ten."""
_ENCODINGS = 4
"""Two were seen in the wild."""


def opened(value: object) -> Any:
    """The value with every text that holds a JSON object or array replaced by what it holds.

    Any other text stays as it is: `123`, `true`, `10.0.0.0/8`, an ARN, broken JSON. Raises nothing.
    """
    return _opened(value, DEEPEST)


def _opened(value: object, levels: int) -> Any:
    if levels <= 0:
        return value
    match value:
        case dict():
            return {str(name): _opened(inner, levels - 1) for name, inner in value.items()}
        case list() | tuple():
            return [_opened(inner, levels - 1) for inner in value]
        case str():
            document = _document(value, _ENCODINGS)
            return value if document is None else _opened(document, levels - 1)
        case _:
            return value


def _document(text: str, encodings: int) -> Any | None:
    """The object or array that a text holds; None for any other text, and for one nested too deep to be read."""
    begun = text.lstrip()[:1]
    if not encodings or not begun or begun not in '{["%':
        return None
    if begun == "%":
        decoded = unquote(text)
        return None if decoded == text else _document(decoded, encodings - 1)
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(held, str):
        return _document(held, encodings - 1)
    return held if _is_shallow(held) else None


def _is_shallow(document: object) -> bool:
    """Whether it is nested no deeper than is looked into."""
    level = [document]
    for _ in range(DEEPEST):
        level = [
            inner
            for held in level
            if isinstance(held, dict | list)
            for inner in (held.values() if isinstance(held, dict) else held)
        ]
        if not level:
            return True
    return False
