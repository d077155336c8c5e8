"""A template put into the policy that is there: nothing else of it is touched."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.core.policies.template import Template
from bot.core.public.document import read
from bot.errors import BadRequest

MOST: Final = 20_480
"""Bytes of a bucket policy (S3 user guide, "Bucket policies": 20 KB)."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole policy, as a document and as text; the Sids of statements that were there and were replaced."""

    document: Mapping[str, Any]
    replaced: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """To review, and to put: JSON with its lines."""
        return json.dumps(self.document, indent=2, ensure_ascii=False)

    @property
    def size(self) -> int:
        """Bytes without blanks, as it can be put."""
        return len(json.dumps(self.document, separators=(",", ":"), ensure_ascii=False).encode())


def merged(present: object, template: Template) -> Merged:
    """The policy with the template in it, in the place of an older form of the same.

    `present` is a document, its text, or None. Raises BadRequest for one that can't be read, or that gets too long.
    """
    found = read(present)
    if found.unread:
        raise BadRequest(
            f"I can't add to the policy that is there: {found.unread}.", "Mend it by hand first."
        )
    kept = [one for one in found.statements if _sid(one) not in template.sids]
    replaced = tuple(dict.fromkeys(_sid(one) for one in found.statements if _sid(one) in template.sids))
    # Somebody may have written the very same under another name.
    had = [_meaning(one) for one in kept]
    added = [one for one in template.statements if _meaning(one) not in had]
    whole = Merged({**_head(present), "Statement": [*kept, *added]}, replaced)
    if whole.size > MOST:
        raise BadRequest(
            f"The policy would have {whole.size:,} bytes; S3 takes {MOST:,}.",
            "Take statements out of it first.",
        )
    return whole


def _head(present: object) -> dict[str, Any]:
    """Version and Id as they are: a policy without a version is read by older rules, and stays so."""
    if present is None or present == "":
        return {"Version": "2012-10-17"}
    said: Any = json.loads(present) if isinstance(present, (str, bytes)) else present
    return {name: value for name, value in said.items() if name != "Statement"}


def _meaning(statement: object) -> Any:
    """A statement without its name, with one value and a list of one alike, in no order."""
    if not isinstance(statement, Mapping):
        return statement
    return {name: _flat(value) for name, value in statement.items() if name != "Sid"}


def _flat(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _flat(each) for name, each in value.items()}
    return sorted(map(str, value if isinstance(value, list) else [value]))


def _sid(statement: object) -> str:
    return str(statement.get("Sid", "")) if isinstance(statement, Mapping) else ""
