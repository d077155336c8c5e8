"""AWS's regions: those that are always on, and those that an account has to switch on.

https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
"""

ALWAYS_ON = (
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
TO_SWITCH_ON = ("af-south-1", "ap-east-1", "eu-south-1", "me-south-1")
"""Some of them; nobody has, at Acme."""
