"""How fast things are told, and how long things may take."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """One message or edit a channel in every `step` (Slack takes about one a second, docs.slack.dev: rate limits).

    `lease` is how long a dead replica keeps a channel silent; `call`, at most a third of it, bounds one call to Slack; `settle` is
    waited after a call without an answer before its effect is looked for; `poll` is how often what other
    replicas put on record is looked for. More than `storm_above` posts within `window` become a digest.
    """

    step: timedelta = timedelta(seconds=1)
    lease: timedelta = timedelta(seconds=30)
    call: timedelta = timedelta(seconds=10)
    settle: timedelta = timedelta(seconds=3)
    poll: timedelta = timedelta(seconds=0.5)
    storm_above: int = 8
    window: timedelta = timedelta(minutes=5)
    longest_pause: timedelta = timedelta(minutes=1)
