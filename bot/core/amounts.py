"""Bytes and prices in words, for errors and progress; a receipt has its own, shorter ones."""

from decimal import ROUND_CEILING, Decimal

_POWER, _TENS = 1000, 9.95
_UNITS = ("kB", "MB", "GB", "TB", "PB")
_LEAST, _SMALL, _CENT = 0.0001, 0.01, Decimal("0.01")


def size(count: int) -> str:
    """`41 MB`, `1.2 GB`: powers of 1000, as AWS bills."""
    left, unit = float(count), "B"
    for bigger in _UNITS:
        if round(left) < _POWER:
            break
        left, unit = left / _POWER, bigger
    return f"{left:.1f} {unit}" if left < _TENS and unit != "B" else f"{left:,.0f} {unit}"


def price(usd: float) -> str:
    """`$1.23`, `$0.0002`, `$0` for what is free."""
    if usd <= 0:
        return "$0"
    if usd < _LEAST:
        return "under $0.0001"
    return f"${usd:,.4f}" if usd < _SMALL else f"${usd:,.2f}"


def whole_cents(usd: float) -> str:
    """`0.42`: never below the price, so that a yes to it is enough."""
    return str(Decimal(repr(usd)).quantize(_CENT, ROUND_CEILING))
