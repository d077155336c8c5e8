"""The stage: buttons that let something happen in the world around the workspace, in a bar that is no part of Slack.

Whoever runs the world (the demo) fills it; while it is empty, the page shows no bar.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .feed import Change, Feed
from .shapes import Json


@dataclass(frozen=True)
class Scene:
    """A button: its words now, what it does, a hint; `is_on` makes it a switch, `is_over` greys it out."""

    label: Callable[[], str]
    run: Callable[[], Awaitable[None]]
    hint: str = ""
    is_on: Callable[[], bool] | None = None
    is_over: Callable[[], bool] = lambda: False


class Stage:
    """Scenes by their names, in order, and a line that says what is going on; every page sees the same."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._status = ""
        self._scenes: dict[str, Scene] = {}

    def open(self, scenes: dict[str, Scene], status: str) -> None:
        """Show these."""
        self._scenes = dict(scenes)
        self.tell(status)

    def tell(self, status: str) -> None:
        """Say what is going on, and show the buttons as they are now."""
        self._status = status
        self._feed.publish(Change("stage", {"stage": self.to_json()}))

    def __contains__(self, name: str) -> bool:
        return name in self._scenes

    async def run(self, name: str) -> None:
        """Press a button that is there; what is over does nothing."""
        scene = self._scenes[name]
        if not scene.is_over():
            await scene.run()
            self.tell(self._status)

    def to_json(self) -> Json:
        """What the page draws; no scenes, no bar."""
        return {"status": self._status, "scenes": [_shown(*each) for each in self._scenes.items()]}


def _shown(name: str, scene: Scene) -> Json:
    on = None if scene.is_on is None else scene.is_on()
    return {"id": name, "label": scene.label(), "hint": scene.hint, "on": on, "over": scene.is_over()}
