"""AWS's names as words."""

import re

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")


def spaced(name: str) -> str:
    """`EstimatedCharges` as `Estimated charges`; words all in capitals stay (`DB`, `CPU`)."""
    words = _HUMP.sub(" ", re.sub(r"[._]", " ", name)).split()
    return " ".join(
        word if n == 0 or word.isupper() or not word.isalpha() else word.lower()
        for n, word in enumerate(words)
    )
