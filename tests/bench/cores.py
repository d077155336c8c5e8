"""What the cores did for a measurement: it tells more than the clock when others work on them too."""

import os
import resource
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_CHILDREN = Path("/proc/self/task")


def seconds() -> float:
    """Seconds that this process and its children took of the cores; on Linux also of those that still run."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    running = (child for file in _CHILDREN.glob("*/children") for child in _in(file))
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_of, running))


def _in(file: Path) -> list[str]:
    with suppress(OSError):  # its thread just ended
        return file.read_text().split()
    return []


def _of(child: str) -> float:
    with suppress(OSError):  # it just ended
        # Behind the name in brackets, as the 12th and 13th: the ticks that it took (proc_pid_stat(5)).
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0
