"""What AWS charges: days, costs, what is to be expected, and what stands out. Money is Decimal, days are UTC's."""
