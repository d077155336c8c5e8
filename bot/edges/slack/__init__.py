"""Slack, over Bolt: `SlackEdge` is the way in."""

from bot.edges.slack.edge import SlackEdge, Tokens
from bot.edges.slack.pace import Pace

__all__ = ["Pace", "SlackEdge", "Tokens"]
