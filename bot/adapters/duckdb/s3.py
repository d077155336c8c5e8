"""Log files in an S3 bucket, read without Athena: only the days that are asked about are listed.

Needs s3:ListBucket and s3:GetObject.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from bot.adapters.aws.errors import translate
from bot.adapters.duckdb.layout import day_names, may_hold
from bot.adapters.duckdb.store import LogObject
from bot.errors import NoroshiError, NotConfigured, NotFound

_REGION_FOLDER = re.compile(r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?\d{12}/CloudTrail/[a-z0-9-]+/$")
_MISSING = frozenset({"NoSuchBucket", "404"})


class S3Store:
    """Satisfies `LogStore`; `client` is boto3's for S3, `location` is `s3://bucket/prefix`."""

    root = ""
    lists_at_once = False
    readers = 16  # waiting for S3 takes longer than what comes after

    def __init__(self, location: str, client: Any) -> None:
        parts = urlsplit(location)
        if parts.scheme != "s3" or not parts.netloc:
            raise NotConfigured(f"{location} is no address in S3.", "Write s3://bucket/prefix.")
        prefix = parts.path.strip("/")
        self.name = location
        self._bucket = parts.netloc
        self._prefix = f"{prefix}/" if prefix else ""
        self._client = client

    def objects(self, days: tuple[date, ...] | None) -> Iterator[LogObject]:
        """The files, those outside CloudTrail's layout first; raises AccessDenied, NotFound, Upstream."""
        if days is None:
            yield from self._all(self._prefix, None)
            return
        names = day_names(days)
        folders: list[str] = []
        yield from self._walk(self._prefix, names, folders)
        with ThreadPoolExecutor(self.readers, thread_name_prefix="list") as pool:
            wanted = [f"{folder}{day}/" for folder in folders for day in sorted(names)]
            for found in pool.map(lambda prefix: list(self._all(prefix, names)), wanted):
                yield from found

    def _walk(self, prefix: str, days: frozenset[str], regions: list[str]) -> Iterator[LogObject]:
        """The files on the way down, and into `regions` the folders that hold years."""
        if _REGION_FOLDER.search(prefix):
            regions.append(prefix)
            return
        for page in self._pages(prefix, "/"):
            yield from self._files(page, days)
            for inner in page.get("CommonPrefixes") or ():
                if may_hold(inner["Prefix"], days):
                    yield from self._walk(inner["Prefix"], days, regions)

    def _all(self, prefix: str, days: frozenset[str] | None) -> Iterator[LogObject]:
        for page in self._pages(prefix, ""):
            yield from self._files(page, days)

    def _files(self, page: dict[str, Any], days: frozenset[str] | None) -> Iterator[LogObject]:
        for found in page.get("Contents") or ():
            key, size = str(found["Key"]), int(found["Size"])
            if size and may_hold(key, days):
                yield LogObject(key, size, partial(self._read, key))

    def _pages(self, prefix: str, delimiter: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, Delimiter=delimiter
        )
        try:
            yield from pages
        except (ClientError, BotoCoreError) as error:
            raise self._meaning(error, "s3:ListBucket") from error

    def _read(self, key: str) -> bytes:
        try:
            body: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise self._meaning(error, "s3:GetObject") from error
        return body

    def _meaning(self, error: ClientError | BotoCoreError, action: str) -> NoroshiError:
        if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in _MISSING:
            return NotFound(
                f"There is no bucket {self._bucket}.", "Set NOROSHI_TRAIL__LOCATION to where the logs are."
            )
        return translate(error, action=action, what=f"for the logs in {self.name}")
