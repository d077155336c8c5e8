"""What somebody writes into a form for a template, told apart by the form that AWS gives each."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.policies.template import Wanted
from bot.errors import BadRequest

_BETWEEN = re.compile(r"[\s,;]+")
_KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    "endpoint": re.compile(r"vpce-.*"),
    "organization": re.compile(r"o-.*"),
    "distribution": re.compile(r"arn:[a-z-]+:cloudfront:.*|E[A-Z0-9]*"),
    "spared": re.compile(r"arn:[a-z-]+:iam:.*"),
}
_MANY: Final = ("networks", "spared")
HINT: Final = "vpce-…, o-…, a CloudFront distribution (E…), or networks; ARNs of roles are left alone. Others need none."


def given(text: str, wanted: Wanted) -> Wanted:
    """What a template is filled with; raises BadRequest where one is said twice.

    What is of no known form counts as a network, and is refused as one. Names of options are left out: people copy
    them from /s3 policy.
    """
    found: dict[str, list[str]] = {}
    for word in filter(None, _BETWEEN.split(text)):
        if not word.startswith("--"):
            found.setdefault(_kind(word), []).append(word)
    for kind, words in found.items():
        if kind not in _MANY and len(set(words)) > 1:
            raise BadRequest(f"Which {kind}: {' or '.join(words[:3])}?", "Say one.")
    parts: dict[str, Any] = {
        kind: tuple(words) if kind in _MANY else words[0] for kind, words in found.items()
    }
    return replace(wanted, **parts)


def _kind(word: str) -> str:
    return next((kind for kind, form in _KINDS.items() if form.fullmatch(word)), "networks")
