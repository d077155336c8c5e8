"""The mute's form: what it offers stays within Slack's limits, what comes back is read or refused in words."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.mute import REACHES, scope
from bot.core.problem import Telling
from bot.core.storm import Storm, begun, folded
from bot.core.tellings import heard
from bot.edges.slack.mute_form import SPANS, Wanted, kind_of, of_problem, of_storm, read, until, wrong
from bot.embedded.slack.validate import check_view
from bot.errors import BadRequest
from tests.pipeline.world import alert
from tests.render.hostile import text
from tests.render.test_harmless import assert_inert

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
PLACE = {"channel": "C1", "name": "security", "thread": "", "url": "https://hooks.slack.com/x", "at": 1.0}
SUBJECT = "problem-" + "0" * 32


def submitted(what="problem", span="4h", reason="because", metadata=None):
    kept = json.dumps({"subject": SUBJECT, "place": PLACE}) if metadata is None else metadata
    values = {
        "what": {"value": {"selected_option": {"value": what}}},
        "until": {"value": {"selected_option": {"value": span}}},
        "reason": {"value": {"value": reason}},
    }
    return {"id": "V1", "private_metadata": kept, "state": {"values": values}}


def storm(*kinds):
    """A storm of one problem a kind."""
    tellings = [Telling(alert(f"p{n}", kind=kind), NOW, str(n), "#security") for n, kind in enumerate(kinds)]
    return folded(
        begun("storm-1", "#security", NOW), [heard(None, each, None, NOW) for each in tellings], NOW
    )[0]


def test_what_was_filled_in_is_read():
    assert read(submitted(), NOW, UTC) == Wanted(
        SUBJECT, "", "problem", "because", datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    )


def test_tomorrow_morning_is_of_the_zone():
    tokyo = ZoneInfo("Asia/Tokyo")

    assert until("morning", NOW, tokyo) == datetime(2026, 11, 26, 9, 0, tzinfo=tokyo)
    assert until("morning", NOW.replace(hour=23), tokyo) == datetime(2026, 11, 27, 9, 0, tzinfo=tokyo)


@pytest.mark.parametrize("span", SPANS)
def test_every_span_that_is_offered_ends_later(span):
    assert until(span, NOW, UTC) > NOW


@pytest.mark.parametrize("reason", ["", " ", "\u200b", None, "\n\t"])
def test_no_reason_is_said_at_its_field(reason):
    assert list(wrong(submitted(reason=reason))) == ["reason"]


def test_a_reason_that_is_too_long_is_said_at_its_field():
    assert "at most 200" in wrong(submitted(reason="x" * 201))["reason"]
    assert wrong(submitted(reason="x" * 200)) == {}


@pytest.mark.parametrize(
    "view",
    [
        {},
        submitted(metadata=""),
        submitted(metadata="[]"),
        submitted(metadata="[" * 3000),
        submitted(metadata='{"place":{}}'),
        submitted(what="everything"),
        submitted(what="kind:"),
        submitted(span="9y"),
        submitted(reason=" "),
        submitted() | {"state": None},
        submitted() | {"state": {"values": []}},
        submitted() | {"state": {"values": {"what": {"value": {"selected_option": None}}}}},
    ],
)
def test_a_form_of_another_time_is_refused_in_words(view):
    with pytest.raises(BadRequest):
        read(view, NOW, UTC)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(anything, anything, anything, anything, st.booleans())
def test_nothing_that_comes_back_breaks_the_reader(what, span, reason, metadata, as_json):
    kept = json.dumps(metadata) if as_json else metadata
    view = submitted(what, span, reason, kept)
    for part in (view, {"private_metadata": kept, "state": what}, {"state": {"values": reason}}):
        with contextlib.suppress(BadRequest):
            read(part, NOW, UTC)
        assert set(wrong(part)) <= {"reason"}


@settings(deadline=None)
@given(text, text, text, text)
def test_slack_takes_the_form_of_any_alert_and_nothing_in_it_is_alive(title, kind, account, resource):
    told = alert("key", title=title, kind=kind, account_id=account, resource=resource)
    window = of_problem(SUBJECT, told, PLACE)

    check_view(window, "modal")
    assert_inert(window)
    offered = [each["value"] for each in window["blocks"][1]["element"]["options"]]
    assert offered == [reach for reach in REACHES if scope(reach, told)]


@settings(deadline=None)
@given(st.lists(text.map(lambda kind: kind[:100]), min_size=1, max_size=30))
def test_every_kind_of_a_storm_comes_back_as_itself_however_the_storm_changes(kinds):
    before = storm(*kinds)
    named = [kind for kind in before.kinds if kind]
    if not named:
        with pytest.raises(BadRequest):
            of_storm(before, PLACE)
        return
    window = of_storm(before, PLACE)
    check_view(window, "modal")
    assert_inert(window)
    later = storm(*kinds[::-1], *kinds[:5] * 3, "something new")
    chosen = [
        kind_of(later, read(submitted(each["value"]), NOW, UTC))
        for each in window["blocks"][1]["element"]["options"]
    ]
    assert sorted(chosen) == sorted(named)


def test_a_thousand_kinds_of_ten_thousand_characters_make_a_form():
    kinds = {f"{n} " + "k" * 10_000: 1 for n in range(1_000)}
    window = of_storm(Storm("storm-1", "#security", NOW, NOW, kinds=kinds), PLACE)

    check_view(window, "modal")
    assert len(window["blocks"][1]["element"]["options"]) == 100


def test_what_cannot_be_muted_has_no_form():
    nameless = replace(alert("one"), key="", kind="", resource=None)

    with pytest.raises(BadRequest, match="too little"):
        of_problem(SUBJECT, nameless, PLACE)
    with pytest.raises(BadRequest, match="too little"):
        of_storm(Storm("storm-1", "#security", NOW, NOW, kinds={"": 3}), PLACE)


def test_a_place_that_is_too_long_for_a_form_is_an_honest_error():
    with pytest.raises(BadRequest):
        of_problem(SUBJECT, alert(), PLACE | {"url": "x" * 3_000})
