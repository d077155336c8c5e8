"""A finding is read with what every finding has, and not without it."""

from bot.core.alert import Finding as Kept
from bot.core.findings.reading import read, readable
from bot.core.findings.seen import Seen
from tests.core.findings.told import detail


def seen(**changes):
    return Seen(Kept("111122223333", "eu-west-1", "8cb9"), detail(**changes))


def test_the_place_it_is_kept_in_stands_where_the_finding_names_none():
    found = read(seen(region=None, accountId=None))

    assert (found.account_id, found.region) == ("111122223333", "eu-west-1")


def test_what_lacks_its_id_type_or_number_is_left_out():
    broken = [seen(id=None), seen(type=None), seen(severity="bad"), seen(id="../../etc"), seen(resource="x")]

    assert readable([*broken, seen()]) == (read(seen()),)
