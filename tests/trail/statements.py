"""Every statement that the bot can send to Athena, by a name that says which: a new question adds itself here.

Those of Hive, not Trino, are not among them: CREATE EXTERNAL TABLE (`bot.trail.table.ddl`) is one. UNLOAD is
Athena's own word around a query of Trino's: the query stands here.
"""

from dataclasses import replace
from datetime import UTC, datetime

from bot.adapters.aws.checks import records
from bot.core.configuration.item import Place, Resource
from bot.core.span import Span
from bot.core.view import Receipt
from bot.ports import TrailQuery, TrailRows
from bot.trail import questions, session
from bot.trail.authorship import reading
from bot.trail.compact_copy import copying
from bot.trail.new import new
from bot.trail.rows import Asked, narrowed, rows
from bot.trail.sources import Part, Sources, layout
from bot.trail.sql import own
from bot.trail.statement import statement
from bot.trail.who_accessed import who_accessed

SPAN = Span(datetime(2026, 9, 1, 3, tzinfo=UTC), datetime(2026, 9, 8, 15, tzinfo=UTC))


class _Listener:
    """An engine that keeps what it is asked."""

    table = "noroshi.cloudtrail"

    def run(self, query, progress):
        self.asked = query
        return TrailRows((), Receipt(engine="athena", seconds=0))


def _asked_by_the_doctor():
    listener = _Listener()
    records(listener)
    return listener.asked


_OWN = {
    "counts": "SELECT event_name, count(*) AS calls FROM events GROUP BY 1 ORDER BY 2 DESC",
    "the table's columns": "SELECT useridentity.arn, eventtime FROM noroshi.cloudtrail WHERE eventname = 'x'",
    "everything": "SELECT * FROM events",
    "WITH over both": """
        WITH mine AS (SELECT at, principal AS who FROM events WHERE read_only = 'false' OR error_code IS NOT NULL)
        SELECT who, at FROM mine UNION ALL SELECT useridentity.arn, eventtime FROM cloudtrail ORDER BY 2 LIMIT 10""",
    "functions": """
        SELECT date_trunc('hour', from_iso8601_timestamp(at || 'Z')) AS hour, current_date, now() AS present,
               count(*) FILTER (WHERE regexp_like(user_agent, '(?i)aws-cli')), listagg(region, ',') WITHIN GROUP (ORDER BY region),
               max_by(source_ip, at), filter(array_agg(bucket), b -> b LIKE '%pay%'), json_extract_scalar(request, '$["a-b"].c[0]'),
               row_number() OVER (PARTITION BY date_trunc('hour', from_iso8601_timestamp(at || 'Z')) ORDER BY at)
        FROM events CROSS JOIN UNNEST(resources) AS t(arn_of) WHERE at >= '2026-09-02' AND arn_of IS DISTINCT FROM 'x'
        GROUP BY 1, at, request HAVING count(*) > 1 OFFSET 2""",
    "names": 'SELECT "at" AS "a "" name", at, at, EXTRACT(hour FROM now()) FROM "EVENTS" AS "e v"',
}
"""Statements as people write them: what is sent is written anew from what was understood."""

_SESSIONS = (
    "arn:aws:sts::111122223333:assumed-role/payroll-export/nightly",
    "payroll-export/nightly",
    "ASIAEXAMPLEAAAAAAAAA",
)

_GROUP = Resource(
    type="AWS::EC2::SecurityGroup",
    id="sg-0abc",
    place=Place("111122223333", "eu-west-1"),
    name="web",
    arn="arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc",
)

_LISTING = {
    "user, a name": questions.user("mika.sato@acme.example"),
    "user, an ARN": questions.user("arn:aws:iam::111122223333:role/ops/deploy"),
    "user, a session": questions.user("deploy/GitHubActions"),
    "user, a service": questions.user("config.amazonaws.com"),
    "who-did": questions.who_did("s3:GetObject"),
    "key": questions.key("AKIAIOSFODNN7EXAMPLE"),
    "ip, a network": questions.ip("203.0.113.0/24"),
    "resource": questions.resource("acme-payroll"),
    "resource, an ARN": questions.resource("arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b"),
    "denied": questions.denied(),
    "logins": questions.logins(),
    "root": questions.root(),
    "changes": questions.changes(),
    "authors, a group": reading.calls(_GROUP),
    "authors, an id alone": reading.calls(replace(_GROUP, name="", arn="")),
}

QUESTIONS: dict[str, TrailQuery] = {
    "who-accessed": who_accessed("acme-payroll", SPAN),
    "who-accessed --prefix": who_accessed("acme-payroll", SPAN, "2026/"),
    "who-accessed, narrowed": narrowed(
        who_accessed("acme-payroll", SPAN), Asked(SPAN, event="s3:GetObject", errors=True)
    ),
    "doctor": _asked_by_the_doctor(),
    **{name: rows(Asked(SPAN), calls) for name, calls in _LISTING.items()},
    "new": new(Asked(SPAN)),
    "new, a principal's": new(Asked(SPAN, event="s3:GetObject", errors=True), "backup"),
    **{f"session {said}": rows(Asked(SPAN), session.calls(said)) for said in _SESSIONS},
    "session, a hop": rows(Asked(SPAN), session.makers(("ASIAEXAMPLEAAAAAAAAA", "ASIAEXAMPLEBBBBBBBBB"))),
    **{f"sql, {name}": own(text, SPAN, "noroshi.cloudtrail", 1000).query for name, text in _OWN.items()},
}
"""What is asked, whatever the form the trail is in."""

_DAYS = SPAN.publish_days()
_RAW, _COMPACT = "noroshi.cloudtrail", "noroshi.cloudtrail_compact"
_LAYOUTS = {
    "projected": layout(("account", "region", "day")),
    "by hand": layout(("region", "year", "month", "day")),
    "one date": layout(("timestamp",)),
}
_GAP = (*_DAYS[:2], *_DAYS[5:])
_FORMS = {f"raw, {name}": Sources(Part(_RAW, _DAYS), keys) for name, keys in _LAYOUTS.items()} | {
    "raw with a gap": Sources(Part(_RAW, _GAP), compact=Part(_COMPACT, _DAYS[2:5])),
    "raw and compact": Sources(Part(_RAW, _DAYS[-2:]), compact=Part(_COMPACT, _DAYS[:-2])),
    "compact alone": Sources(Part(_RAW, ()), compact=Part(_COMPACT, _DAYS)),
    "no day": Sources(Part(_RAW, ())),
}


def _bounded(query):
    """The same, of some accounts and regions."""
    places = replace(query.relation, accounts=("111122223333", "444455556666"), regions=("eu-west-1",))
    return replace(query, relation=places)


# How the days are spelled does not depend on the question: one is asked of every form, the others of two.
_EVERY_FORM = ("who-accessed", "doctor")
_TWO_FORMS = ("raw, by hand", "raw and compact")


def _forms(question):
    names = _FORMS if question in _EVERY_FORM else _TWO_FORMS
    return {name: _FORMS[name] for name in names}


STATEMENTS: dict[str, str] = {
    **{
        f"{question}; {form}": statement(query, sources).sql
        for question, query in QUESTIONS.items()
        for form, sources in _forms(question).items()
    },
    **{
        f"{question}, some places; {form}": statement(_bounded(query), sources).sql
        for question, query in QUESTIONS.items()
        for form, sources in _forms(question).items()
        if query.relation and question in _EVERY_FORM
    },
    **{f"compact copy; {name}": copying(Part(_RAW, _DAYS[:1]), keys).sql for name, keys in _LAYOUTS.items()},
}
"""The text as it is sent, by the question and the form of the trail; values are `?`."""
