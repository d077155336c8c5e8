"""A deed: a call that changed the resource, or may have, and what its parameters say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.configuration.item import Resource
from bot.trail.authorship import rules, values
from bot.trail.authorship.naming import Named, named, parsed
from bot.trail.authorship.rules import Rule
from bot.trail.authorship.writers import TAGS, Writer, writer
from bot.trail.chain import Link, link


@dataclass(frozen=True, slots=True)
class Deed:
    """One call. `pairs`, `texts`, `documents`, `tags` and `rules` are what its parameters hold, to be compared.

    `unread_rules`: it names rules by ids that nobody knows; `answered`: what its answer says of the part, where it can change nothing else.
    """

    link: Link
    at: datetime
    writer: Writer
    named: Named
    pairs: values.Pairs = frozenset()
    texts: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    tags: Mapping[str, str | None] = field(default_factory=dict)
    rules: frozenset[Rule] = frozenset()
    unread_rules: bool = False
    answered: values.Pairs = frozenset()
    key: str = ""
    """Tells calls apart."""

    @property
    def who(self) -> str | None:
        """Its principal."""
        return self.link.call.principal

    @property
    def is_by_name(self) -> bool:
        """Whether it names the resource only as others may be named too."""
        return self.named == "by-name"


@dataclass(frozen=True, slots=True)
class Record:
    """One call that was read, whatever it is about."""

    link: Link
    at: datetime
    request: Any
    response: Any

    @property
    def texts(self) -> frozenset[str]:
        """All that it and its answer say."""
        return values.texts(self.request) | values.texts(self.response)


def records(rows: Iterable[Mapping[str, Any]]) -> tuple[Record, ...]:
    """Of rows of `bot.trail.rows` with `request` and `response`, those whose time is known."""
    links = ((link(row), row) for row in rows)
    return tuple(
        Record(one, one.call.time, parsed(row.get("request")), parsed(row.get("response")))
        for one, row in links
        if one.call.time
    )


def deeds(resource: Resource, found: Iterable[Record]) -> tuple[Deed, ...]:
    """The calls among them that can have changed the resource, oldest first."""
    every = tuple(found)
    known = {name: rule for one in every for name, rule in rules.made(one.response)}
    made = (deed for one in every if (deed := _deed(resource, one, known)))
    return tuple(sorted(made, key=lambda one: (one.at, one.key)))


def _deed(resource: Resource, one: Record, known: Mapping[str, Rule]) -> Deed | None:
    call = one.link.call
    wrote = writer(resource.type, call.event_source or "", call.event_name or "")
    if wrote is None:
        return None
    how = named(resource, wrote, one.request, one.response, call.resources or ())
    if not how:
        return None
    own = {name.casefold() for name in resource.names}
    # A permission's statement is told in the answer alone.
    said = (
        [one.request, one.response] if wrote.effect == "adds" and TAGS not in wrote.parts else [one.request]
    )
    return Deed(
        link=one.link,
        at=one.at,
        writer=wrote,
        named=how,
        pairs=frozenset(pair for pair in values.pairs(one.request) if pair[1] not in own),
        texts=(values.texts(said) - own) | wrote.implies,
        documents=values.documents(one.request),
        tags=values.tags(one.request),
        rules=rules.asked(one.request, known),
        unread_rules=rules.unread(one.request, known),
        answered=values.pairs(one.response) if wrote.narrow and wrote.effect == "sets" else frozenset(),
        key="|".join((call.event_id or "", call.event_name or "", call.principal or "", one.at.isoformat())),
    )
