"""Trusted Advisor: what it checks, what it makes of the stand-in's accounts, and the two APIs that tell it."""
