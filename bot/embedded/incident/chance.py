"""Ids by the thousand: cut from one draw of random bytes, which is far quicker than drawing each."""

from base64 import b64encode
from collections.abc import Iterator
from random import Random
from string import ascii_letters, digits

_HEX = 72  # eventID, requestID and sharedEventID take 24 digits each; GUIDs share the rest
_AMZ = 76  # characters of base64 in x-amz-id-2


def ids(chance: Random, count: int) -> Iterator[dict[str, str | int]]:
    """The holes of `count` records that nothing but chance fills: ids and a size in bytes."""
    hexes = chance.randbytes(count * _HEX // 2).hex()
    amz = b64encode(chance.randbytes(count * _AMZ // 4 * 3)).decode()
    for number in range(count):
        digits_ = hexes[number * _HEX : (number + 1) * _HEX]
        yield {
            "event": guid(digits_[:24]),
            "request": guid(digits_[24:48]),
            "shared": guid(digits_[48:]),
            "s3request": digits_[30:46].upper(),
            "amz": amz[number * _AMZ : (number + 1) * _AMZ],
            "bytes": 2_000 + int(digits_[60:65], 16) // 4,
        }


def guid(hexadecimal: str) -> str:
    """A GUID from 24 hex digits; what is missing to 32 is of no account."""
    h = hexadecimal
    return f"{h[:8]}-{h[8:12]}-4{h[12:15]}-a{h[15:18]}-{h[18:24]}{h[6:12]}"


def file_suffix(chance: Random) -> str:
    """The 16 characters by which CloudTrail tells apart files of one minute."""
    return "".join(chance.choices(ascii_letters + digits, k=16))
