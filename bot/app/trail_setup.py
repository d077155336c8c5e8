"""`noroshi setup trail`, as the settings say."""

from typing import TYPE_CHECKING

from bot.app.production import Production
from bot.errors import NotConfigured

if TYPE_CHECKING:
    from bot.adapters.aws.trail_setup import TrailSetup
    from bot.settings import Settings


def trail_setup(given: "Settings") -> "TrailSetup":
    """What makes the tables that the settings name; raises NotConfigured for an engine without tables."""
    from bot.adapters.aws.session import client
    from bot.adapters.aws.trail_setup import TrailSetup
    from bot.adapters.aws.workgroup import WorkgroupWish, cutoff

    trail = given.trail
    if trail.engine != "athena":
        raise NotConfigured(
            f"The {trail.engine} engine reads files and has no tables.",
            "Set NOROSHI_TRAIL__ENGINE=athena to ask Athena instead.",
        )
    ports = Production(given)
    wish = WorkgroupWish(
        trail.workgroup or "primary",
        trail.output_location,
        cutoff(trail.refuse_above_usd, trail.usd_per_tb),
    )
    return TrailSetup(
        lambda service: client(service, session=ports.session),
        trail.database,
        trail.table,
        wish,
        trail.compact_location,
    )
