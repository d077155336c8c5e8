import io
import shlex

import pytest
from inline_snapshot import snapshot
from rich.console import Console

from bot.core.buttons import Ask
from bot.core.sections import Column, Facts, Paragraph, Table
from bot.core.text import Code, Link, Small, Strong, When, plain
from bot.core.view import View
from bot.errors import HelpWanted, NotFound
from bot.render.terminal import error_lines, show
from tests.render.examples import ALERT, ANSWER, BLIND, NOTHING
from tests.render.hostile import MOMENT


def _shown(view, width=80, **options):
    out = io.StringIO()
    show(view, Console(file=out, width=width, **options))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_an_answer():
    assert _shown(ANSWER) == snapshot("""\
Who accessed acme-payroll — last 7 days
2 principals · 4,212 reads · 17 writes · 9 refused
who               calls  first UTC         last UTC          from
────────────────────────────────────────────────────────────────────────────────
ci-deploy (role)  3,901  2026-09-01 21:11  2026-09-08 03:11  2 IPs
AKIAEXAMPLE7Q        17  2026-09-08 02:11  2026-09-08 03:11  198.51.100.7 ● new
                                                             address
+ 3 more rows: --format csv
Not seen: the last 15 minutes are not delivered yet
Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0-aaaa-bbbb-cccc-111111111111
Next: noroshi trail key AKIAEXAMPLE7Q\
""")


def test_an_alert():
    assert _shown(ALERT) == snapshot("""\
● HIGH  A key of user backup is used from an address it never used before
111111111111 · eu-west-1 · last 2026-09-08 03:11 UTC
Key AKIAEXAMPLE7Q called GetObject on acme-payroll
UnauthorizedAccess:IAMUser/TorIPCaller · finding 8cb9
Next: noroshi trail key AKIAEXAMPLE7Q
Console: https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings\
""")


def test_nothing_found():
    assert _shown(NOTHING) == snapshot("""\
Nobody accessed acme-archive in the last 7 days.
Seen: object reads and writes of 2 accounts, 3 regions.
DuckDB · 1.5 kB · free · <0.1 s\
""")


def test_nothing_visible_never_looks_like_nothing_found():
    assert _shown(BLIND) == snapshot("""\
I can't tell who read acme-archive: no trail records object events for it.
Searched  bucket-level calls only: none in 7 days
Bucket    acme-archive
How to turn it on: data events (https://docs.aws.amazon.com/x)
▌ This answer may be wrong: object reads and writes are not recorded. /trail
coverage acme-archive
Not seen: the last 15 minutes are not delivered yet
guardduty · 12 s · 3 API calls\
""")


def test_a_narrow_terminal_gets_one_field_a_line():
    assert _shown(ANSWER, width=36) == snapshot("""\
Who accessed acme-payroll — last 7
days
2 principals · 4,212 reads · 17
writes · 9 refused
ci-deploy (role)
  calls 3,901
  first 2026-09-01 21:11 UTC
  last 2026-09-08 03:11 UTC
  from 2 IPs
AKIAEXAMPLE7Q
  calls 17
  first 2026-09-08 02:11 UTC
  last 2026-09-08 03:11 UTC
  from 198.51.100.7 ● new address
+ 3 more rows: --format csv
Not seen: the last 15 minutes are
not delivered yet
Athena · 41 MB · $0.0002 · 2.1 s ·
query
5f2c91d0-aaaa-bbbb-cccc-111111111111
Next: noroshi trail key AKIAEXAMPLE7Q\
""")


WIDE = Table(
    (
        Column("who"),
        *(Column(name, "right") for name in ("calls", "reads", "writes", "refused")),
        *map(Column, ("first", "last", "from")),
    ),
    (
        (
            (Strong("GitHubActions"), Small(" (role, GitHub)")),
            *((count,) for count in ("2,791", "2,788", "3", "0")),
            (When(MOMENT),),
            (When(MOMENT),),
            ("198.51.100.7, 203.0.113.9",),
        ),
        ((Strong("backup"),), ("17",), ("17",), ("0",), ("9",), (When(MOMENT),), (When(MOMENT),), ()),
    ),
)
DOCTOR = Table(
    (Column(""), Column("what"), Column("found"), Column("fix")),
    (
        (("ok",), ("slack: scopes",), ("all 9 granted",), ("",)),
        (
            (Strong("MISSING"),),
            ("trail: workgroup",),
            ("Athena knows no workgroup primary-of-nobody in eu-west-1",),
            (Code("Set NOROSHI_TRAIL__WORKGROUP to one of: aws athena list-work-groups --region eu-west-1"),),
        ),
    ),
)


def test_a_table_that_would_break_words_stands_row_below_row():
    assert _shown(View("t", (WIDE,))) == snapshot("""\
t
GitHubActions (role, GitHub)
  calls 2,791 · reads 2,788 · writes 3 · refused 0 · first 2026-09-08 03:11 UTC
  last 2026-09-08 03:11 UTC · from 198.51.100.7, 203.0.113.9
backup
  calls 17 · reads 17 · writes 0 · refused 9 · first 2026-09-08 03:11 UTC
  last 2026-09-08 03:11 UTC\
""")
    assert _shown(View("t", (DOCTOR,))) == snapshot("""\
t
ok  slack: scopes
  found all 9 granted
MISSING  trail: workgroup
  found Athena knows no workgroup primary-of-nobody in eu-west-1
  fix Set NOROSHI_TRAIL__WORKGROUP to one of: aws athena list-work-groups
  --region eu-west-1\
""")


def test_a_table_that_folds_between_words_stays_a_table():
    assert "─" in _shown(View("t", (WIDE,)), width=100)
    assert "─" in _shown(View("t", (DOCTOR,)), width=160)


@pytest.mark.parametrize("table", [WIDE, DOCTOR])
@pytest.mark.parametrize("width", range(30, 140))
def test_no_word_and_no_time_is_broken_at_any_width(table, width):
    lines = _shown(View("t", (table,)), width).splitlines()

    for word in (plain(cell) for row in table.rows for cell in row):
        whole = [word.removesuffix(" UTC")] if word.endswith(" UTC") else word.split(" ")
        assert all(any(part in line for line in lines) for part in whole)


def test_a_word_longer_than_the_line_is_left_whole():
    arn = "arn:aws:sts::111122223333:assumed-role/" + "x" * 40
    table = Table((Column("who"), Column("as")), ((("mika",), (arn, " since May")),))

    assert _shown(View("t", (table,)), width=30).splitlines()[1:] == [
        "mika",
        "  as",
        f"  {arn}",
        "  since May",
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_but_commands_and_addresses_is_wider_than_the_terminal(width):
    lines = _shown(ANSWER, width=width).splitlines()

    assert not [line for line in lines if len(line) > width and not line.startswith("Next: ")]


def test_colour_is_for_terminals_only():
    assert "\x1b[" not in _shown(ALERT)
    assert "\x1b[" in _shown(ALERT, force_terminal=True, color_system="standard")


def test_a_next_step_is_quoted_for_a_shell_and_stays_on_one_line():
    words = ("trail", "sql", "SELECT 'x' FROM t; $(id) " + "y" * 100)

    line = _shown(View("t", buttons=(Ask("a", words),))).splitlines()[1]

    assert shlex.split(line.removeprefix("Next: ")) == ["noroshi", *words]


@pytest.mark.parametrize("word", ["\x1b]0;x\x07", "a\nb", "a\u202eb", "a\tb"])
def test_a_next_step_that_could_not_be_seen_as_it_is_is_left_out(word):
    assert _shown(View("t", buttons=(Ask("a", ("trail", word)),))) == "t"


def test_markup_of_richs_is_only_text():
    assert _shown(
        View("[bold]x[/bold] :fire:", (Paragraph((("[link=https://evil.example]y[/link]",),)),))
    ) == ("[bold]x[/bold] :fire:\n[link=https://evil.example]y[/link]")


def test_empty_sections_leave_no_trace():
    empty = (Paragraph(()), Paragraph(((),)), Facts(()), Table((), ()), Table((Column("a"),), ()))

    assert _shown(View("t", empty)) == "t"


def test_a_link_shows_where_it_leads():
    assert (
        _shown(View("t", (Paragraph(((Link("docs", "https://example.com/"),),)),)))
        == "t\ndocs (https://example.com/)"
    )


def test_an_error_is_two_lines():
    error = NotFound("No bucket acme-x.", "noroshi s3 public --all lists them.")

    assert error_lines(error) == ("No bucket acme-x.", "noroshi s3 public --all lists them.")


def test_an_error_without_words_has_its_name():
    assert error_lines(NotFound("")) == ("NotFound",)


def test_help_stands_as_it_is():
    assert error_lines(HelpWanted("Usage: x\n\n  a    b\n")) == ("Usage: x", "", "  a    b")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_line_that_is_one_command_is_never_folded(width):
    policy = '{"Effect": "Allow", "Action": "cloudtrail:GetEventSelectors", "Resource": "*"}'
    command = shlex.join(["aws", "cloudtrail", "put-event-selectors", "--policy", policy])
    view = View("Off", (Paragraph((("Turn it ", Strong("on"), ":"), (Code(command),))),))

    assert command in _shown(view, width).splitlines()


def test_other_lines_are_folded_between_words():
    said = ("a line with an id ", Code("i-0a1b2c3d4e5f"), " and many more words than there is room for")
    shown = _shown(View("Long", (Paragraph((said,)),)), 40).splitlines()

    assert max(map(len, shown)) <= 40


def test_one_row_more_is_no_plural():
    table = Table((Column("who"),), ((("mika",),),), more=1)

    assert "+ 1 more row: --format csv" in _shown(View("Who", (table,))).splitlines()
