"""AWS by boto3: how clients are made, how refusals become our errors, and one file per service."""
