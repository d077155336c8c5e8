"""The slash commands: one file each, listed in COMMANDS, an explicit tuple.

Anatomy of a command (read commands/trail/ beside this):

1. One docstring line: the question it answers.
2. A frozen pydantic request and a row type.
3. `who_accessed(request, engine, …) -> Answer`: the only function that touches a port.
4. `show(request, answer, …) -> View`: pure; useful when there is nothing to show.
5. click glue, about three lines a question. Help, the manifest and the terminal all come from it.

To add one: its file, one line here, its test. tests/test_anatomy.py names what is missing.
"""

from bot.command import Slash
from commands.advisor import advisor
from commands.billing import billing
from commands.config import config
from commands.guardduty import guardduty
from commands.s3 import s3
from commands.trail import trail

COMMANDS: tuple[Slash, ...] = (trail, config, s3, billing, guardduty, advisor)
