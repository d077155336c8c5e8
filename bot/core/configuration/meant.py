"""What a person means who types a resource: types and ids it may be, or a name to look for.

Ids and ARNs: docs, Resource IDs of the services; which of them Config records: AWS Config developer guide,
Supported resource types.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A type, and the id under which Config would have it."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed (`said`, cleaned), and what it may be.

    `exact` are tried as they are, the likeliest first; `name` is looked for by name (among `types`, empty for all);
    `region` and `account_id` are those that an ARN or a console's address names. `elsewhere` says, in words, why
    Config can't have it and what to ask instead (an AMI, an access key).
    """

    said: str
    exact: tuple[Candidate, ...] = ()
    name: str = ""
    types: tuple[str, ...] = ()
    region: str = ""
    account_id: str = ""
    elsewhere: str = ""
