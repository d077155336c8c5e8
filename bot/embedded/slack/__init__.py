"""A Slack workspace on loopback: Web API, Socket Mode, response_url, files, and a page to work in.

Start with `SlackStandIn`; `world` is the state, `visitor` acts as its people.
"""

from .faults import (
    BAD_GATEWAY,
    CUT,
    DONE_BUT_CUT,
    DONE_BUT_ERROR,
    DONE_BUT_TIMEOUT,
    MISHAPS,
    RATELIMITED,
    SERVER_ERROR,
    TIMEOUT,
    UNAVAILABLE,
    Fault,
)
from .server import SlackStandIn
from .shapes import Channel, Message, Person, View
from .visitor import Outcome

__all__ = [
    "BAD_GATEWAY",
    "CUT",
    "DONE_BUT_CUT",
    "DONE_BUT_ERROR",
    "DONE_BUT_TIMEOUT",
    "MISHAPS",
    "RATELIMITED",
    "SERVER_ERROR",
    "TIMEOUT",
    "UNAVAILABLE",
    "Channel",
    "Fault",
    "Message",
    "Outcome",
    "Person",
    "SlackStandIn",
    "View",
]
