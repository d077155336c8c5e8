"""Something told moves to another channel, with a word why."""

from dataclasses import replace

from bot.core.moves import Tellable
from bot.core.note import Note
from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.core.told import Memory, Told


def moved(thing: Tellable, channel: str, why: str, known: Memory | None = None) -> Tellable:
    """It in that channel, where it has no post yet; with `known`, only what is news gets one there.

    A note that was said stays: it is not said twice for its pictures.
    """
    if isinstance(thing, Note) and thing.told.ts:
        return replace(thing, told=replace(thing.told, attached=True, not_before=None))
    told = Told(sent=thing.told.sent, memory=known) if known else Told(sent=thing.told.sent)
    if isinstance(thing, Problem | Storm):
        return replace(thing, channel=channel, told=told, moved=why)
    return replace(thing, channel=channel, told=told)
