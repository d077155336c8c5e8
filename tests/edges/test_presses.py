"""`noroshi alert presses`: the record of who pressed what, for people and for programs."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.sqlite import SqliteStore
from bot.app.record import presses
from bot.edges.presses import show
from bot.errors import NotFound
from bot.pipeline import audit
from bot.pipeline.audit import Pressed
from bot.render.files import to_csv, to_json
from bot.settings import read
from tests.fakes import FakeStore
from tests.render.hostile import CORPUS

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def pressed(**parts):
    return Pressed(
        **{
            "user_id": "U1",
            "name": "Mika",
            "act": "archive",
            "what": "Port 22 is open",
            "channel": "C1",
            "result": "done",
        }
        | parts
    )


def test_nobody_is_said_with_the_time_and_the_place_that_were_looked_at():
    view = show(FakeStore(), NOW, "7d", "sqlite:///noroshi.db")

    assert view.title == "Nobody pressed anything since 2026-11-25 03:00 UTC"
    assert "kept in sqlite:///noroshi.db" in str(view.sections)
    assert json.loads(to_json(view))["request"] == {"since": "7d", "store": "sqlite:///noroshi.db"}


def test_of_more_than_are_told_the_older_ones_are_missed_in_words():
    """A record that stops without a word would be taken for the whole of it."""
    store = FakeStore()
    for n in range(7):
        audit.note(store, pressed(result=str(n)), NOW + timedelta(minutes=n))

    view = show(store, NOW, "7d", "", most=5)

    assert [row["result"] for row in view.rows] == ["6", "5", "4", "3", "2"]
    assert view.caveats[0].code == "older-presses"
    assert show(store, NOW, "7d", "", most=7).caveats == ()


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
def test_hostile_words_in_the_record_are_harmless_in_files(words):
    store = FakeStore()
    audit.note(store, pressed(name=words, what=words, result=words), NOW)
    view = show(store, NOW, "7d", "")

    assert "\u202e" not in to_json(view) + to_csv(view)
    assert "\x1b" not in to_json(view) + to_csv(view)
    assert not [cell for cell in to_csv(view).split(",") if cell.startswith(("=", "@"))]


def test_where_no_bot_has_kept_anything_no_file_is_made(tmp_path, monkeypatch):
    """“Nobody pressed anything” in the wrong folder would be a lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "noroshi.toml"))

    with pytest.raises(NotFound, match=r"Nothing is kept in sqlite:///noroshi\.db"):
        presses(read(), "7d")
    assert list(tmp_path.iterdir()) == []


def test_where_one_has_it_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOROSHI_SETTINGS", str(tmp_path / "noroshi.toml"))
    store = SqliteStore("noroshi.db")
    audit.note(store, pressed(), datetime.now(UTC))
    store.close()

    assert [row["act"] for row in presses(read(), "7d").rows] == ["archive"]


def test_a_person_reads_a_refusal_by_its_words_and_a_program_by_its_name():
    store = FakeStore()
    audit.note(store, pressed(name="", act="all-rows", result="Forbidden: Ask a member."), NOW)

    view = show(store, NOW, "7d", "")

    assert view.rows[0]["result"] == "Forbidden: Ask a member."
    assert "('all as CSV',)" in str(view.sections)
    assert "('refused: Ask a member.',)" in str(view.sections)
    assert "('U1',)" in str(view.sections)
