"""How long `noroshi --help` takes, against a Python that does nothing; and the memory of an idle bot.

Promises: help under 0.3 s, an idle bot under 150 MB of resident memory.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bot.deploy.manifest import manifest
from bot.edges import logs
from bot.embedded.demo import open_world
from bot.settings import child_environment
from commands import COMMANDS

ROOT = Path(__file__).parents[2]
RUNS = 9


def seconds(*words: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def help_time() -> None:
    pairs = [(seconds("-m", "bot", "--help"), seconds("-c", "pass")) for _ in range(RUNS)]
    asked, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"noroshi --help: median {asked:.3f} s of {RUNS}; python -c pass {floor:.3f} s; ratio {asked / floor:.1f}"
    )


async def idle_memory() -> None:
    async with open_world(manifest(COMMANDS)) as world:
        bot = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=ROOT,
            env=child_environment(world.environment()),
            stderr=asyncio.subprocess.DEVNULL,
        )
        await world.slack.socket.connected.wait()
        await asyncio.sleep(3)
        bare = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE
        )
        await asyncio.sleep(0.5)
        used, floor = resident(bot.pid), resident(bare.pid)
        print(f"idle bot: {used:.0f} MB resident; a bare Python {floor:.0f} MB; ratio {used / floor:.1f}")
        for process in (bot, bare):
            process.terminate()
            await process.wait()


def resident(pid: int) -> float:
    """Resident memory in MB (Linux: /proc/PID/status)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


if __name__ == "__main__":
    logs.set_up()
    help_time()
    asyncio.run(idle_memory())
