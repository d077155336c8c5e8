"""The logbook: every press is kept, also what was refused, what failed, and what broke off."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog

from bot.edges.logs import without_secrets
from bot.edges.slack.alert_desk import Backstage, told
from bot.errors import NoroshiError
from bot.pipeline import audit

_log = structlog.get_logger("noroshi.audit")


@dataclass(slots=True)
class Attempt:
    """One press as far as it got: who it is and what it is about is found out on the way."""

    user_id: str
    act: str
    channel: str
    name: str = ""
    what: str = ""
    result: str = "broke off"


class Logbook:
    """Keeps attempts; that one could not be kept hides nothing from the person who pressed."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    @asynccontextmanager
    async def keeping(self, attempt: Attempt) -> AsyncIterator[None]:
        """Keep what came of the attempt, once the block is left in whatever way."""
        try:
            yield
        except NoroshiError as error:
            attempt.result = told(error)
            raise
        finally:
            await self._keep(attempt)

    async def _keep(self, attempt: Attempt) -> None:
        pressed = audit.Pressed(
            user_id=attempt.user_id,
            name=attempt.name,
            act=attempt.act,
            what=without_secrets(attempt.what),
            channel=attempt.channel,
            result=without_secrets(attempt.result),
        )
        ledger = self._backstage.ledger
        try:
            await self._backstage.work(partial(audit.note, ledger.store, pressed, ledger.now()))
        except NoroshiError as error:
            _log.error(
                "press not kept",
                user=pressed.user_id,
                act=pressed.act,
                result=pressed.result,
                why=told(error),
            )
