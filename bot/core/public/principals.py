"""Whom a statement names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.public.meaning import Judgement, is_fixed, named, several, widest

_KINDS = frozenset({"AWS", "Service", "CanonicalUser"})


@dataclass(frozen=True, slots=True)
class Named:
    """Who a principal is in words, and whether that alone is the public."""

    judgement: Judgement
    who: str


def principal(statement: Mapping[str, Any]) -> Named:
    """The widest of all that the statement names; one that names nobody can't be judged."""
    if "NotPrincipal" in statement:
        said = statement["NotPrincipal"]
        return Named("public", f"everybody but {named(one for _, one in _each(said)) or 'nobody'}")
    every = [_judged(kind, one) for kind, one in _each(statement.get("Principal"))]
    if not every:
        return Named("unknown", "nobody that can be read")
    judgement = widest(one.judgement for one in every)
    return Named(judgement, named(dict.fromkeys(one.who for one in every if one.judgement == judgement)))


def _each(said: object) -> Iterator[tuple[str, object]]:
    if isinstance(said, Mapping):
        yield from ((str(kind), one) for kind, values in said.items() for one in several(values))
    elif said is not None:
        # A bare text beside "*" is not in AWS's grammar, but old policies of other services have it.
        yield from (("AWS", one) for one in several(said))


def _judged(kind: str, value: object) -> Named:
    if not isinstance(value, str) or not value:
        return Named("unknown", f"a {kind} principal that can't be read")
    if value == "*":
        return Named("public", "everybody")
    if not is_fixed(value):
        return Named("public", f"everybody like {value}")
    if kind == "Federated":
        # AWS's page has graph.facebook.com among its public ones: whoever signs in there is let in.
        return Named("public", f"everybody signed in by {value}")
    if kind not in _KINDS:
        return Named("unknown", f"{value}, a kind of principal ({kind}) that is not known")
    return Named("not-public", value)
