"""`/guardduty show`: one finding in words, what to ask next, and the whole of it as a file."""

import json

import pytest
from inline_snapshot import snapshot

from bot.core.buttons import Ask, Download, Menu, Open
from bot.core.severity import Severity
from bot.errors import BadRequest, NotFound, Upstream
from tests.commands.guardduty.small_findings import PROD, FakeFindings, ask, ident, seen
from tests.commands.reading import read

SIGNALS = [
    {
        "name": "s3:GetObject",
        "type": "CLOUD_TRAIL",
        "count": 903,
        "firstSeenAt": "2026-09-08T03:12:00Z",
        "lastSeenAt": "2026-09-08T03:19:00Z",
    },
    {
        "name": "UnauthorizedAccess:IAMUser/TorIPCaller",
        "type": "FINDING",
        "count": 4,
        "firstSeenAt": 1788837060,
        "lastSeenAt": None,
    },
    {"type": "FINDING"},
]
SEQUENCE = {
    "actors": [{"user": {"name": "backup", "type": "IAMUser", "uid": "AIDAEXAMPLE"}}],
    "resources": [
        {"uid": "AKIAEXAMPLEEXAMPLE7Q", "resourceType": "ACCESS_KEY"},
        {"name": "acme-payroll", "resourceType": "S3_BUCKET", "uid": "arn:aws:s3:::acme-payroll"},
    ],
    "endpoints": [{"ip": "198.51.100.7", "location": {"country": "Netherlands"}}],
    "signals": SIGNALS,
    "sequenceIndicators": [{"key": "ATTACK_TACTIC", "values": ["Initial Access", "Exfiltration"]}],
}
ATTACK = seen(
    2,
    severity=9.5,
    type="AttackSequence:S3/CompromisedData",
    resource={"resourceType": "AttackSequence"},
    service={"action": None, "count": 1, "detection": {"sequence": SEQUENCE}},
)
MINER = seen(
    3,
    severity=5,
    type="CryptoCurrency:Runtime/BitcoinTool.B!DNS",
    resource={
        "resourceType": "Instance",
        "instanceDetails": {
            "instanceId": "i-0123456789abcdef0",
            "tags": [{"key": "Name", "value": "web-prod-1"}],
            "networkInterfaces": [{"securityGroups": [{"groupId": "sg-0a1b2c3d"}]}],
        },
    },
    service={
        "resourceRole": "ACTOR",
        "action": {"dnsRequestAction": {"domain": "pool.example", "blocked": False}},
        "runtimeDetails": {"process": {"name": "xmrig", "executablePath": "/tmp/xmrig", "user": "root"}},
        "archived": True,
        "additionalInfo": {"value": '{"sample":true}', "type": "default"},
    },
)


def shown(finding):
    return ask("show", finding.kept.finding_id, findings=FakeFindings(finding))


def test_a_call_is_told_by_who_what_from_where_and_how_often():
    assert read(shown(seen())) == snapshot(
        [
            "User backup reads the bucket acme-payroll in an unusual way, from 198.51.100.7 (Netherlands)",
            "Key AKIAEXAMPLEEXAMPLE7Q of user backup",
            "Called GetObject from 198.51.100.7 (Example Transit, Netherlands)",
            "Where: prod 111122223333 · eu-west-1",
            "Resource: acme-payroll",
            "First seen: 2026-09-08 03:11 UTC",
            "Last seen: 2026-09-08 03:19 UTC",
            "How often: 14 times",
            "Exfiltration on S3: Anomalous behavior (Exfiltration:S3/AnomalousBehavior) · severity 8 · finding 8cb90000000000000000000000000001",
        ]
    )


def test_an_attack_is_told_by_its_actors_and_its_signals_in_order():
    assert read(shown(ATTACK)) == snapshot(
        [
            "Data of bucket acme-payroll and 1 more is probably being stolen: 3 signs of one attack",
            "By user backup from 198.51.100.7 (Netherlands)",
            "Touched: key AKIAEXAMPLEEXAMPLE7Q, bucket acme-payroll",
            "Step by step: Tor IP caller, get object (s3)",
            "Tactics: Initial Access, Exfiltration",
            "Where: prod 111122223333 · eu-west-1",
            "Resource: key AKIAEXAMPLEEXAMPLE7Q, bucket acme-payroll",
            "First seen: 2026-09-08 03:11 UTC",
            "Last seen: 2026-09-08 03:19 UTC",
            "How often: once",
            "signal | first | last | times",
            "Tor IP caller | 2026-09-08 03:11 UTC | not known | 4",
            "get object (s3) | 2026-09-08 03:12 UTC | 2026-09-08 03:19 UTC | 903",
            "Attack sequence on S3: Compromised data (AttackSequence:S3/CompromisedData) · severity 9.5 · finding 8cb90000000000000000000000000002",
        ]
    )


def test_what_ran_on_a_machine_is_told_and_that_it_is_archived_and_a_sample():
    assert read(shown(MINER)) == snapshot(
        [
            "Sample, not real: Instance web-prod-1 (i-0123456789abcdef0) talks to a mining pool (cryptocurrency): pool.example",
            "Asked DNS for pool.example",
            "Program /tmp/xmrig by root",
            "Where: prod 111122223333 · eu-west-1",
            "Resource: web-prod-1 (i-0123456789abcdef0)",
            "First seen: 2026-09-08 03:11 UTC",
            "Last seen: 2026-09-08 03:19 UTC",
            "How often: 14 times",
            "Role: the resource is the one that does it",
            "Archived: yes, so GuardDuty hides it",
            "Cryptocurrency on Runtime: Bitcoin tool (DNS) (CryptoCurrency:Runtime/BitcoinTool.B!DNS) · severity 5 · finding 8cb90000000000000000000000000003",
        ]
    )


def test_an_unknown_type_is_told_in_its_own_words():
    odd = seen(
        4,
        type="NewDanger:Quantum/EntangledKey.Remote",
        title=None,
        resource={"resourceType": "QuantumKey", "quantumKeyDetails": {"keyName": "k"}},
        description="Something new was seen.",
        service={"action": {"actionType": "QUANTUM", "quantumAction": {"spin": "up"}}},
    )

    assert read(shown(odd)) == snapshot(
        [
            "New danger on Quantum: Entangled key (Remote)",
            "Something new was seen.",
            "Where: prod 111122223333 · eu-west-1",
            "First seen: 2026-09-08 03:11 UTC",
            "Last seen: 2026-09-08 03:19 UTC",
            "How often: 14 times",
            "New danger on Quantum: Entangled key (Remote) (NewDanger:Quantum/EntangledKey.Remote) · severity 8 · finding 8cb90000000000000000000000000004",
        ]
    )


def test_the_file_is_the_whole_finding():
    view = shown(MINER)

    assert json.loads(view.file.text) == MINER.detail
    assert view.file.name == f"finding-{ident(3)}.json"
    assert Download("The finding as JSON") in view.buttons


def test_the_likeliest_question_stands_first_and_every_other_is_one_press_away():
    view = shown(seen())
    first, menu, *_, console = view.buttons

    assert isinstance(first, Ask)
    assert first.words[:3] == ("trail", "who-accessed", "acme-payroll")
    assert first.strong
    assert isinstance(menu, Menu)
    assert [choice.words[:3] for choice in menu.choices] == [
        ("trail", "key", "AKIAEXAMPLEEXAMPLE7Q"),
        ("trail", "session", "AKIAEXAMPLEEXAMPLE7Q"),
        ("s3", "explain", "acme-payroll"),
        ("trail", "ip", "198.51.100.7"),
        ("config", "history", "acme-payroll"),
        ("config", "history", "AIDAEXAMPLE"),
    ]
    assert isinstance(console, Open)
    assert len(view.buttons) <= 5


def test_the_row_is_the_one_of_the_list_and_the_colour_its_severity():
    view = shown(ATTACK)

    assert view.rows == ask("list", findings=FakeFindings(ATTACK)).rows
    assert (view.severity, view.over, shown(MINER).over) == (Severity.CRITICAL, False, True)


@pytest.mark.parametrize(
    "said",
    [
        ident(1),
        f"arn:aws:guardduty:eu-west-1:{PROD}:detector/d1/finding/{ident(1)}",
        f"https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?search=id%3D{ident(1)}",
        f"https://eu-west-1.console.aws.amazon.com/guardduty/home#/findings?macros=current&fId={ident(1)}",
    ],
)
def test_an_id_an_arn_and_the_consoles_address_are_the_same_finding(said):
    findings = FakeFindings(seen(1))
    ask("show", said, findings=findings)

    assert findings.asked == [ident(1)]


def test_what_is_no_id_is_not_looked_for():
    findings = FakeFindings()

    with pytest.raises(BadRequest, match="is no finding’s id"):
        ask("show", "'; DROP TABLE findings", findings=findings)
    assert findings.asked == []


def test_one_that_is_not_there_is_not_found():
    with pytest.raises(NotFound, match="GuardDuty has no finding"):
        ask("show", ident(9), findings=FakeFindings())


def test_one_that_cannot_be_read_is_an_error_that_says_where_to_look():
    with pytest.raises(Upstream, match="in a form that I don’t know") as refused:
        shown(seen(5, severity=None))

    assert PROD in refused.value.hint
