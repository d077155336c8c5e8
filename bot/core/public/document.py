"""A policy's statements, whatever the policy came as."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """The statements as they stand; `unread` says in words why they can't be read, and is "" where they can.

    A statement may still be anything: nobody has looked into it.
    """

    statements: tuple[Any, ...] = ()
    unread: str = ""


def read(document: object) -> Document:
    """From an opened document or its text; None and an empty text are no policy, which has no statements."""
    if document is None or document == "":
        return Document()
    if isinstance(document, (str, bytes)):
        try:
            document = json.loads(document, object_pairs_hook=_each_key_once)
        except (ValueError, RecursionError) as error:
            return Document(unread=f"the policy can't be read as JSON: {error}")
    if not isinstance(document, Mapping):
        return Document(unread="the policy is no JSON object")
    if "Statement" not in document:
        return Document(unread="the policy has no Statement")
    said = document["Statement"]
    return Document(tuple(said) if isinstance(said, (list, tuple)) else (said,))


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Which of two conditions of one name AWS keeps is not documented, so neither is taken for granted.
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"{key} stands there twice"
            raise ValueError(message)
        found[key] = value
    return found
