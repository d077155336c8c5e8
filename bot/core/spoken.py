"""AWS's names as a person would say them."""

from collections.abc import Sequence

from bot.core.words import spaced


def lowered(name: str) -> str:
    """`IpPermissionsEgress` as `ip permissions egress`, `DBInstance` as `DB instance`."""
    words = spaced(name).split()
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)


def folded(text: object, most: int = 300) -> str:
    """One line without doubled blanks, cut at `most` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def some(names: Sequence[str], most: int = 3) -> str:
    """`a, b, c and 4 more`."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def sentence(text: str) -> str:
    """With a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def resource_kind(kind: str) -> str:
    """`AWS::EC2::SecurityGroup` as `security group`, `AWS::S3::Bucket` as `S3 bucket`."""
    service, _, name = kind.removeprefix("AWS::").rpartition("::")
    words = lowered(name) or lowered(kind)
    service = service.rpartition("::")[2].strip(":")
    return words if " " in words or not service else f"{service} {words}"


def short(name: str) -> str:
    """An ARN's own part (`loadbalancer/web` of `arn:…:loadbalancer/web`); anything else as it is."""
    parts = name.split(":", 5)
    return parts[5] if len(parts) > 5 and parts[0] == "arn" and parts[5] else name  # noqa: PLR2004 (an ARN's form)
