"""A trail engine that finds what a test wrote down."""

from bot.core.view import Receipt
from bot.ports import TrailRows


class FakeTrail:
    """Every question finds these rows (`bot.trail.rows`), newest first, or fails."""

    def __init__(self, *rows, fails=None):
        self.rows, self.fails, self.asked = rows, fails, []

    def run(self, query, progress):
        self.asked.append(query)
        if self.fails:
            raise self.fails
        placed = tuple(row | {"place": place} for place, row in enumerate(self.rows, 1))
        return TrailRows(placed, Receipt("athena", 1.0, 2_000_000, 0.0001))
