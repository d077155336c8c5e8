"""Mutes are begun and ended whoever else writes at the same moment, and never grow beyond what a store takes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.mute_report import report_id
from bot.core.problem import Mark
from bot.errors import BadRequest
from bot.pipeline import mutes
from tests.pipeline.world import CHANNEL, alert


def begin(world, **parts):
    mark = Mark("U1", "Mika", world.now())
    made = mutes.mute_from(alert(**parts), "kind", "we test", mark, world.now() + timedelta(hours=2))
    mutes.begin(world.ledger, made, CHANNEL)
    return made


def test_unmuting_while_the_report_is_being_told_ends_it_all_the_same(world):
    """The teller writes the message's ts between our reading and our writing."""
    mute = begin(world)
    write, meanwhile = world.store.write, [lambda: None]

    def tell():
        entry = world.ledger.find(report_id(mute.id))
        told = replace(entry.thing.told, ts="1.1")
        meanwhile[0] = lambda: None
        world.ledger.write(replace(entry, thing=replace(entry.thing, told=told)))

    def writing(*records):
        if any(record.id == report_id(mute.id) for record in records):
            meanwhile[0]()
        write(*records)

    world.store.write = writing
    meanwhile[0] = tell

    report = mutes.end(world.ledger, mute.id, "Ben")

    assert (report.ended_by, report.told.ts) == ("Ben", "1.1")
    assert mutes.mutes(world.ledger) == ()


def test_two_who_mute_at_once_both_do(world):
    write, meanwhile = world.store.write, [lambda: begin(world, kind="two")]

    def writing(*records):
        if meanwhile:
            meanwhile.pop()()
        write(*records)

    world.store.write = writing
    begin(world, kind="one")

    assert {mute.scope.words for mute in mutes.mutes(world.ledger)} == {"one", "two"}


def test_three_hundred_mutes_are_enough(world):
    for n in range(300):
        begin(world, kind=f"kind {n}")

    with pytest.raises(BadRequest, match="There are 300 mutes already"):
        begin(world)


def test_mutes_of_huge_names_are_refused_before_the_store_would(world):
    huge = "\U0001f525" * 4_000
    for n in range(9):
        begin(world, kind=f"{n}{huge}")

    with pytest.raises(BadRequest, match="There are 9 mutes already"):
        begin(world, kind=huge)
