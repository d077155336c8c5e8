"""An aggregator: one account's view of what the recorders of an organisation's accounts and regions have now.

https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html: the current state alone, no history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aggregator:
    """All of these accounts, in these regions, since it was made."""

    name: str
    accounts: Sequence[str]
    regions: Sequence[str]
    created: datetime

    @property
    def places(self) -> Iterator[Place]:
        """Whose recordings it shows, in order."""
        return ((account, region) for account in sorted(self.accounts) for region in sorted(self.regions))

    def described(self, place: Place) -> dict[str, Any]:
        """As DescribeConfigurationAggregators answers it in its own account and region."""
        account_id, region = place
        ident = sha256(f"aggregator/{place}/{self.name}".encode()).hexdigest()[:8]
        role = "aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations"
        return {
            "ConfigurationAggregatorName": self.name,
            "ConfigurationAggregatorArn": f"arn:aws:config:{region}:{account_id}:config-aggregator/config-aggregator-{ident}",
            "OrganizationAggregationSource": {
                "RoleArn": f"arn:aws:iam::{account_id}:role/{role}",
                "AwsRegions": sorted(self.regions),
                "AllAwsRegions": False,
            },
            "CreationTime": self.created,
            "LastUpdatedTime": self.created,
        }
