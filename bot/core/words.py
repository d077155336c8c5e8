"""AWS's names as words."""

import re

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")

# One word each, though written with a hump.
_NAMES = re.compile("CryptoCurrency|WinRM")


def spaced(name: str) -> str:
    """`EstimatedCharges` as `Estimated charges`; words all in capitals stay (`DB`, `CPU`)."""
    whole = _NAMES.sub(lambda found: found[0].capitalize(), name)
    words = _HUMP.sub(" ", re.sub(r"[._]", " ", whole)).split()
    return " ".join(
        word if n == 0 or word.isupper() or not word.isalpha() else word.lower()
        for n, word in enumerate(words)
    )
