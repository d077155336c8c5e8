"""/trail sql: what is asked of the engine, and how the rows of one's own statement are told."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.buttons import Csv, Form, Share
from bot.core.coverage.trails import Refused
from bot.core.sections import Paragraph, Table
from bot.core.span import Span
from bot.core.text import plain
from bot.core.view import Caveat, Receipt
from bot.errors import BadRequest
from bot.ports import TrailRows
from commands.trail import trail
from tests.core.coverage.trails import EVERYTHING, a_trail, these

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ALL, NONE = a_trail(), a_trail(selectors=EVERYTHING)
UNKNOWN = a_trail(
    selectors=None,
    refused=(Refused("what the trail acme-trail records", "AWS refused.", "cloudtrail:GetEventSelectors"),),
)
COUNTS = "SELECT event_name, count(*) AS calls FROM events GROUP BY 1 ORDER BY 2 DESC"


class Engine:
    table = "noroshi.cloudtrail"

    def __init__(self, *rows, caveats=()):
        self.rows, self.caveats, self.asked = rows, caveats, None

    def run(self, query, progress):
        self.asked = query
        return TrailRows(self.rows, Receipt("athena", 2.1, 41_000_000, 0.0002, "5f2c"), self.caveats)


class Ports:
    zone, accounts = UTC, {}

    def __init__(self, engine, recorded):
        self.engine, self.recording, self.recorded = engine, self, recorded

    def paid_trail(self, asker, up_to):
        self.up_to = up_to
        return self.engine

    def trails(self):
        return these(self.recorded)

    def now(self):
        return NOW


ROWS = ({"event_name": "GetObject", "calls": 4212}, {"event_name": "PutObject", "calls": 17})


def ask(statement=COUNTS, *said, engine=None, recorded=ALL):
    return trail.answer(["sql", statement, *said], Ports(engine or Engine(*ROWS), recorded))


def table(view):
    return next(section for section in view.sections if isinstance(section, Table))


def codes(view):
    return {one.code for one in view.caveats}


def test_the_window_bounds_the_statement_and_the_columns_it_uses_are_asked():
    engine = Engine(*ROWS)

    ask(COUNTS, "--since", "1d", engine=engine)

    assert engine.asked.span == Span(NOW - timedelta(days=1), NOW)
    assert engine.asked.relation.columns == ("event_name",)
    assert (engine.asked.parameters, engine.asked.needles) == ((), ())


@pytest.mark.parametrize(
    "statement", ["DROP TABLE cloudtrail", "SELECT pricipal FROM events", "SELECT 1; SELECT 2"]
)
def test_what_is_refused_is_not_asked(statement):
    engine = Engine(*ROWS)

    with pytest.raises(BadRequest) as error:
        ask(statement, engine=engine)

    assert engine.asked is None
    assert error.value.hint


def test_a_refusal_shows_a_statement_that_works():
    with pytest.raises(BadRequest) as error:
        ask("DROP TABLE cloudtrail")

    assert ask(error.value.hint.split('"')[1]).title == "2 rows — last 7 days"


def test_the_example_of_the_help_works():
    words = trail.asks()["sql"].example.split('"')

    assert ask(words[1], *words[2].split()).rows == ROWS


def test_the_rows_are_the_statements_own():
    view = ask()

    assert view.title == "2 rows — last 7 days"
    assert (view.rows, view.columns) == (ROWS, ("event_name", "calls"))
    assert [(one.name, one.align) for one in table(view).columns] == [
        ("event_name", "left"),
        ("calls", "right"),
    ]
    assert [tuple(map(plain, row)) for row in table(view).rows] == [
        ("GetObject", "4,212"),
        ("PutObject", "17"),
    ]
    assert view.receipt.query_id == "5f2c"


def test_the_first_fifteen_are_shown_and_all_are_in_the_file():
    view = ask(engine=Engine(*({"event_name": f"e{n}", "calls": n} for n in range(40))))

    assert (len(table(view).rows), table(view).more, len(view.rows)) == (15, 25, 40)


def test_many_columns_are_told_of():
    view = ask("SELECT * FROM events", engine=Engine({f"c{n}": None for n in range(44)}))

    assert len(table(view).columns) == 8
    assert [plain(line) for one in view.sections if isinstance(one, Paragraph) for line in one.lines] == [
        "36 more columns are in the CSV"
    ]


def test_a_long_value_is_cut_on_the_screen_alone():
    view = ask(engine=Engine({"event_name": "x" * 500, "calls": True}))

    assert [plain(cell) for cell in table(view).rows[0]] == ["x" * 59 + "…", "true"]
    assert view.rows[0]["event_name"] == "x" * 500


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ({"calls": 4212}, "calls: 4,212"),
        ({"_col0": 4212}, "4,212"),
        ({"last": "2026-09-08T03:11:00"}, "last: 2026-09-08T03:11:00"),
    ],
)
def test_one_value_is_the_title(row, title):
    assert ask("SELECT count(*) AS calls FROM events", engine=Engine(row)).title == f"{title} — last 7 days"


@pytest.mark.parametrize("rows", [(), ({"calls": 0},), ({"calls": None},)])
def test_nothing_found_and_nothing_visible_never_look_alike(rows):
    statement = "SELECT count(*) AS calls FROM events"

    seen = ask(statement, engine=Engine(*rows), recorded=ALL)
    unseen = ask(statement, engine=Engine(*rows), recorded=UNKNOWN)

    assert not seen.title.startswith("I can’t tell")
    assert unseen.title.startswith("I can’t tell")


def test_what_no_trail_records_of_data_is_told_beside():
    assert "data-events-off" in codes(ask(recorded=NONE))


def test_the_engines_caveats_are_kept():
    assert "files-skipped" in codes(ask(engine=Engine(*ROWS, caveats=(Caveat("files-skipped", "1 of 2"),))))


@pytest.mark.parametrize(
    ("statement", "limit", "told"),
    [
        ("SELECT at FROM events", "2", True),
        ("SELECT at FROM events LIMIT 9", "2", True),
        ("SELECT at FROM events LIMIT 2", "2", False),
        ("SELECT at FROM events", "3", False),
    ],
)
def test_rows_that_may_be_missing_are_told(statement, limit, told):
    view = ask(statement, "--limit", limit, engine=Engine({"at": "a"}, {"at": "b"}))

    assert ("truncated" in codes(view)) is told


@pytest.mark.parametrize("limit", ["0", "10001", "many"])
def test_the_limit_has_bounds(limit):
    with pytest.raises(BadRequest):
        ask(COUNTS, "--limit", limit)


def test_the_form_asks_the_same_statement_otherwise():
    view = ask(COUNTS, "--until", "yesterday", "--limit", "5")
    form = next(button for button in view.buttons if isinstance(button, Form))

    assert form.words == ("trail", "sql", COUNTS)
    assert {option: present for option, _, present in form.fields} == {
        "--since": view.request["since"],
        "--until": view.request["until"],
        "--limit": "5",
    }
    assert {Csv, Share} <= {type(button) for button in view.buttons}


def test_what_it_may_cost_is_agreed_to():
    ports = Ports(Engine(*ROWS), ALL)

    trail.answer(["sql", COUNTS, "--up-to", "0.5"], ports)

    assert ports.up_to == 0.5


def test_the_parser_is_loaded_only_when_a_statement_is_asked():
    asked = "import sys, commands; sys.exit('sqlglot' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
