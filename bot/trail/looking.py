"""Looks at the trails while the engine works: an answer's caveats cost no time of their own."""

from concurrent.futures import ThreadPoolExecutor

from bot.core.coverage.trails import Trails
from bot.ports import Progress, Recording, TrailEngine, TrailQuery, TrailRows


def looked(
    query: TrailQuery, engine: TrailEngine, recording: Recording, progress: Progress
) -> tuple[TrailRows, Trails]:
    """What the engine found, and what the trails record; raises what the engine does."""
    with ThreadPoolExecutor(1, "noroshi-trails") as beside:
        trails = beside.submit(recording.trails)
        return engine.run(query, progress), trails.result()
