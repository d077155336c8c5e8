"""A template put into the policy that is there: nothing else of it is touched."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core.policies.template import Template
from bot.core.public.document import read
from bot.errors import BadRequest

MOST: Final = 20_480
"""Bytes of a bucket policy (S3 user guide, "Bucket policies": 20 KB)."""
_NO_TEXT = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole policy as a document; the Sids of statements that were there in another form and were replaced."""

    document: Mapping[str, Any]
    replaced: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """To review, and to put: JSON with its lines.

        Whether S3 counts blanks isn't documented, so it has none where it would be too long with them.
        """
        wide = _json(self.document, indent=2)
        return wide if len(wide.encode()) <= MOST else self._tight

    @property
    def size(self) -> int:
        """Bytes without blanks."""
        return len(self._tight.encode())

    @property
    def _tight(self) -> str:
        return _json(self.document, separators=(",", ":"))


def merged(present: object, template: Template) -> Merged:
    """The policy with the template in it, in the place of an older form of the same.

    `present` is a document, its text, or None. Raises BadRequest for one that can't be read, or that gets too long.
    """
    found = read(present)
    if found.unread:
        raise BadRequest(
            f"I can't add to the policy that is there: {found.unread}.", "Mend it by hand first."
        )
    statements = [*_there(found.statements, template)]
    # Somebody may have written the very same under another name.
    had = [_meaning(one) for one in statements]
    statements += [one for one in template.statements if _meaning(one) not in had]
    older = [one for one in found.statements if _sid(one) in template.sids and one not in statements]
    whole = Merged(
        {**_head(present), "Statement": statements}, tuple(dict.fromkeys(_sid(one) for one in older))
    )
    if whole.size > MOST:
        raise BadRequest(
            f"The policy would have {whole.size:,} bytes; S3 takes {MOST:,}.",
            "Take statements out of it first.",
        )
    return whole


def _there(statements: Sequence[Any], template: Template) -> Iterator[Any]:
    """What is there, as it is; where the template's own stood, its present form, once."""
    new = {str(one["Sid"]): one for one in template.statements}
    for one in statements:
        sid = _sid(one)
        if sid not in template.sids:
            yield one
        elif sid in new:
            present = new.pop(sid)
            yield one if _meaning(one) == _meaning(present) else present


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
    return sorted(map(_said, value if isinstance(value, list) else [value]))


def _said(value: object) -> str:
    # In a condition, true and "true" are one.
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sid(statement: object) -> str:
    return str(statement.get("Sid", "")) if isinstance(statement, Mapping) else ""


def _json(document: Mapping[str, Any], **form: Any) -> str:
    text = json.dumps(document, ensure_ascii=False, **form)
    # Half a surrogate pair is JSON, escaped, and no text that could be written into a file.
    return json.dumps(document, **form) if _NO_TEXT.search(text) else text
