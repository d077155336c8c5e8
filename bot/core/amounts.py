"""Counts, bytes, prices and lengths of time in words: for answers, their receipts, errors and progress."""

from decimal import ROUND_CEILING, Decimal

_POWER, _TENS, _TENTH, _MINUTE = 1000, 9.95, 0.1, 60
_UNITS = ("kB", "MB", "GB", "TB", "PB")
_LEAST, _SMALL, _CENT = 0.0001, 0.01, Decimal("0.01")


def counted(count: int, word: str, many: str = "") -> str:
    """`1 write`, `2,843 writes`; `many` is the plural where an s does not make it."""
    return f"{count:,} {word if count == 1 else many or f'{word}s'}"


def size(count: int) -> str:
    """`41 MB`, `1.2 GB`: powers of 1000, as AWS bills."""
    left, unit = float(count), "B"
    for bigger in _UNITS:
        # 999.9 is 1.0 of the next unit, not 1000 of this one.
        if round(left) < _POWER:
            break
        left, unit = left / _POWER, bigger
    return f"{left:.1f} {unit}" if left < _TENS and unit != "B" else f"{left:,.0f} {unit}"


def price(usd: float) -> str:
    """`$1.23`, `$0.0002`, `under $0.0001`, `$0`: within a sentence."""
    if usd <= 0:
        return "$0"
    return "under $0.0001" if usd < _LEAST else _dollars(usd)


def paid(usd: float) -> str:
    """`$1.23`, `$0.0002`, `<$0.0001`, `free`: standing alone."""
    if usd <= 0:
        return "free"
    return "<$0.0001" if usd < _LEAST else _dollars(usd)


def whole_cents(usd: float) -> str:
    """`0.42`: never below the price, so that a yes to it is enough."""
    return str(Decimal(repr(usd)).quantize(_CENT, ROUND_CEILING))


def duration(seconds: float) -> str:
    """`2.1 s`, `14 s`, `3 min 20 s`."""
    if seconds < _TENTH:
        return "<0.1 s"
    if seconds < _TENS:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes} min {rest} s" if minutes > 1 else f"{round(seconds)} s"


def _dollars(usd: float) -> str:
    return f"${usd:,.4f}" if usd < _SMALL else f"${usd:,.2f}"
