"""What an administrator does to channels: the ways in which a place to post in goes away."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .feed import Change
from .shapes import Channel

if TYPE_CHECKING:
    from .world import World


class Admin:
    """Acts on channels, which go by id or name (`#security`); the page follows."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def create(self, name: str, *, private: bool = False, members: Iterable[str] | None = None) -> Channel:
        """Make a channel for these user ids; everybody and the bot without them."""
        world = self._world
        everybody = set(world.users) if members is None else set(members)
        made = Channel(world.ids.new("C"), name.removeprefix("#"), everybody, is_private=private)
        made.created = int(world.now().timestamp())
        world.channels[made.id] = made
        self._tell()
        return made

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self._world.channel(channel).is_archived = archived
        self._tell()

    def rename(self, channel: str, name: str) -> None:
        """Give a channel another name; its id stays."""
        self._world.channel(channel).name = name.removeprefix("#")
        self._tell()

    def delete(self, channel: str) -> None:
        """Take a channel away for good."""
        del self._world.channels[self._world.channel(channel).id]
        self._tell()

    def remove(self, channel: str, user: str | None = None) -> None:
        """Take a user id, or the bot, out of a channel."""
        self._world.channel(channel).members.discard(user or self._world.bot.id)
        self._tell()

    def invite(self, channel: str, user: str | None = None) -> None:
        """Bring a user id, or the bot, into a channel."""
        self._world.channel(channel).members.add(user or self._world.bot.id)
        self._tell()

    def _tell(self) -> None:
        self._world.feed.publish(Change("channels", {}))
