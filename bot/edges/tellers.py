"""The tellers' threads: one a channel, awake when there is something to tell."""

import threading
from collections.abc import Iterable

import structlog

from bot.errors import NoroshiError
from bot.pipeline import Teller

_log = structlog.get_logger("noroshi.alerts")
_AFTER_FAILURE = 5.0


class Tellers:
    """Runs the tellers until stopped; a channel is woken from any thread. After what broke it rests some seconds."""

    def __init__(self, after_failure: float = _AFTER_FAILURE) -> None:
        self._after_failure = after_failure
        self._tellers: list[Teller] = []
        self._news: dict[str, threading.Event] = {}
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def threads(self) -> list[threading.Thread]:
        """One a teller, once started."""
        return [*self._threads]

    def add(self, tellers: Iterable[Teller]) -> None:
        """To be run, before `start`."""
        for teller in tellers:
            self._tellers.append(teller)
            self._news[teller.channel] = threading.Event()

    def wake(self, channel: str) -> None:
        """There is something to tell in this channel."""
        if news := self._news.get(channel):
            news.set()

    def start(self) -> None:
        """Tell from now on."""
        for teller in self._tellers:
            thread = threading.Thread(
                target=self._run, args=(teller,), name=f"teller {teller.channel}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self, within: float = 10.0) -> bool:
        """Finish what is in hand, and leave the channels to others; whether all have, by so many seconds."""
        self._stopping.set()
        for news in self._news.values():
            news.set()
        for thread in self._threads:
            thread.join(within / max(1, len(self._threads)))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, teller: Teller) -> None:
        news = self._news[teller.channel]
        while not self._stopping.is_set():
            news.clear()
            news.wait(self._step(teller))
        try:
            teller.close()
        except NoroshiError as error:
            _log.info("lease not released", channel=teller.channel, error=error.message)

    def _step(self, teller: Teller) -> float:
        """One step; the store may fail for a while, and a bug in one alert must not silence a channel."""
        try:
            return teller.step().total_seconds()
        except NoroshiError as error:
            _log.error("can't tell", channel=teller.channel, error=error.message, hint=error.hint)
        except Exception:  # noqa: BLE001 - as in the intake: a channel must outlive any one alert
            _log.exception("telling broke", channel=teller.channel)
            self._set_aside(teller)
        self._stopping.wait(self._after_failure)
        return 0.0

    @staticmethod
    def _set_aside(teller: Teller) -> None:
        try:
            teller.set_aside()
        except NoroshiError as error:
            _log.error("not set aside", channel=teller.channel, error=error.message)
        except Exception:  # noqa: BLE001 - a thread that ends here would leave the channel silent for good
            _log.exception("setting aside broke", channel=teller.channel)
