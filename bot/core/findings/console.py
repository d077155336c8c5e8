"""A finding's page in AWS's console."""

from bot.core.findings.finding import Finding

_HOSTS = {"aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com"}


def console(finding: Finding) -> str:
    """The documented deep link (docs: guardduty_findings_eventbridge); other partitions have other hosts.

    It shows the finding to whoever is signed in to its account, or to the one that administers it.
    """
    host = _HOSTS.get(finding.partition, "console.aws.amazon.com")
    return f"https://{host}/guardduty/home?region={finding.region}#/findings?search=id%3D{finding.id}"
