"""A replica to be killed: the whole of alerting as the bot puts it together, and nothing of Slack's edge.

    python tests/chaos/replica.py PACE

Loads everything once; then every line on standard input becomes a replica, forked from it, whose process id
is the answer. So a replica that is killed is followed by another in milliseconds; it shares nothing with the
one before but the code. `PACE` are Pace's fields as JSON, in seconds. All end when standard input does.
"""

import json
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.app.alerts import alerting
from bot.app.production import Production
from bot.edges import logs
from bot.pipeline import Pace
from bot.settings import read

_COUNTS = {"storm_above"}


def pace(written: str) -> Pace:
    given = json.loads(written)
    return Pace(**{name: it if name in _COUNTS else timedelta(seconds=it) for name, it in given.items()})


def live(given: Pace, parent: int) -> None:
    """Take and tell until killed, or left alone."""
    made, _ = alerting(Production(read()), given)
    made.start()
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    while os.getppid() == parent and not ended.wait(0.5):
        pass
    made.stop()


def main() -> None:
    logs.set_up()
    given, parent = pace(sys.argv[1]), os.getpid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(given, parent)
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
