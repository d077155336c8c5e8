"""The recorders: on everywhere for months, but stopped in us-east-1 for some days to save money, and daily in staging."""

from collections.abc import Iterator
from datetime import datetime

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.hands import CONSOLE, Step, signed_in
from bot.embedded.incident.configuration.item import workday
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident


def recording_paused(incident: Incident) -> datetime:
    """When the recorder of prod in us-east-1 was stopped."""
    return workday(incident, 20, "16:10:22")


def recording_resumed(incident: Incident) -> datetime:
    """When it was started again."""
    return workday(incident, 15, "09:05:48")


def recorders_calls(incident: Incident) -> Iterator[Step]:
    """Jonas stops it in a shell; Mika finds out and starts it in the console."""
    place = Place(incident.prod.id, "us-east-1")
    asked = {"requestParameters": {"configurationRecorderName": "default"}}
    jonas, mika = signed_in(incident, "jonas", agent=CLI), signed_in(incident, "mika")
    yield Step(recording_paused(incident), event(jonas, place, "config:StopConfigurationRecorder", **asked))
    started = event(mika, place, "config:StartConfigurationRecorder", **asked, **CONSOLE)
    yield Step(recording_resumed(incident), started)
