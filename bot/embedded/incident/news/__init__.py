"""What AWS tells of the incident, in the shapes and by the ways in which it does; `steps` is the story in order."""

from bot.embedded.incident.news.calls import guardduty_switched
from bot.embedded.incident.news.envelope import BySns, InBucket, News, OnBus, Sampled
from bot.embedded.incident.news.story import Step, goes_on, steps

__all__ = ["BySns", "InBucket", "News", "OnBus", "Sampled", "Step", "goes_on", "guardduty_switched", "steps"]
