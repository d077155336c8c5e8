"""A stand-in with buckets and log files, and the setting up of its trail."""

from bot.adapters.aws.workgroup import WorkgroupWish

LOGS, RESULTS = "acme-trail-logs", "acme-results"
WORKGROUP = WorkgroupWish("noroshi", f"s3://{RESULTS}/noroshi/", 10**12)


def trail(aws, name="acme-trail", *, logging=True, **more):
    cloudtrail = aws.client("cloudtrail")
    cloudtrail.create_trail(Name=name, S3BucketName=LOGS, IsMultiRegionTrail=True, **more)
    if logging:
        cloudtrail.start_logging(Name=name)


def said(lines):
    return {done.what: done for done in lines}


def table(aws, name="cloudtrail"):
    return aws.client("glue").get_table(DatabaseName="noroshi", Name=name)["Table"]
