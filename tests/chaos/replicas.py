"""The replicas of a chaos: started, killed at any instant, started again."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

_PROGRAM = Path(__file__).parent / "replica.py"


class Replicas:
    """Processes of the bot over one stage; `kills` counts how often one was killed."""

    def __init__(self, nursery: asyncio.subprocess.Process) -> None:
        self._nursery = nursery
        self._alive: list[int] = []
        self.kills = 0

    async def start(self) -> None:
        """One more."""
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(b"\n")
        self._alive.append(int(await self._nursery.stdout.readline()))

    async def kill(self, which: int) -> None:
        """Kill -9 the one of this number (0 is the oldest), and start another."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._alive.pop(which), signal.SIGKILL)
            self.kills += 1
        await self.start()

    async def kill_all(self) -> None:
        """Kill -9 every one in the same instant, and start as many."""
        count, self.kills = len(self._alive), self.kills + len(self._alive)
        while self._alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._alive.pop(), signal.SIGKILL)
        for _ in range(count):
            await self.start()

    def dead(self) -> list[str]:
        """Those that ended by themselves, which none should."""
        return [str(pid) for pid in self._alive if not _lives(pid)]


@asynccontextmanager
async def replicas(
    count: int, environment: Mapping[str, str], pace: Mapping[str, float], log: Path
) -> AsyncIterator[Replicas]:
    """So many replicas, which write their logs there; all end with the block."""
    with log.open("ab") as errors:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, str(_PROGRAM), json.dumps(pace)),
            env=dict(environment),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
        made = Replicas(nursery)
        try:
            for _ in range(count):
                await made.start()
            yield made
        finally:
            for pid in made._alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            nursery.kill()
            await nursery.wait()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
