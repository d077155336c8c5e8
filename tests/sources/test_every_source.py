"""What holds for every source, whatever AWS or an attacker puts into an event."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import show
from bot.core.text import plain
from bot.pipeline import read, unwrap
from bot.sources import SOURCES

EVENTS = Path(__file__).parents[1] / "events"
FIRES = {file.parent.name: json.loads(file.read_text()) for file in sorted(EVENTS.glob("*/fires*.json"))}
STRANGE = st.sampled_from(
    [None, "", " ", 0, -1, 10**400, True, [], [None], {}, {"": None}, "\u202e", "<!channel>", "x" * 9000]
)


def paths(value, here=()):
    yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield from paths(inner, (*here, name))


def changed(event, path, draw):
    """The event with one place of its detail removed, or holding something strange."""
    *way, last = path
    holder = event
    for name in way:
        holder = holder[name]
    if draw(st.booleans()):
        holder[last] = draw(STRANGE)
    elif isinstance(holder, dict):
        del holder[last]


@pytest.mark.parametrize("name", FIRES)
@given(st.data())
def test_a_mutated_event_is_told_by_somebody_and_never_breaks(name, data):
    event = json.loads(json.dumps(FIRES[name]))
    root = ("detail",) if "detail" in event else ()
    places = [(*root, *path) for path in paths(event["detail"] if root else event) if path]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    for path in sorted(chosen, key=len, reverse=True):
        changed(event, path, data.draw)

    told = read(unwrap(json.dumps(event)), SOURCES)

    if told is not None:  # None is a source's decision; what it cannot read goes to unknown, never to None
        assert told.title.strip()
        assert told.key
        assert all(plain(line).strip() for section in show(told).sections for line in section.lines)


@pytest.mark.parametrize("name", [name for name in FIRES if name != "unknown"])
def test_an_event_is_told_without_gaps_and_the_same_problem_has_one_key(name):
    first, again = (read(unwrap(json.dumps(FIRES[name] | {"id": key})), SOURCES) for key in ("one", "two"))
    text = " ".join(
        [first.title, *(plain(line) for section in show(first).sections for line in section.lines)]
    )

    assert first.source == name
    assert first.key == again.key
    assert not [gap for gap in ("None", "null", "{}", "  ") if gap in text]
