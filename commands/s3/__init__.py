"""/s3: which buckets are public, by what, since when; and the proof."""

from typing import Any

import click

from bot.command import Reach, Slash
from bot.core.places import account_ids, region_names
from bot.core.policies.template import Wanted
from bot.core.policies.templates import TEMPLATES
from bot.core.view import View
from commands.s3 import explain as explaining
from commands.s3 import explain_view, policy_view, public_view
from commands.s3 import policy as writing
from commands.s3 import public as surveying
from commands.s3.pasted import pasted


@click.group(name="s3", cls=Slash, short_help="Which buckets are public, and why")
def s3() -> None:
    """Which buckets are public, by what, and how that is known."""


@s3.command("public", short_help="Which buckets are public, by what, since when", example="--account prod")
@click.option("--all", "every", is_flag=True, help="List those that are not public, too.")
@click.option("--account", "accounts", multiple=True, help="Only this account, by id or name; repeat it.")
@click.option("--region", "regions", multiple=True, help="Only buckets of this region; repeat it.")
@click.pass_obj
def public(reach: Reach, /, every: bool, **given: Any) -> View:
    """Every bucket that is public, the most dangerous first; and which ones nobody could tell."""
    request = surveying.PublicBuckets(
        accounts=account_ids(given["accounts"], reach.ports.accounts),
        regions=region_names(given["regions"]),
        all=every,
    )
    return public_view.show(request, surveying.survey(request, reach), reach.ports.accounts)


@s3.command("explain", short_help="Why a bucket is public or not: the proof", example="acme-web-assets")
@click.argument("bucket")
@click.option("--account", default="", help="The account that has it, by id or name.")
@click.pass_obj
def explain(reach: Reach, /, bucket: str, account: str) -> View:
    """Each way into BUCKET and why it is open or not, what AWS itself says, and the smallest change that closes it."""
    named = account_ids([account] if account else (), reach.ports.accounts)
    request = explaining.Explain(bucket=pasted(bucket), account=named[0] if named else "")
    found = explaining.explain(request, reach)
    return explain_view.show(request, found, reach.ports.accounts, fixable=reach.ports.fixes)


@s3.command(
    "policy",
    short_help="A bucket policy to review, from a template",
    example="tls-only acme-web-assets",
    help="BUCKET's policy with TEMPLATE in it, as a file to review; nothing is changed.\n\n"
    f"Templates: {', '.join(TEMPLATES)}.",
)
@click.argument("template", metavar="TEMPLATE")
@click.argument("bucket")
@click.option("--account", default="", help="The account that has it, by id or name.")
@click.option("--distribution", default="", help="cloudfront: the distribution, by id or ARN.")
@click.option(
    "--vpce",
    "endpoint",
    default="",
    help="vpc-endpoint: the endpoint; ip-range: one that is let through, too.",
)
@click.option("--org", "organization", default="", help="organization: its id.")
@click.option("--cidr", "networks", multiple=True, help="ip-range: a network; repeat it.")
@click.option(
    "--except", "spared", multiple=True, help="A role's or user's ARN that a Deny spares; repeat it."
)
@click.pass_obj
def policy(reach: Reach, /, template: str, bucket: str, account: str, **given: Any) -> View:
    """A bucket's policy with a template in it, as a file to review; nothing is changed."""
    named = account_ids([account] if account else (), reach.ports.accounts)
    wanted = Wanted(pasted(bucket), named[0] if named else "", **given)
    request = writing.PolicyFor(template=template, wanted=wanted)
    return policy_view.show(request, writing.policy_for(request, reach), reach.ports.accounts)
