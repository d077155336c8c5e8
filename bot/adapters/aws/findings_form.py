"""A finding of the API in the form that EventBridge has: the same, under other names.

The API's own model says each name (botocore: guardduty, `locationName`), the few that keep their capital among them;
times are texts there.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape


def detail(value: Any, form: Shape) -> Any:
    """What boto3 gave of this form, as plain JSON under EventBridge's names; what the model lacks keeps its own."""
    match form, value:
        case StructureShape(), Mapping():
            return dict(_renamed(name, held, form.members.get(name)) for name, held in value.items())
        case ListShape(), list():
            return [detail(each, form.member) for each in value]
        case MapShape(), Mapping():
            return {str(name): detail(each, form.value) for name, each in value.items()}
        case _, datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case _:
            return value


def _renamed(name: str, held: Any, form: Shape | None) -> tuple[str, Any]:
    if form is None:
        return f"{name[:1].lower()}{name[1:]}", held
    return str(form.serialization.get("name", name)), detail(held, form)
