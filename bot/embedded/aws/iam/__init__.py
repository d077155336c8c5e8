"""What IAM tells of a whole account: its root user, its password policy, and the report of all credentials."""
