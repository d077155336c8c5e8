"""A receipt in one line: `Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0…`."""

from bot.core.amounts import counted, duration, paid, size
from bot.core.view import Receipt
from bot.render.safe import clean

_ENGINES = {"athena": "Athena", "duckdb": "DuckDB", "lookup-events": "LookupEvents"}
_HEAD = 8


def receipt_line(receipt: Receipt, *, whole_id: bool = False) -> str:
    """The line, cleaned, under 200 characters; what is not known is left out."""
    parts = (
        _ENGINES.get(receipt.engine, clean(receipt.engine, 40)),
        None if receipt.bytes_scanned is None else size(receipt.bytes_scanned),
        None if receipt.cost_usd is None else paid(receipt.cost_usd),
        duration(receipt.seconds),
        _query(receipt.query_id, whole=whole_id) if receipt.query_id else _calls(receipt.api_calls),
    )
    return " · ".join(part for part in parts if part)


def _query(query_id: str, *, whole: bool) -> str:
    shown = clean(query_id, 80)
    return f"query {shown}" if whole or len(shown) <= _HEAD else f"query {shown[:_HEAD]}…"


def _calls(count: int | None) -> str:
    return counted(count, "API call") if count else ""
