"""/s3 public, asked about some buckets."""

from bot.core.sections import Table
from bot.core.text import plain
from commands.s3 import s3
from tests.commands.s3.small_s3 import (
    STAGING,
    Ports,
    allow,
    judged,
)

READ, WRITE = judged("acme-read", allow()), judged("acme-write", allow("s3:PutObject"), account=STAGING)


def ask(*words, access, configurations=None):
    return s3.answer(["public", *words], Ports(access, configurations), asker="U1")


def table(view):
    (found,) = [part for part in view.sections if isinstance(part, Table)]
    return [[plain(cell) for cell in row] for row in found.rows]
