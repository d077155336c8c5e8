"""The checks that the stand-in's Trusted Advisor makes, with AWS's own ids, names and columns.

Names and columns of most are those that DescribeTrustedAdvisorChecks gave moto's authors; the newer ones are from
https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html.
"""

from dataclasses import dataclass
from typing import Final

from moto.support.models import ADVISOR_CHECKS

_LISTED: Final = {str(each["id"]): each for each in ADVISOR_CHECKS["checks"]}
_BY_REQUEST: Final = {
    "HCP4007jGY": "EC2",
    "1iG5NDGVre": "EC2",
    "Pfx0RwqBli": "S3",
    "7DAFEmoDos": "IAM",
    "DqdJqYeRm5": "IAM",
    "Yw2K9puPzl": "IAM",
    "nNauJisYIT": "RDS",
    "Qch7DwouX1": "EC2",
    "Z4AUBRNSmz": "EC2",
    "R365s2Qddf": "S3",
    "jL7PP0l7J9": "VPC",
}
_BY_ITSELF: Final = {"ePs02jT06w": "EBS", "rSs93HQwa1": "RDS", "12Fnkpl8Y5": "IAM"}


@dataclass(frozen=True)
class Check:
    """A check; `columns` name what it says of a resource, `by_request` whether one may ask it to look again."""

    id: str
    name: str
    category: str
    about: str
    columns: tuple[str, ...]
    service: str
    by_request: bool


def _listed(ident: str, service: str, *, by_request: bool) -> Check:
    told = _LISTED[ident]
    columns, about = tuple(map(str, told["metadata"])), str(told["description"])
    return Check(ident, str(told["name"]), str(told["category"]), about, columns, service, by_request)


def _newer(ident: str, name: str, service: str, about: str, columns: tuple[str, ...]) -> Check:
    return Check(ident, name, "security", about, columns, service, by_request=False)


CHECKS: Final = {
    each.id: each
    for each in (
        *(_listed(ident, service, by_request=True) for ident, service in _BY_REQUEST.items()),
        *(_listed(ident, service, by_request=False) for ident, service in _BY_ITSELF.items()),
        _newer(
            "c25hn9x03v",
            "AWS CloudTrail Management Event Logging",
            "CloudTrail",
            "Checks your use of AWS CloudTrail.",
            ("Status", "Region", "Logging Enabled", "Delivery Error Reported", "Last Updated Time"),
        ),
        _newer(
            "c2vlfg0f4h",
            "Root User Access Key",
            "IAM",
            "Checks if the root user access key is present.",
            ("Status", "Account ID", "Last Updated Time"),
        ),
        _newer(
            "07602fcad6",
            "IAM Access Analyzer External Access",
            "IAM",
            "Checks if the IAM Access Analyzer external access at the account level is present.",
            (
                "Status",
                "Region",
                "Account External Access Analyzer Arn",
                "Organization External Access Analyzer Arns",
                "Last Updated Time",
            ),
        ),
    )
}
