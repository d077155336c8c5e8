"""Routes that ring somebody, changed while the bot runs."""

from dataclasses import replace

from bot.core.route import Where
from tests.pipeline.world import CHANNEL

CALL = "<!subteam^S1>"


def ring(world, mention, channel=CHANNEL):
    """From now on the routes of these mentions and channels."""
    world.routes = replace(world.routes, channel=channel, routes=())
    world.taking._reading = replace(world.taking._reading, routes=Rings(channel, mention))


class Rings:
    def __init__(self, channel, mention):
        self._channel, self._mention = channel, mention

    def where(self, _alert):
        return Where(self._channel, self._mention)
