"""Whether a call is about a resource: which of its parameters, or of its answer, name it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bot.core.configuration.item import Resource
from bot.core.configuration.opened import opened
from bot.trail.authorship.writers import Writer

Named = Literal["itself", "by-name", "listed", "made", ""]
"""As what it is called on; by a name that others may have too; in a list; in the answer, being made; not at all."""

# Their names are not unique in an account and region, their ids are.
_OTHERS_TOO = frozenset({"AWS::EC2::SecurityGroup"})


def parsed(text: object) -> Any:
    """Parameters and such as a row has them, documents within opened, out of the `…Request` that newer calls of EC2 wrap it in."""
    try:
        value = json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return None
    value = opened(value)
    if isinstance(value, dict) and len(value) == 1:
        ((key, inner),) = value.items()
        if key.endswith("Request") and isinstance(inner, dict):
            return {name[:1].lower() + name[1:]: one for name, one in inner.items()}
    return value


def named(resource: Resource, writer: Writer, request: Any, response: Any, arns: tuple[str, ...]) -> Named:
    """How the call names the resource."""
    if isinstance(request, dict):
        direct = [value for value in request.values() if isinstance(value, str)]
        if any(is_it(resource, value) for value in direct if value != resource.name or _unique(resource)):
            return "itself"
        if resource.name and resource.name in direct:
            return "by-name" if not any(is_it(resource, one) for one in _scalars(response)) else "itself"
        if writer.many and any(is_it(resource, one) for one in _scalars(request)):
            return "listed"
    if writer.effect == "creates" and any(is_it(resource, one) for one in _scalars(response)):
        return "made"
    if not request and any(is_it(resource, one) for one in arns):
        return "itself"
    return ""


def is_it(resource: Resource, text: str) -> bool:
    """Whether a text is its id, its name or its ARN; of a function, in any of the forms that Lambda takes."""
    if not text:
        return False
    if text in resource.names:
        return True
    if ":function:" in text:
        return text.partition(":function:")[2].partition(":")[0] in (resource.id, resource.name)
    return (
        text.startswith("arn:")
        and _last(text) in (resource.id, resource.name)
        and _service(text) == _service_of(resource)
    )


def _unique(resource: Resource) -> bool:
    return resource.type not in _OTHERS_TOO or resource.name == resource.id


def _last(arn: str) -> str:
    return re.split(r"[/:]", arn)[-1]


def _service(arn: str) -> str:
    return [*arn.split(":", 3), "", "", ""][2]


def _service_of(resource: Resource) -> str:
    return (
        _service(resource.arn)
        if resource.arn
        else resource.type.partition("::")[2].partition("::")[0].lower()
    )


def _scalars(value: Any, within: str = "") -> Iterator[str]:
    """Its texts, but for those of tags, which name whatever anybody likes."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not re.match("tag", key, re.IGNORECASE):
                yield from _scalars(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _scalars(inner, within)
    elif isinstance(value, str):
        yield value
