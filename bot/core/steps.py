"""Next steps that several sources propose; each is one of our own questions, word for word."""

import re
from datetime import datetime, timedelta

from bot.core.alert import NextStep
from bot.core.span import iso

_BEFORE = timedelta(hours=6)
# Rules: S3 user guide, General purpose bucket naming rules.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")


def who_accessed(bucket: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """Who was at this bucket (a name or its ARN) since some hours before the moment `seen`, or for a week.

    None for what is no bucket's name.
    """
    name = re.sub(r"^arn:aws[a-z-]*:s3:::", "", bucket or "")
    if not _BUCKET.fullmatch(name):
        return ()
    words = ("trail", "who-accessed", name, "--since", iso(seen - _BEFORE) if seen else "7d")
    return (NextStep(f"Who accessed {name}", words),)
