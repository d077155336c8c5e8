"""A receipt in one line: `Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0…`."""

from bot.core.view import Receipt
from bot.render.safe import clean

_ENGINES = {"athena": "Athena", "duckdb": "DuckDB", "lookup-events": "LookupEvents"}
_POWER, _CENT, _LEAST, _TENTH, _ONE_DECIMAL, _HEAD = 1000, 0.01, 0.0001, 0.1, 10, 8
_UNITS = ("kB", "MB", "GB", "TB", "PB")


def receipt_line(receipt: Receipt, *, whole_id: bool = False) -> str:
    """The line, cleaned, under 200 characters; what is not known is left out."""
    parts = (
        _ENGINES.get(receipt.engine, clean(receipt.engine, 40)),
        None if receipt.bytes_scanned is None else data(receipt.bytes_scanned),
        None if receipt.cost_usd is None else money(receipt.cost_usd),
        duration(receipt.seconds),
        _query(receipt.query_id, whole=whole_id) if receipt.query_id else _calls(receipt.api_calls or 0),
    )
    return " · ".join(part for part in parts if part)


def data(count: int) -> str:
    """`41 MB`: powers of 1000, as AWS bills."""
    if count < _POWER:
        return f"{count} B"
    size = float(count)
    for unit in _UNITS:
        size /= _POWER
        # 999.9 must become 1.0 of the next unit, not 1000 of this one.
        if round(size) < _POWER or unit == _UNITS[-1]:
            return f"{size:.1f} {unit}" if round(size, 1) < _ONE_DECIMAL else f"{size:,.0f} {unit}"
    raise AssertionError(unit)


def money(usd: float) -> str:
    """`$1.23`, `$0.0002`, `free`."""
    if usd <= 0:
        return "free"
    if usd < _LEAST:
        return "<$0.0001"
    return f"${usd:,.4f}" if usd < _CENT else f"${usd:,.2f}"


def duration(seconds: float) -> str:
    """`2.1 s`, `14 s`, `3 min 20 s`."""
    if seconds < _TENTH:
        return "<0.1 s"
    if round(seconds, 1) < _ONE_DECIMAL:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes > 1 else f"{round(seconds)} s"


def _query(query_id: str, *, whole: bool) -> str:
    shown = clean(query_id, 80)
    return f"query {shown}" if whole or len(shown) <= _HEAD else f"query {shown[:_HEAD]}…"


def _calls(count: int | None) -> str:
    return f"{count:,} API call{'s' if count > 1 else ''}" if count else ""
