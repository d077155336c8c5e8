"""Where log files lie: one small seam, so that a folder, S3 and the embedded world's S3 read alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LogObject:
    """One file: its path (which may name its partition), its size as stored, and how to get its bytes.

    `read` may be called from any thread; it raises OSError when the file can't be read (the file is
    then skipped, with that reason), and AccessDenied or Upstream, which end the query. `local`: the key is
    a file's path on this machine, to be read as it is.
    """

    key: str
    size: int
    read: Callable[[], bytes]
    local: bool = False


class LogStore(Protocol):
    """A place with log files."""

    @property
    def name(self) -> str:
        """The place in words: a path or `s3://…`."""

    @property
    def root(self) -> str:
        """How every key begins: a file's name is what follows, wherever the place was moved to."""

    @property
    def lists_at_once(self) -> bool:
        """Whether listing every day is hardly more work than listing a few."""

    @property
    def readers(self) -> int:
        """How many files are best read at once."""

    def objects(self, days: tuple[date, ...] | None) -> Iterable[LogObject]:
        """Every file that may hold events published on `days` (None: ever): the layout's by path, all others.

        Raises NotFound, AccessDenied, Upstream.
        """
