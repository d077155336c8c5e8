"""AthenaEngine says what it could not see or reach, and refuses what Athena could not take."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.session import make_session
from bot.core.span import Span
from bot.errors import BadRequest, NotConfigured, Upstream
from bot.ports import TrailQuery
from bot.trail.who_accessed import who_accessed
from tests.aws_world import LOGS, NOW

WEEK = Span(NOW - timedelta(days=7), NOW)


def silent(_: str) -> None:
    pass


def ask(engine: AthenaEngine, sql: str, *parameters: str):
    return engine.run(TrailQuery(sql.format(table=engine.table), parameters, WEEK), silent)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def own_table(world):
    """Makes a table like ours by another name, or changes it; gives its name."""
    glue = world.client("glue")
    ours = glue.get_table(DatabaseName="noroshi", Name="cloudtrail")["Table"]
    kept = {name: ours[name] for name in ("TableType", "PartitionKeys", "StorageDescriptor", "Parameters")}
    made = False

    def write(**properties: str) -> str:
        nonlocal made
        own = {f"projection.{name.replace('_', '.')}": value for name, value in properties.items()}
        table = {"Name": "own", **kept, "Parameters": kept["Parameters"] | own}
        (glue.update_table if made else glue.create_table)(DatabaseName="noroshi", TableInput=table)
        made = True
        return "own"

    yield write
    if made:
        glue.delete_table(DatabaseName="noroshi", Name="own")


def codes(answer):
    return [(caveat.code, caveat.weight) for caveat in answer.caveats]


def test_an_answer_with_rows_has_no_caveats(engine):
    assert codes(ask(engine, "SELECT eventid FROM {table} WHERE day = ?", "2026/09/08")) == []


def test_an_empty_answer_names_the_places_that_the_table_covers(engine):
    answer = ask(engine, "SELECT eventid FROM {table} WHERE day = ? AND eventname = 'None'", "2026/09/08")

    assert codes(answer) == [("only-these-places", "note")]
    assert "111122223333, 444455556666" in answer.caveats[0].message


def test_a_question_that_reads_no_file_is_blind_not_nobody(engine):
    answer = ask(engine, "SELECT eventid FROM {table} WHERE day = ?", "2026/01/01")

    assert codes(answer) == [("nothing-scanned", "blind"), ("only-these-places", "note")]
    assert LOGS in answer.caveats[0].message


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"region_values": "eu-west-1"}, "calls in region us-east-1: it has log files"),
        ({"account_values": "111122223333"}, "calls of account 444455556666: it has log files"),
    ],
)
def test_what_the_trail_records_and_the_table_does_not_name_is_told_beside_rows(
    session, own_table, lacks, said
):
    settings = AthenaSettings(table=own_table(**lacks), workgroup="noroshi", poll_seconds=0.02)
    answer = ask(
        AthenaEngine(settings, session=session),
        "SELECT eventid FROM {table} WHERE day = ? LIMIT 1",
        "2026/09/08",
    )

    assert answer.rows
    assert codes(answer) == [("outside-the-table", "note")]
    assert answer.caveats[0].message.startswith(said)


def test_a_window_before_the_tables_first_day_is_blind(engine):
    before = Span(datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 2, 1, tzinfo=UTC))

    answer = engine.run(who_accessed("acme-payroll", before), silent)

    assert codes(answer)[0] == ("before-the-table", "blind")


def test_a_table_is_looked_at_again_after_five_minutes_and_one_that_failed_at_once(session, own_table):
    clock = Clock()
    name = own_table(day_format="yyyy-MM-dd")
    settings = AthenaSettings(table=name, workgroup="noroshi", poll_seconds=0.02)
    engine = AthenaEngine(settings, session=session, clock=clock)
    sql = "SELECT eventid FROM {table} WHERE day = ? LIMIT 1"

    with pytest.raises(NotConfigured, match="yyyy-MM-dd"):
        ask(engine, sql, "2026/09/08")
    own_table(day_format="yyyy/MM/dd")
    assert ask(engine, sql, "2026/09/08").rows
    own_table(day_format="yyyy-MM-dd")
    clock.seconds = 299
    engine._reach()
    clock.seconds = 301
    with pytest.raises(NotConfigured, match="yyyy-MM-dd"):
        ask(engine, sql, "2026/09/08")


@pytest.mark.parametrize("value", ["x" * 1023, "'" * 512, "a\0b", "\ud800"])
def test_what_athena_could_not_take_is_refused_before_anything_is_sent(value):
    class NoSession:
        """Makes no client: whoever asks for one has gone too far."""

    with pytest.raises(BadRequest):
        ask(AthenaEngine(AthenaSettings(), session=NoSession()), "SELECT 1 FROM {table} WHERE day = ?", value)


def test_the_longest_value_that_athena_takes_is_asked(engine):
    sql = "SELECT eventid FROM {table} WHERE day = '2026/09/08' AND eventname = ?"

    assert ask(engine, sql, "x" * 1022).rows == ()


def elsewhere(world, monkeypatch, address: str) -> AthenaEngine:
    """An engine whose Athena, and nothing else, is at an address."""
    for name, value in world.aws.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", address)
    return AthenaEngine(AthenaSettings(workgroup="noroshi"), session=make_session())


def test_a_closed_port_is_told_as_out_of_reach(world, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(Upstream, match="AWS can't be reached") as caught:
        ask(elsewhere(world, monkeypatch, f"http://127.0.0.1:{port}"), "SELECT 1 FROM {table}")

    assert "AWS_ENDPOINT_URL" in caught.value.hint


def test_something_else_at_the_endpoint_is_told_as_out_of_reach(world, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), AnswersAnything) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            with pytest.raises(Upstream, match="AWS can't be reached") as caught:
                ask(elsewhere(world, monkeypatch, address), "SELECT 1 FROM {table}")
        finally:
            server.shutdown()
            serving.join()

    assert address in caught.value.message
    assert "QueryExecutionId" not in caught.value.message


class AnswersAnything(BaseHTTPRequestHandler):
    """Says 200 and {} to whatever is asked: a captive portal, or the wrong port."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass
