"""What SQLite and the file system say, as our own errors: whose turn it is, and the next step.

The codes are SQLite's: https://sqlite.org/rescode.html
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import Upstream

_SETTING = "NOROSHI_ALERTS__STORE"
_LOCKED = (
    "The store's file {path} is locked by another program.",
    "End whatever keeps it open (a backup, the sqlite3 shell); a second bot is none of them.",
)
_FULL = ("There is no space left for the store's file {path}.", "Free some there; what was kept stays kept.")
_CLOSED = (
    "The store's file {path} can't be opened or written.",
    "Let the bot's user write to the file and to the folder {folder}.",
)
_BROKEN = (
    "The store's file {path} is no SQLite database, or is damaged.",
    f"Put it aside and name another in {_SETTING}, or bring back a copy of it.",
)
_DISK = ("The disk can't read or write the store's file {path}.", "Look at the machine's kernel log.")
_KINDS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_NOTADB: _BROKEN,
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_IOERR: _DISK,
}
_ANY = ("The store's file {path} can't be used: {error}.", f"Check {_SETTING}.")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the file raises inside into Upstream, and chain it."""
    try:
        yield
    except sqlite3.Error as error:
        raise _upstream(path, _KINDS.get(_code(error), _ANY), error) from error
    except FileNotFoundError as error:
        words = (
            "There is no folder {folder} for the store's file.",
            f"Make it, or name another in {_SETTING}.",
        )
        raise _upstream(path, words, error) from error
    except PermissionError as error:
        raise _upstream(path, _CLOSED, error) from error
    except OSError as error:
        raise _upstream(path, _ANY, error) from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody else has the file locked."""
    return _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _code(error: sqlite3.Error) -> int:
    # The low byte is the kind, the rest its finer reason; errors of Python's own module have none.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _upstream(path: Path, words: tuple[str, str], error: Exception) -> Upstream:
    message, hint = (part.format(path=path, folder=path.parent, error=error) for part in words)
    return Upstream(message, hint)
