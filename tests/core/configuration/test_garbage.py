"""Whatever stands in an item, it is compared, told, flagged and written down; nothing stops it."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.configuration.change import Change
from bot.core.configuration.dangers import flags
from bot.core.configuration.diff import differ
from bot.core.configuration.full import full
from bot.core.configuration.timeline import gaps, revisions
from bot.core.configuration.words import line, lines, path
from bot.core.text import plain
from tests.core.configuration.items import item
from tests.core.configuration.some import JSON, items


@settings(max_examples=50)
@given(items(), items())
@example(item(supplementary={"BucketTaggingConfiguration": {"tagSets": 1.0}}), item())
@example(item(supplementary={"BucketTaggingConfiguration": {"tagSets": "x"}}), item())
def test_every_difference_of_any_two_items_is_told_in_lines(old, new):
    difference = differ(old, new)

    for change in difference.changes + difference.noise:
        said = plain(line(change, new.resource.type))
        assert said.strip()
        assert "\n" not in said
        assert path(change).split(".")[0].split("[")[0].isidentifier()
        json.dumps([change.before, change.after])
    assert len(lines(difference.changes, new.resource.type)) <= len(difference.changes)
    assert full(difference, new.resource.type).endswith("\n")


@settings(max_examples=50)
@given(items(), items())
def test_any_two_items_are_flagged_without_a_stop(old, new):
    for flag in (*flags(old, new), *flags(None, new)):
        assert flag.code
        assert flag.words


@settings(max_examples=50)
@given(items())
def test_an_item_that_did_not_change_is_flagged_nothing(same):
    assert flags(same, same) == ()


@settings(max_examples=50)
@given(st.lists(items(), max_size=4), st.none() | items(), st.booleans())
def test_any_history_is_told(held, older, from_the_start):
    assert len(revisions(held, older, from_the_start=from_the_start)) == len(held)
    assert gaps(held, None) == ()


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=5), JSON, JSON)
def test_any_change_made_by_hand_is_told(steps, before, after):
    told = [
        line(Change(tuple(steps), "changed", before, after), "X"),
        line(Change(tuple(steps), "added", after=after), "X"),
        line(Change(tuple(steps), "removed", before=before), "X"),
    ]

    assert all("\n" not in plain(one) for one in told)


def test_what_was_nested_deep_before_it_came_is_told_too():
    deep = "end"
    for _ in range(5_000):
        deep = {"x": deep}

    old, new = item("X", {"deep": {}}), item("X", {"deep": deep})
    assert lines(differ(old, new).changes, "X")
    assert flags(old, new) == ()
