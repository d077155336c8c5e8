"""IAM's users and roles with the unique ids that a story's records and configuration items name.

IAM's own calls would make the ids up, and another each time.
"""

from datetime import datetime

from moto.iam.models import iam_backends

from bot.embedded.aws.accounts import PARTITION


def make_user(account_id: str, name: str, unique_id: str) -> None:
    """A user of that id (AIDA…); raises what IAM does where the name is taken."""
    backend = iam_backends[account_id][PARTITION]
    backend.create_user(region_name="us-east-1", user_name=name).id = unique_id


def make_role(account_id: str, name: str, unique_id: str, trust: str, created: datetime) -> None:
    """A role of that id (AROA…) and trust policy (JSON), as old as that."""
    backend = iam_backends[account_id][PARTITION]
    role = backend.create_role(name, trust, "/", None, "", [], None)
    del backend.roles[role.id]
    role.id, role.create_date = unique_id, created
    backend.roles[unique_id] = role
