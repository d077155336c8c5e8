"""Noroshi: AWS alerts and answers in Slack."""

__version__ = "0.1.0"
