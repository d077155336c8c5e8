"""How long tests wait: a limit is reached only where something is broken, however busy the machine is."""

from datetime import timedelta

LONGEST = 120.0
"""Seconds for whatever must come."""


def unhurried(slack):
    """Let the stand-in wait for acks and windows for longer than Slack does."""
    slack.socket.ack_seconds = LONGEST
    slack.world.modals.trigger_lifetime = timedelta(seconds=LONGEST)
