"""Who works at Acme, and where they talk: the workspace that tests and the demo share."""

from .ids import Ids
from .shapes import Channel, Person, Team

HOUR = 3600
TOPICS = {
    "general": "Company-wide announcements",
    "security": "Alerts and what we do about them",
    "ops": "Deploys, incidents, on-call hand-over",
    "billing": "What the cloud costs us",
}


def acme(ids: Ids) -> tuple[Team, list[Person]]:
    """Return the workspace and its people: Mika is on call, Dana a guest, Kai of another workspace."""
    home = ids.new("T")
    elsewhere = ids.new("T")
    people = [
        Person(ids.new("U"), "mika.sato", "Mika Sato", home, "Asia/Tokyo", 9 * HOUR),
        Person(ids.new("U"), "ben.okafor", "Ben Okafor", home, "Europe/London"),
        Person(
            ids.new("U"), "dana.ruiz", "Dana Ruiz", home, "America/New_York", -5 * HOUR, is_restricted=True
        ),
        Person(ids.new("U"), "kai.lund", "Kai Lund", elsewhere, "Europe/Berlin", HOUR, is_stranger=True),
    ]
    for person in people:
        person.email = f"{person.name}@example.com"
    return Team(home, "Acme", "acme-standin"), people


def channels(ids: Ids, people: list[Person], bot: str, created: int) -> list[Channel]:
    """Return the channels; everybody and the bot are in all of them."""
    everybody = {person.id for person in people} | {bot}
    return [
        Channel(ids.new("C"), name, set(everybody), topic, created=created) for name, topic in TOPICS.items()
    ]
