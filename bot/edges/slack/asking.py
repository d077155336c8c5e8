"""Asking: words in, one private answer out, the work done in the pool."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.command import Slash
from bot.core.buttons import Button, Form
from bot.core.view import View
from bot.edges.slack.answers import Answers
from bot.edges.slack.costly import ways_on
from bot.edges.slack.pace import Pace
from bot.edges.slack.place import Place
from bot.edges.slack.pool import Pool
from bot.edges.slack.reply import Progress, Reply
from bot.edges.slack.words import problems, understand
from bot.errors import BadRequest, Costly, NoroshiError, NotFound
from bot.ports import Ports
from bot.render.blocks import payload
from bot.render.lines import Json
from bot.render.notices import error_payload

Result = TypeVar("Result")


class Asking:
    """The commands, and the threads in which they are answered."""

    def __init__(
        self,
        commands: Sequence[Slash],
        ports: Ports,
        pool: Pool,
        answers: Answers,
        pace: Pace,
    ) -> None:
        self._commands = {command.name: command for command in commands}
        self._ports = ports
        self._pool = pool
        self._answers = answers
        self._pace = pace
        # Apart from the pool: whether words make sense must be known while every thread there works.
        self._parsers = ThreadPoolExecutor(2, thread_name_prefix="noroshi-words")

    async def ask(self, words: Sequence[str], reply: Reply) -> None:
        """Answer `words`, the command's name first, or ask whether it may cost so much; raises what the command raises."""
        slash, said = self._named(words[0]), tuple(words[1:])
        view = await self._in_parsers(partial(understand, slash, said, self._ports), self._pace.reading)
        try:
            view = view or await self._work(slash, said, reply)
        except Costly as error:
            await reply.answer(error_payload(error, self.ways_on(error, words)))
            return
        await reply.answer(payload(view, self.keep(view, reply.place)))

    def keep(self, view: View, place: Place, *, public: bool = False) -> str:
        """Keep an answer for the buttons under it (`public`: for the whole channel), and give its id."""
        return self._answers.keep(view, place, public=public)

    def ways_on(self, error: NoroshiError, words: Sequence[str]) -> tuple[Button, ...]:
        """What can be pressed under an error that `words` met."""
        return ways_on(error, words, self._named(words[0])) if isinstance(error, Costly) else ()

    async def answer(self, words: Sequence[str], asker: str) -> View:
        """The answer to `words` for a member (an id), nobody being told meanwhile; raises what the command raises."""
        slash, said = self._named(words[0]), tuple(words[1:])
        return await self._pool.submit(partial(slash.answer, said, self._ports, asker=asker))

    async def check(self, form: Form, state: Json) -> dict[str, str]:
        """What is wrong with a filled-in form, by field; raises BadRequest, NotFound for the form itself."""
        slash = self._named(form.words[0])
        look = partial(problems, slash, form, state, self._ports)
        return await self._in_parsers(look, self._pace.form_reading)

    async def _work(self, slash: Slash, said: tuple[str, ...], reply: Reply) -> View:
        progress = Progress(reply, self._pace.pauses)
        job = self._pool.submit(partial(slash.answer, said, self._ports, progress, asker=reply.place.user))
        showing = asyncio.create_task(
            self._show(job, progress, reply, f"Asking… /{' '.join((slash.name or '', *said))}")
        )
        try:
            return await job
        finally:
            progress.stop()
            await showing

    async def _show(self, job: "asyncio.Future[View]", progress: Progress, reply: Reply, words: str) -> None:
        if not reply.place.command:
            await asyncio.wait({job}, timeout=self._pace.grace)
        if not job.done():
            await reply.note(words)
            await progress.show()

    def _named(self, name: str) -> Slash:
        if name not in self._commands:
            known = ", ".join(f"/{each}" for each in self._commands)
            raise NotFound(f"I know no /{name}.", f"I know {known}.")
        return self._commands[name]

    async def _in_parsers(self, work: "partial[Result]", seconds: float) -> Result:
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self._parsers, work), seconds)
        except TimeoutError as error:
            raise BadRequest(
                "I could not read these words in time.", "Ask again, or ask for less."
            ) from error

    def close(self) -> None:
        """Take no more questions."""
        self._parsers.shutdown(wait=False, cancel_futures=True)
        self._pool.close()
