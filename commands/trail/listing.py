"""The questions of /trail that list calls, as they are typed."""

from typing import Any

import click

from bot.command import Question, Reach
from bot.core.view import View
from bot.trail.calls import ask
from commands.trail.calls_view import show
from commands.trail.common import asked, narrowed
from commands.trail.kinds import KINDS

_HELP = {
    "user": (
        "What somebody did",
        "PRINCIPAL: a name, an ARN, a role, a session, an SSO e-mail, or root.",
        "mika.sato@acme.example",
    ),
    "who-did": (
        "Who made this call",
        "EVENT: as CloudTrail names it, GetObject or s3:GetObject.",
        "ec2:RunInstances --since 30d",
    ),
    "key": (
        "What an access key did",
        "What was done with ACCESS_KEY_ID, and who made or changed it.",
        "AKIAIOSFODNN7EXAMPLE",
    ),
    "ip": (
        "What came from an address",
        "ADDRESS: one, or a network like 203.0.113.0/24.",
        "198.51.100.7 --since 36h",
    ),
    "resource": ("Who touched a thing", "RESOURCE_ID: an id, a name, or an ARN.", "sg-0a1b2c3d --since 30d"),
    "denied": (
        "What was refused, spikes first",
        "Calls refused for lack of permission, by principal and action.",
        "--since 36h",
    ),
    "logins": (
        "Who signed in to the console",
        "Sign-ins to the console: how they went, with MFA or without, from new addresses.",
        "--since 30d",
    ),
    "root": ("What root did", "What the root users did by themselves.", "--since 90d"),
    "changes": (
        "What changed, by service",
        "Calls that change something, by service.",
        "--region eu-west-1 --since 1d",
    ),
}


def _question(name: str) -> click.Command:
    kind = KINDS[name]
    short, doc, example = _HELP[name]

    def run(reach: Reach, /, **given: Any) -> View:
        subject = str(given.get(kind.about, "")).strip()
        ports, now = reach.ports, reach.ports.now()
        request, which = asked(reach, given), kind.calls(subject)
        answer = ask(request, which, reach.trail(given["up_to"]), ports.recording, reach.progress)
        return show(kind, subject, request, answer, now)

    run.__doc__ = doc
    command = narrowed(click.pass_obj(run))
    if kind.about:
        command = click.argument(kind.about)(command)
    return click.command(name, cls=Question, short_help=short, example=example)(command)


LISTING = tuple(map(_question, KINDS))
