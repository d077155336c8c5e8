"""/trail session: the chain of calls that made a session's credentials, and the human at its end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.buttons import Ask, Csv, Form, Menu, Share
from bot.core.sections import Paragraph, Table
from bot.core.text import plain
from bot.embedded.incident import Incident, write_archive
from bot.errors import BadRequest
from commands.trail import trail
from tests.commands.small_trail import ACCOUNT, call, made, role, user, written

SSO = "AWSReservedSSO_Admin_0123456789abcdef"
MIKA = "mika.sato@acme.example"
A, B, C, D = (f"ASIAEXAMPLE{letter * 9}" for letter in "ABCD")
OWN, OTHER = "AKIAEXAMPLEOWNOWNOWN", "AKIAEXAMPLEOTHEROTHE"
SESSION = role("payroll-export", "X", A)
SAID = "payroll-export/X"


def ask(ports, said=SAID, *more):
    return trail.answer(["session", said, *more], ports)


def told(view):
    return [plain(line) for part in view.sections if isinstance(part, Paragraph) for line in part.lines]


def behind(view):
    return {(row["human"], row["known_by"]) for row in view.rows}


def broken(view):
    return [(one.message, one.weight) for one in view.caveats if one.code == "chain-broken"]


def test_the_sso_user_two_roles_away_is_named_first_with_all_that_led_there(tmp_path):
    signed_in = role(SSO, MIKA, C, began="2026-09-08T08:00:00Z")
    between = role("jump", "hop", B, began="2026-09-08T08:30:00Z")
    ports = written(
        tmp_path,
        call(SESSION, at="2026-09-08T10:00:00Z"),
        call(SESSION, "s3:CreateBucket", at="2026-09-08T09:30:00Z", readOnly=False),
        made(between, A, "2026-09-08T09:00:00Z"),
        made(signed_in, B, "2026-09-08T08:30:00Z", sourceIPAddress="203.0.113.9"),
        made({"type": "SAMLUser", "principalId": "x:mika", "userName": MIKA}, C, "2026-09-08T08:00:00Z", "sts:AssumeRoleWithSAML"),
    )  # fmt: skip

    view = ask(ports)

    assert view.title == f"{MIKA} (SSO, Admin) is behind role payroll-export, session X — last 7 days"
    assert [row["event_name"] for row in view.rows] == ["CreateBucket", "ListBuckets"]
    assert behind(view) == {(MIKA, "sso")}
    assert [line.partition(" called ")[2].split()[0] for line in told(view)[:3]] == [
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRole",
        "sts:AssumeRole",
    ]
    assert "from 203.0.113.9" in told(view)[1]
    assert not broken(view)


FEDERATED = {
    "type": "WebIdentityUser",
    "principalId": "p:sts.amazonaws.com:repo:acme/web",
    "userName": "repo:acme/web",
}
SAML = {"type": "SAMLUser", "principalId": "x:ana", "userName": "ana"}
ROOT = {
    "type": "Root",
    "principalId": ACCOUNT,
    "arn": f"arn:aws:iam::{ACCOUNT}:root",
    "accountId": ACCOUNT,
    "accessKeyId": OWN,
}
SERVICE = {"type": "AWSService", "invokedBy": "lambda.amazonaws.com"}


@pytest.mark.parametrize(
    ("maker", "action", "name", "by", "title"),
    [
        (user("ana", OWN), "sts:AssumeRole", "ana", "iam-user", "ana (user) is behind"),
        (ROOT, "sts:AssumeRole", "root", "root", f"root (account {ACCOUNT}) is behind"),
        (FEDERATED, "sts:AssumeRoleWithWebIdentity", "repo:acme/web", "web-identity", "repo:acme/web (web identity) is behind"),
        (SAML, "sts:AssumeRoleWithSAML", "ana", "saml", "ana (SAML) is behind"),
        (SERVICE, "sts:AssumeRole", None, "service", "lambda.amazonaws.com (AWS service) is behind"),
    ],
)  # fmt: skip
def test_whoever_made_the_credentials_is_behind_them_and_it_is_told_how_that_is_known(tmp_path, maker, action, name, by, title):  # fmt: skip
    view = ask(written(tmp_path, call(SESSION), made(maker, A, name=action)))

    assert behind(view) == {(name, by)}
    assert view.title.startswith(title)
    assert not broken(view)


def test_the_source_identity_is_surer_than_any_other_word(tmp_path):
    carrying = role("payroll-export", "X", A, sourceIdentity="ana@acme.example")
    view = ask(written(tmp_path, call(carrying), made(role(SSO, MIKA, B), A)))

    assert behind(view) == {("ana@acme.example", "source-identity")}


def test_where_the_chain_breaks_is_told_and_nobody_is_guessed(tmp_path):
    view = ask(written(tmp_path, call(SESSION), made(role("jump", "hop", B), A)))

    assert view.title.startswith("I can’t tell who is behind role payroll-export, session X")
    assert broken(view) == [(f"the call that made these credentials is not in the records: {B}", "blind")]
    assert behind(view) == {(None, "unknown")}


def test_a_break_behind_a_known_human_is_told_beside(tmp_path):
    view = ask(written(tmp_path, call(role(SSO, MIKA, A))), f"{SSO}/{MIKA}")

    assert view.title.startswith(f"{MIKA} (SSO, Admin) is behind")
    assert broken(view) == [(f"the call that made these credentials is not in the records: {A}", "note")]


def test_a_role_taken_from_an_account_whose_records_are_not_here_says_so(tmp_path):
    other = {"type": "AWSAccount", "principalId": "AROAY:hop", "accountId": "444455556666"}
    view = ask(written(tmp_path, call(SESSION), made(other, A)))

    assert [(weight, "account 444455556666" in words) for words, weight in broken(view)] == [("blind", True)]


def test_each_call_has_the_human_behind_its_own_key_and_older_keys_are_told(tmp_path):
    keys = [A, B, C, D]
    calls = [
        call(role("payroll-export", "X", key), at=f"2026-09-08T10:0{n}:00Z") for n, key in enumerate(keys)
    ]
    who = [made(user(name, OWN), key) for name, key in zip(("old", "ana", "ana", "ben"), keys, strict=True)]
    ports = written(tmp_path, *calls, *who)

    view = ask(ports)

    assert [row["human"] for row in view.rows] == [None, "ana", "ana", "ben"]
    assert view.title.startswith("2 are behind role payroll-export, session X: ben (user), ana (user)")
    assert "1 older access key more" in next(
        one.message for one in view.caveats if one.code == "keys-not-followed"
    )
    assert len(ports.engine.queries) == 2


def test_the_receipt_is_that_of_all_queries(tmp_path):
    ports = written(tmp_path, call(SESSION), made(role("jump", "hop", B), A), made(user("ana", OWN), B))

    view, asked = ask(ports), ports.engine.receipts

    assert len(asked) == 3
    assert view.receipt == replace(
        asked[0],
        seconds=pytest.approx(sum(one.seconds for one in asked)),
        bytes_scanned=sum(one.bytes_scanned for one in asked),
    )


def test_its_buttons_lead_to_the_human_to_what_is_behind_and_to_what_it_made(tmp_path):
    ports = written(tmp_path, made(SESSION, D, "2026-09-08T10:00:00Z"), made(user("ana", OWN), A))

    view = ask(ports)

    menu = next(one for one in view.buttons if isinstance(one, Menu))
    words = [one.words[1:3] for one in menu.choices]
    assert words[:3] == [("user", "ana"), ("session", OWN), ("session", D)]
    assert len(set(words)) == len(words)
    assert [type(one) for one in view.buttons] == [Menu, Ask, Form, Csv, Share]
    for choice in menu.choices:
        trail.answer(choice.words[1:], ports)


def test_the_table_is_the_timeline(tmp_path):
    view = ask(written(tmp_path, call(SESSION, errorCode="AccessDenied"), made(user("ana", OWN), A)))

    table = next(part for part in view.sections if isinstance(part, Table))
    assert [plain(cell) for cell in table.rows[0]] == [
        "2026-09-08 10:00 UTC",
        "s3:ListBuckets",
        "",
        "192.0.2.7",
        "refused",
    ]


@pytest.mark.parametrize("said", ["mika", "x", "arn:aws:iam::111122223333:role/ops"])
def test_what_is_no_session_is_refused(tmp_path, said):
    with pytest.raises(BadRequest, match="no session"):
        ask(written(tmp_path, call(SESSION)), said)


def test_the_thiefs_new_key_leads_to_the_leaked_one_in_the_incident(tmp_path):
    now = datetime(2026, 11, 20, 20, tzinfo=UTC)
    incident = Incident(3, now)
    write_archive(tmp_path, seed=3, now=now, days=1, records=1_000, files=10)
    ports = written(tmp_path / "none")
    ports.engine, ports.now = DuckdbEngine(str(tmp_path)), lambda: now

    view = ask(ports, incident.new_key_id)

    assert view.title.startswith(f"backup (user) made key {incident.new_key_id}")
    assert incident.attacker_ip in told(view)[0]
    menu = next(one for one in view.buttons if isinstance(one, Menu))
    assert incident.leaked_key_id in [one.words[2] for one in menu.choices]
    assert ask(ports, "ci-deploy/GitHubActions").rows[-1]["known_by"] == "web-identity"
