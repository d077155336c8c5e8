"""What is still to be told, of anything that has a post in a channel."""

from datetime import datetime

from bot.core import mute_report, note, problem_moves, storm, storm_view
from bot.core.approval import told as fix_told
from bot.core.approval.request import FixRequest
from bot.core.mute_report import MuteReport
from bot.core.note import Note
from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.core.told import Later, Move, Patience

Tellable = Problem | Storm | MuteReport | Note | FixRequest


def next_move(thing: Tellable, now: datetime, patience: Patience) -> Move:
    """The next thing to do in Slack about it; None when all is told."""
    if thing.told.not_before and now < thing.told.not_before:
        return Later(thing.told.not_before)
    match thing:
        case Problem():
            return problem_moves.next_move(thing, now, patience)
        case Storm():
            return storm.next_move(thing, now, storm_view.view(thing))
        case MuteReport():
            return mute_report.next_move(thing, now)
        case Note():
            return note.next_move(thing)
        case FixRequest():
            return fix_told.next_move(thing, now)
