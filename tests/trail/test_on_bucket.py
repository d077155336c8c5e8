"""Which bucket a relation is bounded by is told only where it surely is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.span import Span
from bot.ports import Match, Relation
from bot.trail.on_bucket import asked_bucket, on_bucket
from bot.trail.who_accessed import who_accessed

_SPAN = Span(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC))
_ON = Relation(("at",), either=on_bucket("acme-payroll"))


@pytest.mark.parametrize("prefix", ["", "2026/"])
def test_who_accessed_asks_for_rows_on_its_bucket_alone(prefix):
    assert asked_bucket(who_accessed("acme-payroll", _SPAN, prefix).relation) == "acme-payroll"


@pytest.mark.parametrize(
    "relation",
    [
        None,
        Relation(("at",)),
        replace(_ON, either=(*_ON.either, Match("source_ip = ?", ("10.0.0.1",)))),
        replace(_ON, either=_ON.either[:1]),
        replace(_ON, either=(*_ON.either[:2], *on_bucket("other")[2:])),
        replace(_ON, either=on_bucket("two words")),
        replace(_ON, either=on_bucket("")),
    ],
)
def test_any_other_relation_is_bounded_by_none(relation):
    assert asked_bucket(relation) is None
