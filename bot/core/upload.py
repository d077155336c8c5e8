"""A file on its way to Slack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """What it is called and holds; `title` is its name where it has no other, `alt` says what a picture shows."""

    name: str
    content: bytes
    title: str = ""
    alt: str = ""
