"""A bucket's settings in memory, for fixes."""

import json

from bot.core.public.block import flags
from bot.core.public.bucket import Bucket
from tests.commands.s3.small_s3 import allow, judged

BUCKET = Bucket("acme-archive", "111122223333", "eu-west-1")


class Settings:
    """Satisfies `bot.ports.BucketSettings`; `fails` is raised by the next put, `lags` shows old values for so many reads."""

    def __init__(self, **values):
        self.values, self.puts, self.fails, self.lags = {"block": None, "policy": None} | values, [], None, 0
        self.old = dict(self.values)

    def read(self, bucket, setting):
        if self.lags:
            self.lags -= 1
            return self.old[setting]
        return self.values[setting]

    def put(self, bucket, setting, value):
        self.puts.append((setting, value))
        if self.fails:
            raise self.fails
        self.old = dict(self.values)
        self.values[setting] = value

    def look(self, bucket):
        """The bucket, open by its policy, as these settings let it be."""
        block = self.values["block"]
        return judged("acme-archive", allow(), bucket_block=flags(json.loads(block) if block else None))
