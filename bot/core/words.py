"""AWS's names as words."""

import re
from collections import Counter
from collections.abc import Iterable

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")

# One word, though written with a hump; and those that are written so by everybody.
_NAMES = re.compile("CryptoCurrency")
_KEPT = {"WINRM": "WinRM", "DOH": "DoH", "DOT": "DoT"}
_KEPT_AS = re.compile("WinRM|Do[HT](?=[A-Z]|$)")
_TYPE = re.compile(r" \(\w[^()\s]*:[^()\s]*\)$")


def spaced(name: str) -> str:
    """`EstimatedCharges` as `Estimated charges`; words all in capitals stay (`DB`, `CPU`)."""
    whole = _NAMES.sub(lambda found: found[0].capitalize(), name)
    whole = _KEPT_AS.sub(lambda found: f" {found[0].upper()} ", whole)
    words = _HUMP.sub(" ", re.sub(r"[._]", " ", whole)).split()
    return " ".join(
        _KEPT.get(word, word) if n == 0 or word.isupper() or not word.isalpha() else word.lower()
        for n, word in enumerate(words)
    )


def without_types(kinds: Iterable[str]) -> dict[str, str]:
    """Kinds of alerts by their words alone: `Recon on EC2: Portscan (Recon:EC2/Portscan)` without AWS's type.

    Those that only their types tell apart keep them.
    """
    named = {kind: _TYPE.sub("", kind) for kind in kinds}
    many = Counter(named.values())
    return {kind: words if many[words] == 1 else kind for kind, words in named.items()}
