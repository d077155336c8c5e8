"""The kept state of the accounts: one record that all replicas and the terminal share, and this process's copy of it.

Whoever opens the Home tab is served from the copy: nobody outside is asked, and the store is not waited for.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.core.glance import Glance, Part
from bot.core.standing.form import as_body, from_body
from bot.core.standing.overview import Overview, fresher, overview, without
from bot.core.standing.view import show
from bot.core.view import View
from bot.edges.glances import Looking
from bot.errors import BadEvent, NoroshiError
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import persist
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.glance")
RECORD = "glance"
_NOW = timedelta()


def kept(store: Store) -> Overview | None:
    """What is kept; None where nothing is that this version can read. Raises Upstream."""
    return _read(store)[0]


class Glancing:
    """Satisfies `bot.edges.glances.Others`, and the Home tab's `State`. From any thread.

    `everywhere`: every replica looks for itself, for each has its own metrics; else the holder of `lease` alone does.
    `off` says why parts are never looked at. `hurry` is told when somebody wants to know it fresher.
    """

    def __init__(
        self,
        store: Store,
        lease: Lease,
        now: Callable[[], datetime],
        off: Mapping[Part, str],
        *,
        everywhere: bool = False,
    ) -> None:
        self._store, self._lease, self._now = store, lease, now
        self._off, self._everywhere = dict(off), everywhere
        self._seen = Overview(off=self._off)
        self._changing, self._holding = threading.Lock(), threading.Lock()
        self.hurry: Callable[[datetime], None] = lambda _at: None

    @property
    def seen(self) -> Overview:
        """What is known; asks nobody."""
        return self._seen

    def view(self) -> View:
        """The same as an answer."""
        return show(self._seen, self._now())

    def may_look(self, looking: Looking) -> bool:
        """Not what another replica looked up less than `every` ago, nor while another holds the lease."""
        if self._everywhere:
            return True
        look = self._seen.looks.get(looking.part)
        if look and look.well and self._now() - look.at < looking.every and not self._is_wanted(looking):
            return False
        try:
            with self._holding:
                return self._lease.hold()
        except NoroshiError as error:
            # Without the store nobody knows of the others: each looks for itself.
            _log.warning("looking without the store", message=error.message)
            return True

    def _is_wanted(self, looking: Looking) -> bool:
        look, wanted = self._seen.looks.get(looking.part), self._seen.wanted
        return bool(wanted and look and look.at < wanted and not looking.dear)

    def saw(self, glance: Glance) -> None:
        """Keep it for all; where the store fails, for this process alone."""
        self._learn(overview(glance))
        self._share()

    def look_again(self) -> None:
        """Have what is not dear looked at soon, by whichever replica looks."""
        at = self._now()
        self._learn(Overview(wanted=at))
        self.hurry(at)
        self._share()

    def sync(self) -> None:
        """Learn what others saw and what they want, and stay the one who looks; raises Upstream."""
        with self._holding:
            if self._lease.lasts(_NOW):
                self._lease.hold()  # a look may take longer than the lease
        found, _ = _read(self._store)
        if found:
            self._learn(found)
            if found.wanted:
                self.hurry(found.wanted)

    def _learn(self, other: Overview) -> None:
        with self._changing:
            self._seen = without(fresher(self._seen, other), self._off)

    def _share(self) -> None:
        try:
            persist(self._write)
        except NoroshiError as error:
            _log.warning("what was seen is not kept", message=error.message, hint=error.hint)

    def _write(self) -> None:
        found, version = _read(self._store)
        whole = fresher(self._seen, found) if found else self._seen
        if whole != found:
            self._store.write(Record(RECORD, as_body(whole), version))


def _read(store: Store) -> tuple[Overview | None, int]:
    record = store.read(RECORD).get(RECORD)
    found: Overview | None = None
    if record:
        with suppress(BadEvent):  # of another version: it is written anew
            found = from_body(record.body)
    return found, record.version if record else 0
