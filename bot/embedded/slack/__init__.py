"""A Slack workspace on loopback: Web API, Socket Mode, response_url, files, and a page to work in.

Start with `SlackStandIn`; `world` is the state, `visitor` acts as its people.
"""

from .faults import RATELIMITED, SERVER_ERROR, TIMEOUT, Fault
from .server import SlackStandIn
from .shapes import Channel, Message, Person, View
from .visitor import Outcome

__all__ = [
    "RATELIMITED",
    "SERVER_ERROR",
    "TIMEOUT",
    "Channel",
    "Fault",
    "Message",
    "Outcome",
    "Person",
    "SlackStandIn",
    "View",
]
