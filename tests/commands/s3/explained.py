"""/s3 explain, asked about one bucket."""

from bot.core.sections import Paragraph
from bot.core.text import plain
from commands.s3 import s3
from tests.commands.s3.small_s3 import (
    PROD,
    FakeAccess,
    Ports,
    judged,
)

NAME = "acme-web-assets"
DELEGATED = {"Condition": {"StringEquals": {"s3:DataAccessPointAccount": PROD}}}


def ask(*statements, bucket=NAME, configurations=None, **facts):
    access = FakeAccess(judged(NAME, *statements, **facts))
    return s3.answer(["explain", bucket], Ports(access, configurations), asker="U1")


def said(view):
    lines = [line for part in view.sections if isinstance(part, Paragraph) for line in part.lines]
    return "\n".join([view.title, *map(plain, lines)])
