"""`/guardduty list`: the worst first, in words; and nothing found is not nothing seen."""

from datetime import timedelta

import pytest

from bot.core.buttons import Ask, Form, Menu
from bot.core.findings.bands import floor
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.core.view import Caveat
from bot.errors import AccessDenied, BadRequest
from tests.commands.guardduty.small_findings import NOW, OFF, PROD, STAGING, FakeFindings, ask, ident, seen
from tests.commands.reading import read

REFUSED = Caveat("guardduty-refused", "staging: AWS refused (guardduty:ListFindings is missing)", "blind")


class ByRank(FakeFindings):
    """Knows severities too."""

    def _is_wanted(self, each, wanted):
        least = floor(wanted.severity) if wanted.severity else 0
        return super()._is_wanted(each, wanted) and each.detail["severity"] >= least


def test_the_first_line_is_how_many_and_how_bad_and_the_worst_stands_first():
    findings = FakeFindings(seen(1), seen(2, severity=9.5, account=STAGING), seen(3, severity=2, days=9))

    view = ask("list", findings=findings)

    title = "User backup reads the bucket acme-payroll in an unusual way, from 198.51.100.7 (Netherlands)"
    assert read(view) == [
        "3 open findings: 1 critical, 1 high, 1 low",
        "severity | what | where | last seen | times",
        f"critical | {title} | staging eu-west-1 | 2026-09-08 03:19 UTC | 14",
        f"high | {title} | prod eu-west-1 | 2026-09-08 03:19 UTC | 14",
        f"low | {title} | prod eu-west-1 | 2026-09-08 03:19 UTC | 14",
    ]
    assert view.receipt.api_calls == 7


def test_a_row_is_the_contracts():
    view = ask("list", findings=FakeFindings(seen()))

    (row,) = view.rows
    assert {name: row[name] for name in row if not name.endswith("_seen")} == {
        "finding_id": ident(1),
        "type": "Exfiltration:S3/AnomalousBehavior",
        "severity": 8,
        "severity_label": "high",
        "title": "User backup reads the bucket acme-payroll in an unusual way, from 198.51.100.7 (Netherlands)",
        "resource": "acme-payroll",
        "account_id": PROD,
        "region": "eu-west-1",
        "count": 14,
        "archived": False,
        "sample": False,
    }
    assert f"{row['first_seen']:%H:%M} {row['last_seen']:%H:%M}" == "03:11 03:19"
    assert tuple(row) == view.columns


def test_what_a_finding_does_not_say_is_null_in_a_row_and_not_known_to_a_reader():
    bare = seen(
        service={"count": None, "eventFirstSeen": None, "eventLastSeen": None},
        createdAt=None,
        updatedAt=NOW.isoformat(),
        resource=None,
    )

    view = ask("list", findings=FakeFindings(bare))

    (row,) = view.rows
    assert (row["resource"], row["count"], row["first_seen"]) == (None, None, None)
    assert read(view)[-1].endswith("| not known")


def test_every_word_of_the_question_is_asked_of_guardduty():
    findings = FakeFindings(seen(3, days=3, service={"archived": True}))

    view = ask(
        *("list", "--severity", "high+", "--since", "7d", "--account", "prod", "--region", "eu-west-1"),
        *("--type", "TorIPCaller", "--type", "Recon:EC2/Portscan", "--archived"),
        findings=findings,
    )

    assert findings.asked == [
        Wanted(
            Severity.HIGH,
            NOW - timedelta(days=7),
            (PROD,),
            ("eu-west-1",),
            ("*TorIPCaller*", "Recon:EC2/Portscan"),
            archived=True,
        )
    ]
    assert view.title.startswith(
        "1 archived finding of high severity and worse of type TorIPCaller, Recon:EC2/Portscan in prod, eu-west-1, "
        "updated in the last 7 days: "
    )
    assert view.request == {
        "severity": "high",
        "since": "2026-09-09T14:20:00Z",
        "accounts": [PROD],
        "regions": ["eu-west-1"],
        "types": ["*TorIPCaller*", "Recon:EC2/Portscan"],
        "archived": True,
    }


@pytest.mark.parametrize("said", ["high", "HIGH+", " high "])
def test_a_severity_means_that_and_worse(said):
    findings = FakeFindings()
    ask("list", "--severity", said, findings=findings)

    assert findings.asked[0].severity is Severity.HIGH


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--severity", "info"), "'info' is no severity of GuardDuty’s."),
        (("--severity", "8"), "'8' is no severity"),
        (("--account", "nobody"), "I know no account 'nobody'"),
        (("--region", "mars"), "'mars' is no region"),
        (("--since", "soon"), "I can't read the time 'soon'"),
    ],
)
def test_words_that_make_no_sense_are_answered_with_what_would(words, message):
    with pytest.raises(BadRequest, match=message) as refused:
        ask("list", *words, findings=FakeFindings())

    assert refused.value.hint


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        (FakeFindings(), "No open finding (3 places looked at)"),
        (
            FakeFindings(caveats=[REFUSED]),
            "I can’t tell whether there is an open finding: I saw none, and not everything",
        ),
        (
            FakeFindings(places=0, caveats=[OFF]),
            "I can’t tell whether there is an open finding: GuardDuty looks nowhere that I could ask",
        ),
    ],
)
def test_nothing_found_and_nobody_looking_are_told_apart(findings, title):
    view = ask("list", findings=findings)

    assert view.title == title
    assert view.caveats == findings.caveats
    assert Ask("Where GuardDuty looks", ("guardduty", "status")) in view.buttons


def test_what_was_counted_and_not_read_is_said():
    view = ask("list", findings=FakeFindings(*map(seen, range(250))))

    assert view.title == "250 open findings: 250 high"
    assert len(view.rows) == 200
    assert read(view)[-2:] == ["+ 180", "(findings-beyond)"]
    assert view.caveats[-1].message.startswith("50 findings, which I counted and did not read")


def test_no_bad_one_is_left_out_for_being_old():
    calm = [seen(n, severity=2) for n in range(250)]
    findings = ByRank(*calm, seen(900, days=80, severity=9.5), seen(901, days=80, severity=7))

    view = ask("list", findings=findings)

    assert [row["finding_id"] for row in view.rows[:2]] == [ident(900), ident(901)]
    assert view.title == "252 open findings: 1 critical, 1 high, 250 low"
    assert len(view.rows) == 202
    assert view.caveats[-1].message.startswith("50 findings, which")
    assert view.receipt.api_calls == 14


def test_what_is_read_whole_is_asked_for_once():
    findings = FakeFindings(seen(1), seen(2, severity=9.5))
    ask("list", findings=findings)

    assert len(findings.asked) == 1


def test_one_that_cannot_be_read_hides_no_other():
    view = ask("list", findings=FakeFindings(seen(1), seen(2, title=7)))

    assert len(view.rows) == 1
    assert [each.code for each in view.caveats] == ["findings-unread"]


def test_each_leads_to_itself_and_the_question_can_be_changed():
    view = ask("list", "--type", "Exfiltration:S3/AnomalousBehavior", findings=FakeFindings(seen(1)))

    menu, form = view.buttons[:2]
    assert isinstance(menu, Menu)
    assert isinstance(form, Form)
    assert menu.choices[0].words == ("guardduty", "show", ident(1))
    assert form.words == ("guardduty", "list", "--type", "Exfiltration:S3/AnomalousBehavior")
    assert len(view.buttons) <= 5


def test_a_refusal_everywhere_is_an_error_that_names_the_action():
    refused = AccessDenied("AWS refused.", "Allow it.", action="guardduty:ListDetectors")

    with pytest.raises(AccessDenied, match="AWS refused"):
        ask("list", findings=FakeFindings(fails=refused))
