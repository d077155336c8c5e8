"""What holds for every source, whatever AWS or an attacker puts into an event."""

import copy
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.alert import TITLE, Quiet, show
from bot.core.text import plain
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from tests.sources.real import DATA, calls, real

EVENTS = Path(__file__).parents[1] / "events"
OWN = {
    f"{file.parent.name}/{file.stem}": json.loads(file.read_text())
    for file in sorted(EVENTS.glob("*/*.json"))
}
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


def mutated(event, root, data):
    """The event with up to four places of its content changed."""
    event = copy.deepcopy(event)
    inside = event
    for name in root:
        inside = inside[name]
    places = [(*root, *path) for path in paths(inside) if path]
    chosen = (
        data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True)) if places else ()
    )
    for path in sorted(chosen, key=len, reverse=True):
        changed(event, path, data.draw)
    return event


def is_told_or_quiet_with_a_reason(event):
    """An alert with words, or a decision with its reason; what a source cannot read goes to unknown."""
    told = read(event, SOURCES)
    if isinstance(told, Quiet):
        assert told.reason.strip()
        assert told.closes != ""
        return
    assert told.title.strip()
    assert len(told.title) <= TITLE
    assert told.key
    assert told.occurrence != ""
    assert all(isinstance(one, str) for pair in told.tags.items() for one in pair)
    assert all(plain(line).strip() for section in show(told).sections for line in section.lines)


# A loaded machine draws slowly; what is drawn is what matters.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", OWN)
@unhurried
@given(st.data())
def test_a_mutated_event_is_told_by_somebody_and_never_breaks(name, data):
    event = mutated(OWN[name], ("detail",) if "detail" in OWN[name] else (), data)

    is_told_or_quiet_with_a_reason(unwrap(json.dumps(event)))


@pytest.mark.parametrize("name", [name for name in OWN if OWN[name].get("Type") == "Notification"])
@unhurried
@given(st.data())
def test_a_mutated_message_inside_a_topics_is_told_by_somebody_and_never_breaks(name, data):
    text = list(OWN[name]["Message"])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(st.sampled_from(["", "\x00", "\n", "9" * 400, "$", ":", "\u202e"]))

    is_told_or_quiet_with_a_reason(unwrap(json.dumps(OWN[name] | {"Message": "".join(text)})))


@cache
def samples():
    """The real events of every source, and of CloudTrail those of the collections of attacks."""
    return (*real(), *calls("detonation-stratus", "panther-rule-tests", "traildiscover"))


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
@settings(parent=unhurried, max_examples=400)
@given(st.data())
def test_a_mutated_real_event_is_told_by_somebody_and_never_breaks(data):
    event = data.draw(st.sampled_from(range(len(samples()))).map(lambda n: samples()[n]))
    envelope = {"detail-type": event.detail_type, "source": event.source, "account": event.account_id}
    body = envelope | {"region": event.region, "detail": json.loads(json.dumps(event.detail))}

    is_told_or_quiet_with_a_reason(unwrap(json.dumps(mutated(body, ("detail",), data))))
