"""Answers as commands give them, for snapshots."""

from datetime import timedelta

from bot.core.buttons import Ask, Csv, Form, Open, Share
from bot.core.sections import Column, Facts, Paragraph, Table
from bot.core.severity import Severity
from bot.core.text import Code, Line, Link, Small, Strong, When
from bot.core.view import Caveat, Receipt, View
from tests.render.hostile import MOMENT


def _row(who: Line, calls: str, source: Line, *, hours: int) -> tuple[Line, ...]:
    return (who, (calls,), (When(MOMENT - timedelta(hours=hours)),), (When(MOMENT),), source)


ANSWER = View(
    title="Who accessed acme-payroll — last 7 days",
    sections=(
        Paragraph((("2 principals · ", Strong("4,212 reads"), " · 17 writes · 9 refused"),)),
        Table(
            (Column("who"), Column("calls", "right"), Column("first"), Column("last"), Column("from")),
            (
                _row((Code("ci-deploy"), Small(" (role)")), "3,901", ("2 IPs",), hours=150),
                _row((Code("AKIAEXAMPLE7Q"),), "17", ("198.51.100.7 ", Strong("● new address")), hours=1),
            ),
            more=3,
        ),
    ),
    command="trail who-accessed",
    request={"bucket": "acme-payroll", "since": MOMENT - timedelta(days=7), "prefix": None},
    rows=(
        {
            "principal": "ci-deploy",
            "calls": 3901,
            "first_seen": MOMENT,
            "source_ips": ["192.0.2.1", "192.0.2.2"],
        },
        {"principal": "AKIAEXAMPLE7Q", "calls": 17, "first_seen": None, "source_ips": []},
    ),
    columns=("principal", "calls", "first_seen", "source_ips"),
    caveats=(Caveat("late", "the last 15 minutes are not delivered yet"),),
    receipt=Receipt("athena", 2.14, 41_234_567, 0.0002, "5f2c91d0-aaaa-bbbb-cccc-111111111111"),
    buttons=(
        Ask("What did this key do", ("trail", "key", "AKIAEXAMPLE7Q"), strong=True),
        Form(
            "Narrow…",
            ("trail", "who-accessed", "acme-payroll"),
            (("since", "Since", "7d"), ("prefix", "Prefix", "")),
        ),
        Csv(),
        Share(),
    ),
)

ALERT = View(
    title="A key of user backup is used from an address it never used before",
    sections=(
        Paragraph(
            (
                ("111111111111 · eu-west-1 · last ", When(MOMENT)),
                ("Key ", Code("AKIAEXAMPLE7Q"), " called GetObject on ", Code("acme-payroll")),
                (Small("UnauthorizedAccess:IAMUser/TorIPCaller"), Small(" · finding 8cb9")),
            )
        ),
    ),
    severity=Severity.HIGH,
    buttons=(
        Ask("Investigate", ("trail", "key", "AKIAEXAMPLE7Q"), strong=True),
        Open("Console", "https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings"),
    ),
)

NOTHING = View(
    title="Nobody accessed acme-archive in the last 7 days.",
    sections=(Paragraph((("Seen: object reads and writes of 2 accounts, 3 regions.",),)),),
    receipt=Receipt("duckdb", 0.04, 1_500, 0.0),
)

BLIND = View(
    title="I can't tell who read acme-archive: no trail records object events for it.",
    sections=(
        Facts(
            (("Searched", ("bucket-level calls only: none in 7 days",)), ("Bucket", (Code("acme-archive"),)))
        ),
        Paragraph((("How to turn it on: ", Link("data events", "https://docs.aws.amazon.com/x")),)),
    ),
    caveats=(
        Caveat(
            "data-events-off",
            "object reads and writes are not recorded. /trail coverage acme-archive",
            "blind",
        ),
        Caveat("late", "the last 15 minutes are not delivered yet"),
    ),
    receipt=Receipt("guardduty", 12.4, api_calls=3),
)
