"""What an attacker writes, in every place a View can hold it; and Views of every shape."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.core.buttons import Ask, Choice, Csv, Form, Menu, Open, Picture, Share
from bot.core.sections import Activity, Band, Chart, Column, Facts, Paragraph, Series, Table
from bot.core.severity import Severity
from bot.core.text import Code, Link, Small, Strong, When
from bot.core.view import Caveat, Receipt, View

MOMENT = datetime(2026, 9, 8, 3, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)

CORPUS = {
    "broadcast": "<!channel>",
    "mention": "<@U123>",
    "link": "<https://evil.example|click>",
    "bare link": "https://evil.example/x",
    "backticks": "```rm -rf``` `x` *bold* _it_ ~no~",
    "right to left": "invoice\u202egpj.exe\u202c \u2067x\u2069",
    "invisible": "a\u200bb\u2060c\ufeffd\u00ade\u3164f\U000e0041",
    "line breaks": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven\x0b\x0c",
    "ansi": "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\x\x9b31m\x08\x08\x7f",
    "ten kilobytes": "A" * 10_240,
    "ten kilobytes of marks": "\u202e" * 10_240,
    "ten kilobytes of astral": "\U0001f525" * 5_120,
    "escaped before": "&lt;!channel&gt; &amp;lt;",
    "emoji codes": ":fire: :rotating_light:",
    "formula": "=cmd|'/C calc'!A0",
    "at formula": "@SUM(1+1)*cmd",
    "tabbed formula": "\t=1+1",
    "markup": "[bold red]x[/] [link=https://evil.example]y[/link]",
    "half a character": "x\ud83dy\udc00z",
    "no character": "a\ufffeb\uffffc",
    "quotes": "\"'\\ $(id) `id` ; & | > <",
    "empty": "",
    "blank": " \u00a0 ",
}


def view(text: str, severity: Severity | None = None) -> View:
    """A View that holds `text` wherever a View can."""
    line = (text, Code(text), Strong(text), Small(text), Link(text, "https://example.com/"), When(MOMENT))
    return View(
        title=text,
        sections=(
            Paragraph((line, (Small(text),), (text,))),
            Facts(((text, line), (text, (text,)))),
            Table((Column(text), Column(text, "right")), ((line, (text,)), ((Code(text),), ()))),
            Table((Column(text),), (((text,),),)),
            Activity(text, MOMENT, HOUR, (0, 1, 9), (0, 0, 1), counted=text, marked_as=text),
            Chart(
                text,
                text,
                text,
                (MOMENT.date(),),
                (Series(text, (Decimal(1),)),),
                (Decimal(1),),
                text,
                (Band(MOMENT.date(), Decimal(1), Decimal(0), Decimal(2)),),
            ),
        ),
        command=text,
        request={text: text},
        rows=({text: text, "b": [text], "c": {text: text}, "d": None},),
        columns=(text, "b", "c", "d"),
        caveats=(Caveat(text, text, "blind"), Caveat(text, text)),
        receipt=Receipt(text, 2.1, query_id=text, sql=text),
        buttons=(
            Ask(text, (text, text), strong=True),
            Form(text, (text,), ((text, text, text),)),
            Menu(text, (Choice(text, (text, text), text), Choice(text, ("look", text)))),
            Open(text, text),
            Csv(text),
            Picture(text),
            Share(text),
        ),
        severity=severity,
    )


text = st.one_of(
    st.text(max_size=60),
    st.sampled_from(list(CORPUS.values())),
    st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=3), st.integers(1, 4000)),
)
_moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive
_pieces = st.one_of(
    text,
    st.builds(Code, text),
    st.builds(Strong, text),
    st.builds(Small, text),
    st.builds(When, _moments),
    st.builds(Link, text, st.one_of(text, st.just("https://example.com/" + "x" * 2900))),
)
_short = st.lists(_pieces, max_size=4).map(tuple)
_long = st.builds(lambda part, times: part * times, _short, st.sampled_from([1, 1, 1, 100]))
_lines = st.one_of(_short, _long)
_columns = st.lists(st.builds(Column, text, st.sampled_from(["left", "right"])), max_size=3).map(tuple)


def _many(of: st.SearchStrategy, *times: int) -> st.SearchStrategy:
    return st.builds(
        lambda part, n: tuple(part) * n, st.lists(of, max_size=3), st.sampled_from([1, 1, *times])
    )


_tables = st.builds(
    Table,
    st.builds(lambda part, n: part * n, _columns, st.sampled_from([1, 1, 9])),
    _many(_many(_lines, 9), 60),
    st.integers(0, 10**6),
)
_counts = st.lists(st.integers(-1, 10**9), max_size=90).map(tuple)
_activities = st.builds(
    Activity, text, st.just(MOMENT), st.sampled_from([HOUR, 24 * HOUR]), _counts, _counts, text, text
)
_sections = st.one_of(
    _activities,
    st.builds(Paragraph, _many(_lines, 70)),
    st.builds(Facts, _many(st.tuples(text, _lines), 30)),
    _tables,
)
_words = st.lists(text, max_size=3).map(tuple)
_choices = st.builds(Choice, text, _words, st.one_of(st.just(""), text))
menus = st.builds(Menu, text, _many(_choices, 70))
_buttons = st.one_of(
    menus,
    st.builds(Ask, text, _words, st.booleans()),
    st.builds(Form, text, _words, _many(st.tuples(text, text, text), 9)),
    st.builds(Csv),
    st.builds(Share, text),
    st.builds(Open, text, st.one_of(text, st.just("https://example.com/"))),
)
_receipts = st.builds(
    Receipt,
    text,
    st.floats(0, 10**5),
    st.none() | st.integers(0, 10**18),
    st.none() | st.floats(0, 10**6),
    st.none() | text,
    st.integers(0, 10**6),
)
forms = st.builds(Form, text, _words, _many(st.tuples(text, text, text), 9))
views = st.builds(
    View,
    title=text,
    sections=_many(_sections, 30),
    caveats=_many(st.builds(Caveat, text, text, st.sampled_from(["blind", "note"])), 40),
    receipt=st.none() | _receipts,
    buttons=_many(_buttons, 9),
    severity=st.none() | st.sampled_from(Severity),
)
