"""Every real finding is told in words, in the form of the API and in EventBridge's."""

import json
import re

import botocore.session
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.aws.findings_form import detail
from bot.core.alert import TITLE
from bot.core.alert import Finding as Kept
from bot.core.findings.seen import Seen
from bot.render.blocks import payload
from tests.commands.guardduty.small_findings import FakeFindings, ask, seen
from tests.commands.reading import read
from tests.sources.guardduty.findings import FIRES
from tests.sources.real import DATA, documents, findings

_GAPS = ("None", "null", "{", "}", "  ", "()", "[]", "nan")
_FIELDS = re.compile(r"\b[a-z]{3,}(?:[A-Z][a-z]+)+\b")
_NOT_HERE = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
MODEL = botocore.session.get_session().get_service_model("guardduty").shape_for("Finding")


def whole(details):
    """Those that have what every finding has."""
    return [dict(each) for each in details if each.get("id") and each.get("type")]


def of_the_api():
    """What GetFindings answered, under the API's own names."""
    answers = [
        held for file in sorted((DATA / "guardduty").glob("getfindings-*.json")) for held in documents(file)
    ]
    for held in answers:
        found = held.get("Findings", [held]) if isinstance(held, dict) else held
        yield from (each for each in found if isinstance(each, dict) and "Service" in each)


def told(found):
    kept = Kept(str(found.get("accountId") or ""), str(found.get("region") or "eu-west-1"), str(found["id"]))
    return ask("show", kept.finding_id, findings=FakeFindings(Seen(kept, found)))


def is_in_words(view, found):
    lines = read(view)
    named = json.dumps(found)
    assert 0 < len(view.title) <= TITLE
    for line in lines:
        assert line.strip()
        assert not line.endswith((": ", " |", "| "))
        assert [gap for gap in _GAPS if gap in line and gap not in named.replace("null", "")] == []
    # AWS's own ids and names may look as they like; the names of fields may not.
    fields = {word for line in lines for word in _FIELDS.findall(line)} & keys(found)
    assert fields - values(found) == set()


def keys(value):
    if isinstance(value, dict):
        return set(value) | {each for inner in value.values() for each in keys(inner)}
    return {each for inner in value for each in keys(inner)} if isinstance(value, list) else set()


def values(value):
    if isinstance(value, dict):
        return {each for inner in value.values() for each in values(inner)}
    if isinstance(value, list):
        return {each for inner in value for each in values(inner)}
    return {value} if isinstance(value, str) else set()


@_NOT_HERE
def test_every_real_finding_is_told_in_words():
    real = whole(event.detail for event in findings())

    assert len(real) > 20
    for found in real:
        is_in_words(told(found), found)


@_NOT_HERE
def test_every_finding_of_the_api_is_told_as_its_event_is():
    real = [detail(each, MODEL) for each in of_the_api()]

    assert len(real) > 3
    for found in real:
        assert not any(name[:1].isupper() for name in found)
        is_in_words(told(found), found)


_STRANGE = st.sampled_from(
    [
        None,
        "",
        " ",
        0,
        -1,
        10**40,
        True,
        [],
        [None],
        {},
        {"": None},
        "\u202e",
        "<!channel>",
        "*a*|`b`",
        "x" * 9000,
    ]
)


class Holding(FakeFindings):
    """Gives what it holds, whatever it looks like."""

    def _is_wanted(self, each, wanted):
        return True


def _paths(value, here=()):
    yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield from _paths(inner, (*here, name))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_stands_in_a_finding_the_answer_can_be_shown(data):
    found = json.loads(json.dumps(FIRES["detail"]))
    fixed = {("id",), ("type",), ("severity",)}
    paths = sorted((path for path in _paths(found) if path and path not in fixed), key=str)
    for path in sorted(
        data.draw(st.lists(st.sampled_from(paths), max_size=4, unique=True)), key=len, reverse=True
    ):
        holder = found
        for name in path[:-1]:
            holder = holder[name]
        holder[path[-1]] = data.draw(_STRANGE)
    changed = seen(1, **{name: value for name, value in found.items() if name not in {"id", "service"}})
    changed = Seen(changed.kept, {**changed.detail, "service": found["service"]})

    view = ask("list", findings=Holding(changed))

    assert len(view.rows) + len(view.caveats) == 1
    assert payload(view, "a1")
    if view.rows:
        shown = ask("show", changed.kept.finding_id, findings=Holding(changed))
        assert all(line.strip() for line in read(shown))
        assert payload(shown, "a1")


def test_a_hostile_name_stays_a_name():
    bad = seen(1, resource={"s3BucketDetails": [{"name": "<!channel> *b*"}]}, description="<script>")
    view = ask("show", bad.kept.finding_id, findings=FakeFindings(bad))

    assert "<!channel>" in view.title
    assert "<!channel>" not in payload(view, "a1")["text"]
    assert not any("<!channel>" in word for button in view.buttons for word in getattr(button, "words", ()))
