"""Calls as EventBridge brings them, minutes before a log file does: CloudTrail's own records, in an envelope.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

from datetime import datetime
from random import Random

from bot.embedded.incident import callers
from bot.embedded.incident.chance import ids
from bot.embedded.incident.company import Place
from bot.embedded.incident.events import event as record
from bot.embedded.incident.news.envelope import Json, OnBus, event, on_bus
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record, Template
from bot.embedded.incident.theft import records


def of_thief(incident: Incident, name: str) -> tuple[OnBus, ...]:
    """The thief's calls of an API (`RunInstances`), the very records that the log bucket holds."""
    found = [each for each in records(incident) if each["eventName"] == name]
    return on_bus([told(each) for each in found])


def guardduty_switched(incident: Incident, at: datetime, *, on: bool) -> tuple[OnBus, ...]:
    """Jonas, who is an administrator, switches the detector of the home region off, or on again."""
    jonas = next(person for person in incident.people if person.email.startswith("jonas"))
    place = Place(incident.prod.id, incident.home_region)
    request = {"detectorId": incident.detector_id(place.region), "enable": on}
    caller = callers.person(incident, incident.prod, jonas)
    made = record(caller, place, "guardduty:UpdateDetector", requestParameters=request)
    return on_bus([told(filled(incident, made, at))])


def filled(incident: Incident, made: Record, at: datetime) -> Record:
    """A call as it is recorded at a moment."""
    time = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    (holes,) = ids(Random(f"{incident.seed}/{made['eventName']}/{at.isoformat()}"), 1)
    return Template(made).record(holes | {"time": time, "session": time})


def told(call: Record) -> Json:
    """The event of a recorded call."""
    at = datetime.fromisoformat(call["eventTime"])
    place = Place(call["recipientAccountId"], call["awsRegion"])
    source = f"aws.{call['eventSource'].partition('.')[0]}"
    return event(source, "AWS API Call via CloudTrail", place, at, call)
