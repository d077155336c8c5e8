"""What AWS Config never records, and what to ask instead.

docs: AWS Config developer guide, Supported resource types.
"""

import re

_KEY = re.compile(r"(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,124}")
_UNRECORDED = (
    (re.compile(r"ami-[0-9a-f]{1,17}"), "images (AMIs)"),
    (re.compile(r"snap-[0-9a-f]{1,17}"), "snapshots of volumes"),
    (re.compile(r"(r|rtbassoc|aclassoc)-[0-9a-f]{1,17}"), "associations by themselves"),
    (re.compile(r"/aws/[\w./#-]+"), "log groups"),
    (re.compile(r"arn:[\w-]+:logs:.*"), "log groups"),
    (re.compile(r"arn:[\w-]+:ssm:[^:]*:[^:]*:parameter/.*"), "parameters"),
    (re.compile(r"arn:[\w-]+:elasticache:.*"), "ElastiCache"),
    (re.compile(r"arn:[\w-]+:ec2:[^:]*:[^:]*:image/.*"), "images (AMIs)"),
    (re.compile(r"arn:[\w-]+:ec2:[^:]*:[^:]*:snapshot/.*"), "snapshots of volumes"),
)
_RULE = re.compile(r"(?:arn:[\w-]+:ec2:[^:]*:[^:]*:security-group-rule/)?(sgr-[0-9a-f]{1,17})")
_ROOT = re.compile(r"arn:[\w-]+:(?:iam|sts)::\d{12}:root")


def instead(said: str) -> str:
    """Why Config can't have it, and the question that helps; "" for whatever it may have."""
    if _KEY.fullmatch(said):
        return f"An access key is no resource to AWS Config. What it did: /trail key {said}"
    if rule := _RULE.fullmatch(said):
        return (
            f"AWS Config records security groups, not their single rules: ask for the group (sg-…), "
            f"or who touched the rule: /trail resource {rule[1]}"
        )
    if _ROOT.fullmatch(said):
        return "AWS Config does not record the root user. What it did: /trail root"
    for form, what in _UNRECORDED:
        if form.fullmatch(said):
            return f"AWS Config does not record {what}. Who touched it: /trail resource {_name(said)}"
    return ""


def _name(said: str) -> str:
    """What calls name it by: an ARN's last part, but for a log group or parameter, whose name has slashes."""
    if not said.startswith("arn:"):
        return said
    rest = said.split(":", 5)[-1]
    return re.sub(r"^(image/|snapshot/|parameter|log-group:|\w+:)", "", rest).removesuffix(":*")
