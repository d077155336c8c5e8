"""A resource that Config has nothing of: three different reasons, never told as one."""

from bot.core.configuration import kinds
from bot.core.configuration.item import Resource
from bot.core.configuration.meant import Meant
from bot.core.configuration.recorder import Recorder
from bot.core.span import iso
from bot.errors import NotFound
from bot.ports import Configurations, Found


def elsewhere(wanted: Meant) -> NotFound:
    """What Config never records, and what to ask instead."""
    return NotFound(f"AWS Config has no {wanted.said}.", wanted.elsewhere)


def unknown(wanted: Meant, guess: Resource | None, found: Found, configurations: Configurations) -> NotFound:
    """Nobody knows it: what was tried, and whether it could have been seen at all."""
    place = guess.place if guess else configurations.home()
    kind = guess.type if guess else (wanted.types[0] if len(wanted.types) == 1 else "")
    why = blind(configurations.recorder(place), kind)
    refused = "; ".join(one.message for one in found.caveats)
    tried = f"I tried {'; '.join(found.tried)}." if found.tried else ""
    said = f"{wanted.said} is unknown to AWS Config"
    doubts = " · ".join(one for one in (why, refused) if one)
    if doubts:
        said = f"I can’t tell anything of {wanted.said}: {doubts}"
    hint = f"{tried} Say its type (--type), account (--account) or region (--region)."
    return NotFound(f"{said}.", hint.strip())


def blind(recorder: Recorder, resource_type: str) -> str:
    """Why the place's recorder may have seen nothing, in words; "" where it should have."""
    region = recorder.place.region
    if recorder.recording is None and recorder.there:
        return f"whether Config records in {region} is not known: {recorder.refused}"
    if not recorder.there:
        return f"AWS Config is not switched on in {region}"
    if resource_type and recorder.records(resource_type) == "no":
        return f"Config in {region} is told not to record any {kinds.words(resource_type)}"
    if not recorder.recording:
        since = f" since {iso(recorder.stopped_at)}" if recorder.stopped_at else ""
        return f"the recorder of {region} has been stopped{since}"
    return ""
