"""A bucket's ACL as S3 tells it: what it grants now, not what it says.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html: the response reflects what is enforced.
"""

from collections.abc import Iterator

from moto.s3.models import OWNER, FakeBucket, FakeGrantee
from moto.s3control.models import s3control_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.s3_asking import XMLNS, Answer

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_GLOBAL = "http://acs.amazonaws.com/groups/global/"

Grant = tuple[FakeGrantee, str]


def acl(bucket: FakeBucket) -> Answer:
    """What is in force: the owner's alone where ACLs are off, nobody's groups where public ones are ignored."""
    rows = "".join(
        f"<Grant>{_grantee(who)}<Permission>{what}</Permission></Grant>" for who, what in _in_force(bucket)
    )
    owner = f"<Owner><ID>{OWNER}</ID></Owner>"
    inner = f"{owner}<AccessControlList>{rows}</AccessControlList>"
    return "200 OK", f'<AccessControlPolicy xmlns="{XMLNS}">{inner}</AccessControlPolicy>'.encode()


def owner_decides(bucket: FakeBucket) -> bool:
    """Whether ACLs are off: BucketOwnerEnforced."""
    return "BucketOwnerEnforced" in str(bucket.ownership_rule)


def grants_others(bucket: FakeBucket) -> bool:
    """Whether its ACL says something of anybody but the owner; such cannot be turned off."""
    return any(who.uri or who.id != OWNER for who, _ in grants(bucket))


def flags_on(bucket: FakeBucket) -> set[str]:
    """The flags that hold (`BlockPublicAcls`), of the bucket's block and its account's, the organization's in it."""
    account = s3control_backends[bucket.account_id][PARTITION].public_access_block
    held = [block.to_config_dict() for block in (bucket.public_access_block, account) if block]
    return {name[:1].upper() + name[1:] for block in held for name, on in block.items() if on}


def _in_force(bucket: FakeBucket) -> Iterator[Grant]:
    if owner_decides(bucket):
        yield FakeGrantee(grantee_id=OWNER), "FULL_CONTROL"
        return
    ignored = "IgnorePublicAcls" in flags_on(bucket)
    yield from (each for each in grants(bucket) if not (ignored and each[0].uri.startswith(_GLOBAL)))


def grants(bucket: FakeBucket) -> Iterator[Grant]:
    """Whatever its ACL says, in force or not."""
    for grant in bucket.acl.grants if bucket.acl else ():
        # moto keeps a single permission of a request's body as a plain word.
        several = [grant.permissions] if isinstance(grant.permissions, str) else grant.permissions
        yield from ((who, what) for who in grant.grantees for what in several)


def _grantee(who: FakeGrantee) -> str:
    said = f"<URI>{who.uri}</URI>" if who.uri else f"<ID>{who.id}</ID>"
    return f'<Grantee xmlns:xsi="{_XSI}" xsi:type="{who.type}">{said}</Grantee>'
