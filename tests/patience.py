"""How long tests wait: a limit is reached only where something is broken, however busy the machine is."""

from datetime import timedelta

from bot.edges.slack import Pace

LONGEST = 120.0
"""Seconds for whatever must come."""

UNHURRIED = Pace(
    grace=LONGEST,
    soon=LONGEST,
    reading=LONGEST,
    form_reading=LONGEST,
    form_gate=LONGEST,
    post_looks=1200,
    post_pause=0.1,
)
"""An edge that says "one moment" to nobody, and gives nothing up, because the machine is slow."""


def unhurried(slack):
    """Let the stand-in wait for acks and windows for longer than Slack does."""
    slack.socket.ack_seconds = LONGEST
    slack.world.modals.trigger_lifetime = timedelta(seconds=LONGEST)
