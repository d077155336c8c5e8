"""What is in hand: after the end has begun nothing more is taken up, and what is held can be waited for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class InHand:
    """Held by any number of threads at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held = 0
        self._ending = False

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Whether there may be one more; if so, it is in hand until the block ends."""
        with self._changed:
            may = not self._ending
            self._held += may
        try:
            yield may
        finally:
            with self._changed:
                self._held -= may
                self._changed.notify_all()

    def end(self) -> None:
        """Let nothing more be taken up."""
        with self._changed:
            self._ending = True

    def empties(self, within: float) -> bool:
        """Whether nothing is in hand any more, by so many seconds from now."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._held, within)
