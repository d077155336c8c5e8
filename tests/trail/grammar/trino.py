"""Trino's grammar as dt-sql-parser has it (from Trino's own SqlBase.g4), in a Node process of its own.

`make test` installs it, where npm is. It knows words and their order; it knows no functions, columns or types.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Faults = Callable[[str], list[str]]
"""A statement's faults, as `line:column what is wrong`; none when Trino would parse it."""

_INSTALLED = Path(__file__).parents[3] / ".cache" / "grammar"
_NODE = shutil.which("node") or shutil.which("nodejs")


def missing() -> str | None:
    """What the grammar lacks here, in words; None when it can be asked."""
    if _NODE is None:
        return "no Node.js on this machine"
    if not (_INSTALLED / "node_modules" / "dt-sql-parser").is_dir():
        return "Trino's grammar is not installed (make test does it, with npm)"
    return None


@contextmanager
def trino_grammar() -> Iterator[Faults]:
    """One process for as many statements as are asked about."""
    script = Path(__file__).with_name("parse.mjs")
    with subprocess.Popen(
        [_NODE or "node", script, _INSTALLED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as node:

        def faults(sql: str) -> list[str]:
            node.stdin.write(f"{json.dumps(sql)}\n")
            node.stdin.flush()
            answer = node.stdout.readline()
            assert answer, "the grammar's process ended"
            return json.loads(answer)

        yield faults
