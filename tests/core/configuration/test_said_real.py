"""Over the real items of ../shared/data: each one's ARN leads to the very id that Config has for it."""

import re

import pytest

from bot.core.configuration.opened import opened
from bot.core.configuration.said import meant
from bot.errors import BadRequest
from tests.sources.real import DATA

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
WHOLE = re.compile(r"arn:aws[a-z-]*:[a-z0-9]+:[a-z0-9-]*:(\d{12})?:\S+")


def told(value):
    """Everything within that names a resource: type, id, name and ARN."""
    if isinstance(value, dict):
        kind, ident = value.get("resourceType"), value.get("resourceId")
        arn = value.get("arn") or value.get("ARN")
        if kind and ident and arn:
            yield kind, ident, value.get("resourceName"), arn
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from told(inner)


def real():
    files = (DATA / "config").rglob("*.json")
    return sorted({each for file in files for each in told([opened(file.read_text())])}, key=str)


def test_every_whole_arn_leads_to_the_id_that_config_has():
    whole = [each for each in real() if WHOLE.fullmatch(each[3])]
    lost = []
    for kind, ident, name, arn in whole:
        found = meant(arn)
        exact = (kind, ident) in [(each.type, each.id) for each in found.exact]
        if not exact and not (kind in found.types and found.name in {name, ident}):
            lost.append(arn.rpartition(":")[2])

    assert len(whole) > 20
    assert lost == ["security-group/default"]  # which is none that AWS gives out


def test_every_id_is_understood_as_it_is():
    for kind, ident, _, _ in real():
        found = meant(ident)
        # A document of AWS's own writes VOLUME.
        exact = [(each.type.lower(), each.id) for each in found.exact]
        assert (kind.lower(), ident) in exact or found.name


def test_what_is_no_arn_is_refused_in_words_or_read_by_the_id_in_it():
    for *_, arn in real():
        try:
            assert meant(arn).said
        except BadRequest as error:
            assert error.hint  # noqa: PT017 - either is right
