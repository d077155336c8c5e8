"""Whether a policy, an ACL, an access point, a bucket is public, by the meaning that AWS documents.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, "The meaning of public".
"""
