"""Who made the changes that AWS Config recorded: its items name no call, so CloudTrail's are matched to them."""

from bot.trail.authorship.authors import Authors, authors

__all__ = ["Authors", "authors"]
