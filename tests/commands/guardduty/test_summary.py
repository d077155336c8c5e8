"""`/guardduty summary`: how many and how bad, of what, where, and whether it grows."""

from datetime import timedelta

from bot.core.findings.counts import counted
from bot.core.findings.seen import Listed
from bot.core.severity import Severity
from tests.commands.guardduty.small_findings import NOW, OFF, PROD, STAGING, FakeFindings, ask, seen
from tests.commands.reading import read

TOR = "UnauthorizedAccess:IAMUser/TorIPCaller"


def test_counts_by_severity_type_and_account_the_worst_first():
    findings = FakeFindings(
        seen(1, severity=5, days=20),
        seen(2, severity=9.5, account=STAGING, type=TOR, days=9),
        seen(3, days=3, service={"archived": True}),
        seen(4, days=1),
    )

    view = ask("summary", findings=findings)

    assert read(view) == [
        "3 open findings: 1 critical, 1 high, 1 medium",
        "2 new this week, 1 the week before (archived ones among them)",
        "what | critical | high | medium | low | all",
        "Unauthorized access on IAM: Tor IP caller | 1 | 0 | 0 | 0 | 1",
        "Exfiltration on S3: Anomalous behavior | 0 | 1 | 1 | 0 | 2",
        "account | critical | high | medium | low | all",
        "staging | 1 | 0 | 0 | 0 | 1",
        "prod | 0 | 1 | 1 | 0 | 2",
    ]
    assert view.totals == {"total": 3, "new_this_week": 2, "new_last_week": 1}
    assert [(row["by"], row["key"], row["total"]) for row in view.rows] == [
        ("severity", "critical", 1),
        ("severity", "high", 1),
        ("severity", "medium", 1),
        ("severity", "low", 0),
        ("type", TOR, 1),
        ("type", "Exfiltration:S3/AnomalousBehavior", 2),
        ("account", STAGING, 1),
        ("account", PROD, 2),
    ]


def test_what_is_counted_is_not_read_and_what_is_new_is_read_whether_archived_or_not():
    findings = FakeFindings()
    ask("summary", "--since", "30d", findings=findings)

    fortnight = NOW - timedelta(days=14)
    assert [(each.since, each.archived, each.limit) for each in findings.asked] == [
        (NOW - timedelta(days=30), False, 0),
        (fortnight, False, 2_000),
        (fortnight, True, 2_000),
    ]


def test_too_many_new_ones_to_read_make_the_trend_unknown_not_small():
    view = ask("summary", findings=FakeFindings(seen(1), more=1))

    assert read(view)[1] == "Too many came up in two weeks to tell this week from the last one"
    assert view.totals["new_this_week"] is None


def test_those_that_guardduty_counts_without_naming_are_others():
    class Counted(FakeFindings):
        def listed(self, wanted, progress):
            counts = counted([("", PROD, Severity.LOW), ("", "", Severity.LOW)])
            return Listed((), counts, 1)

    view = ask("summary", findings=Counted())

    assert "others | 0 | 0 | 0 | 2 | 2" in read(view)
    assert [row["key"] for row in view.rows if row["by"] != "severity"] == [None, None, PROD]


def test_nothing_open_and_nobody_looking_are_told_apart():
    assert read(ask("summary", findings=FakeFindings()))[:2] == [
        "No open finding (3 places looked at)",
        "None came up in the last two weeks",
    ]
    assert ask("summary", findings=FakeFindings(places=0, caveats=[OFF])).title.startswith("I can’t tell")
    assert ask("summary", findings=FakeFindings(caveats=[OFF])).title.startswith("I can’t tell")
    assert ask("summary", findings=FakeFindings(caveats=[OFF])).caveats == (OFF,)
