"""How a projected table grows: accounts, regions and days are added, nothing is ever taken away."""

import re
from collections.abc import Mapping, Sequence

_DAY = re.compile(r"\d{4}/\d\d/\d\d")
_RANGE = "projection.day.range"
_NAMED = 6


def grown(found: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The table's properties with what is new in `wanted`, and each thing that is new in words."""
    made, more = dict(found), list[str]()
    for key in ("account", "region"):
        name = f"projection.{key}.values"
        there = [one.strip() for one in found.get(name, "").split(",") if one.strip()]
        new = [one for one in wanted[name].split(",") if one not in there]
        if new:
            made[name] = ",".join([*there, *new])
            more += _named(key, new)
    first, _, last = found.get(_RANGE, "").partition(",")
    earlier = wanted[_RANGE].partition(",")[0]
    if _DAY.fullmatch(first.strip()) and earlier < first.strip():
        made[_RANGE] = f"{earlier},{last}"
        more.append(f"now since {earlier}")
    return made, more


def _named(key: str, new: Sequence[str]) -> list[str]:
    rest = [f"+ {len(new) - _NAMED} more"] if len(new) > _NAMED else []
    return [f"+ {key} {one}" for one in new[:_NAMED]] + rest
