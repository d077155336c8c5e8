"""Money: exact decimals, never floats, and always with their currency."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

# Beyond any bill; a number with thousands of digits is an attack on the formatter.
_MOST = 10**15

Money = Annotated[Decimal, Field(ge=-_MOST, le=_MOST)]
"""An amount as a model reads it, from a number or from AWS's text with many digits."""

_CENT = Decimal("0.01")
_NUMBER = re.compile(r"-?(?:\d[\d,]*)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_READ: TypeAdapter[Decimal] = TypeAdapter(Money)


def read_amount(text: str) -> Decimal | None:
    """The number in a text of AWS's (`1,234.50`, `4.5E-7`); None for what is none, or beyond any bill."""
    try:
        return _READ.validate_python(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
    except ValidationError:
        return None


def money(amount: Decimal, unit: str = "USD") -> str:
    """`$1,234.50`, or `1,234.50 EUR` for what is not dollars."""
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    if 0 < size < _CENT:
        return f"under {money(_CENT, unit)}"
    return f"{sign}${size:,.2f}" if unit == "USD" else f"{sign}{size:,.2f} {unit}"
