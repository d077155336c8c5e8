"""What a mute hides, told in the channel: that it was made, and in the end what it hid."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.buttons import Act
from bot.core.kept import fingerprint
from bot.core.mute import Mute
from bot.core.problem import KEPT, Problem
from bot.core.sections import Paragraph
from bot.core.text import Line, Strong, When
from bot.core.told import Edit, Later, Memory, Move, Send, Told
from bot.core.view import View

SETTLED = timedelta(seconds=15)
"""So long after a mute's end, whoever still saw it in force has written what it hid, and every lane shows that."""
_TITLES, _SHOWN = 50, 10


@dataclass(frozen=True, slots=True)
class MuteReport:
    """A mute's own message. When the mute has ended, the problems that it hid are gathered into the counts."""

    mute: Mute
    channel: str
    ended: datetime | None = None
    ended_by: str = ""
    problems: int = 0
    tellings: int = 0
    titles: Mapping[str, int] = field(default_factory=dict)
    gathered: bool = False
    told: Told = field(default_factory=Told)

    @property
    def id(self) -> str:
        """Its id in the store."""
        return report_id(self.mute.id)

    @property
    def lane(self) -> str:
        """Where the problems wait that it hides."""
        return f"muted:{self.mute.id}"

    @property
    def rank(self) -> str:
        """Behind what nobody has seen."""
        return f"5 {self.mute.at.isoformat()}"

    @property
    def rests_in(self) -> str | None:
        """Nowhere: it has an end, and waits for that."""
        return None

    @property
    def expires_at(self) -> datetime:
        """Some time after its end."""
        return self.mute.until + KEPT


def report_id(mute_id: str) -> str:
    """The id of the report of this mute."""
    return f"report-{mute_id}"


def gathered(report: MuteReport, problems: Iterable[Problem]) -> tuple[MuteReport, list[Problem]]:
    """The report with what these problems hid in it, and they unmuted; what is still open is only told of here."""
    hidden = list(problems)
    titles = Counter(report.titles)
    for problem in hidden:
        name = problem.alert.title
        titles[name if name in titles or len(titles) < _TITLES else ""] += problem.hidden
    more = replace(
        report,
        problems=report.problems + sum(1 for problem in hidden if problem.hidden),
        tellings=report.tellings + sum(problem.hidden for problem in hidden),
        titles=dict(titles),
    )
    return more, [_released(problem) for problem in hidden]


def _released(problem: Problem) -> Problem:
    """What the report said is known: only what comes after it is news."""
    severity = problem.told.memory.severity or problem.alert.severity
    known = replace(problem.told.memory, tellings=problem.tellings, severity=severity)
    return replace(problem, muted=None, hidden=0, told=replace(problem.told, memory=known))


def next_move(report: MuteReport, now: datetime) -> Move:
    """Say that it begins; edit and answer when it has ended."""
    told = report.told
    if told.memory.tellings == 0:
        return Send("post", begins(report), Memory(1))
    if report.ended is None:
        return Later(max(report.mute.until, now))
    if told.ts and fingerprint(begins(report)) != told.shown:
        return Edit(begins(report))
    if not report.gathered:
        return Later(max(report.ended + SETTLED, now))
    # Where somebody deleted the message, the answer stands in the channel: what was hidden is told all the same.
    return None if told.memory.over else Send("reply", ends(report), Memory(1, over=True), rings=True)


def begins(report: MuteReport) -> View:
    """Who muted what, why, until when."""
    mute = report.mute
    until: Line = (
        Strong("Until "),
        When(mute.until),
        f" · nothing worse than {mute.severity.value} is hidden",
    )
    by = f" by {report.ended_by}" if report.ended_by else ""
    state: tuple[Line, ...] = (("Ended ", When(report.ended), by),) if report.ended else ()
    return View(
        title=f"{mute.by} muted: {mute.scope.words}",
        sections=(Paragraph((("Reason: ", mute.reason), until, *state)),),
        over=report.ended is not None,
        buttons=() if report.ended else (Act("Unmute", "unmute", report.id),),
    )


def ends(report: MuteReport) -> View:
    """What it hid, the most frequent first."""
    if not report.tellings:
        return View("The mute has ended; it hid nothing")
    counted = ((title, count) for title, count in report.titles.items() if count)
    most = sorted(counted, key=lambda item: (-item[1], item[0]))
    lines: list[Line] = [(f"{count:,} × {title or 'others'}",) for title, count in most[:_SHOWN]]
    left = len(most) - _SHOWN
    many = f"{report.problems:,} problems" if report.problems > 1 else "1 problem"
    times = f"{report.tellings:,} times" if report.tellings > 1 else "once"
    return View(
        f"The mute has ended; it hid {many}, told {times}",
        (Paragraph((*lines, *(((f"and {left:,} more",),) if left > 0 else ()))),),
    )
