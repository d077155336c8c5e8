"""What `noroshi setup billing` is asked for."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BillingWish:
    """In USD; what is left out is derived from last month's charges."""

    limit: Decimal | None = None
    budget: Decimal | None = None
    topic: str = "noroshi-bill"
    only_print: bool = False
