"""What a trail's bucket holds, from S3's folder listing alone: no file is opened, none is counted.

Keys: `[prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/…` (docs: CloudTrail log file names).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.adapters.aws.errors import asking
from bot.adapters.aws.partitions import read_day
from bot.errors import NotFound
from bot.trail.log_trail import LogTrail
from bot.trail.setting_up import MOST_ACCOUNTS, LogPlace, Wish

_ACCOUNT, _REGION = re.compile(r"\d{12}"), re.compile(r"[a-z]{2,}(-[a-z]+)+-\d")
_ORGANIZATION = re.compile(r"o-[a-z0-9]+")
_YEAR, _TWO = re.compile(r"\d{4}"), re.compile(r"\d\d")
_MOST_LOOKED_AT = 200
_BEGINNING = date(2013, 11, 1)
"""The month in which CloudTrail began: projected days without files cost nothing."""


@dataclass(frozen=True, slots=True)
class LogFolders:
    """One bucket's folders; `client` is S3's. All raise AccessDenied (s3:ListBucket), Upstream."""

    client: Any
    bucket: str

    def under(self, prefix: str, form: re.Pattern[str]) -> list[str]:
        """The names of the folders under a prefix (it ends in a slash) that have this form, in order."""
        names: list[str] = []
        more: dict[str, str] = {}
        while True:
            with asking("s3:ListBucket", f"what lies under s3://{self.bucket}/{prefix}"):
                page = self.client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, Delimiter="/", **more)
            found = (str(one["Prefix"])[len(prefix) : -1] for one in page.get("CommonPrefixes", []))
            names += [name for name in found if form.fullmatch(name)]
            if not (token := page.get("NextContinuationToken")):
                return names
            more = {"ContinuationToken": token}

    def regions(self, root: str, account: str) -> list[str]:
        """The regions that an account has files of."""
        return self.under(f"{root}{account}/CloudTrail/", _REGION)

    def days(self, prefix: str, since: date | None = None) -> Iterator[date]:
        """The days under a region's folder, from `since` on."""
        for year in self.under(prefix, _YEAR):
            if since and year < f"{since:%Y}":
                continue
            for month in self.under(f"{prefix}{year}/", _TWO):
                if since and f"{year}/{month}" < f"{since:%Y/%m}":
                    continue
                for day in self.under(f"{prefix}{year}/{month}/", _TWO):
                    found = read_day((year, month, day))
                    if found and (since is None or found >= since):
                        yield found

    def organization(self, trail: LogTrail) -> str:
        """The organisation's own folder: of several, the one that holds the trail's account."""
        found = self.under(trail.root, _ORGANIZATION)
        own = [one for one in found if self.regions(f"{trail.root}{one}/", trail.account)]
        if not found:
            raise _nothing(trail)
        return (own or found)[0]


def survey(folders: LogFolders, trail: LogTrail, wish: Wish) -> LogPlace:
    """Where the trail's files lie, of which accounts and regions, since when.

    What the wish names is not looked for. Raises NotFound where there is no file yet, AccessDenied
    (s3:ListBucket), Upstream.
    """
    root = f"{trail.root}{folders.organization(trail)}/" if trail.organization else trail.root
    found = list(wish.accounts) or folders.under(root, _ACCOUNT)
    accounts, left_out = found[:MOST_ACCOUNTS], len(found[MOST_ACCOUNTS:])
    if wish.accounts and wish.regions and wish.since:
        return LogPlace(f"s3://{trail.bucket}/{root}", tuple(accounts), wish.regions, wish.since)
    pairs = [(one, region) for one in accounts for region in wish.regions or folders.regions(root, one)]
    if not pairs:
        raise _nothing(trail, *wish.accounts)
    held = {account for account, _ in pairs}
    kept = tuple(one for one in accounts if one in held)
    regions = tuple(sorted({region for _, region in pairs}))
    location = f"s3://{trail.bucket}/{root}"
    if wish.since or len(pairs) > _MOST_LOOKED_AT:
        return LogPlace(location, kept, regions, wish.since or _BEGINNING, bool(wish.since), left_out)
    first = _first_day(folders, [f"{root}{account}/CloudTrail/{region}/" for account, region in pairs])
    if first is None:
        raise _nothing(trail, *wish.accounts, *wish.regions)
    return LogPlace(location, kept, regions, first)


def _first_day(folders: LogFolders, prefixes: Sequence[str]) -> date | None:
    """The oldest day of any folder: one call a region of an account, and a few more for the oldest."""
    left, parts = list(prefixes), list[str]()
    for form in (_YEAR, _TWO, _TWO):
        first = {prefix: names[0] for prefix in left if (names := folders.under(prefix, form))}
        if not first:
            return None
        parts.append(min(first.values()))
        left = [f"{prefix}{name}/" for prefix, name in first.items() if name == parts[-1]]
    return read_day(parts)


def _nothing(trail: LogTrail, *named: str) -> NotFound:
    of = f" of {', '.join(named[:6])}" if named else ""
    return NotFound(
        f"There is no log file{of} under s3://{trail.bucket}/{trail.root} yet.",
        "Leave --account and --region out, and those that are there are found."
        if named
        else "A new trail writes its first within about 15 minutes; or name another with --trail.",
    )
