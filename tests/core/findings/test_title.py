"""A finding's first line is the answer: who did what, to what, from where."""

import pytest

from bot.core.findings.finding import Finding
from bot.core.findings.telling import telling
from bot.core.text import plain
from tests.core.findings.told import told
from tests.sources.guardduty.findings import FIRES, TYPES, finding
from tests.sources.said import faults

KEY = FIRES["detail"]["resource"]["accessKeyDetails"]
WHOLE = {
    "accessKeyDetails": KEY,
    "s3BucketDetails": [{"name": "acme-payroll"}],
    "instanceDetails": {"instanceId": "i-1", "tags": [{"key": "Name", "value": "web"}]},
    "eksClusterDetails": {"name": "shop"},
    "rdsDbInstanceDetails": {"dbInstanceIdentifier": "orders"},
    "lambdaDetails": {"functionName": "mailer"},
}


def remote(country="Netherlands"):
    return {"ipAddressV4": "198.51.100.7", "country": {"countryName": country}}


def seen(**service):
    return {"count": 1, "archived": False} | service


@pytest.mark.parametrize("kind", TYPES)
def test_every_documented_type_has_a_sentence_of_ours(kind):
    event = finding(type=kind, title="AWS says so.", resource=WHOLE)
    alert = telling(Finding.model_validate(event.detail))

    assert faults(event, alert) == []
    assert "AWS says" not in alert.title


@pytest.mark.parametrize(
    ("kind", "changes", "title"),
    [
        (
            "UnauthorizedAccess:IAMUser/TorIPCaller",
            {"resource": {"resourceType": "AccessKey", "accessKeyDetails": KEY}},
            "Credentials of user backup are used from the Tor network: 198.51.100.7 (Netherlands)",
        ),
        (
            "Recon:EC2/PortProbeUnprotectedPort",
            {
                "resource": {"resourceType": "Instance", "instanceDetails": WHOLE["instanceDetails"]},
                "service": seen(
                    action={
                        "portProbeAction": {
                            "portProbeDetails": [
                                {"localPortDetails": {"port": port}, "remoteIpDetails": remote("Brazil")}
                                for port in (443, 22)
                            ]
                        }
                    }
                ),
            },
            "Attackers try the open ports 22, 443 of instance web (i-1), from 198.51.100.7 (Brazil)",
        ),
        (
            "CryptoCurrency:EC2/BitcoinTool.B!DNS",
            {
                "resource": {"resourceType": "Instance", "instanceDetails": {"instanceId": "i-1"}},
                "service": seen(action={"dnsRequestAction": {"domain": "pool.example"}}),
            },
            "Instance i-1 talks to a mining pool (cryptocurrency): pool.example",
        ),
        (
            "UnauthorizedAccess:EC2/SSHBruteForce",
            {
                "resource": {"resourceType": "Instance", "instanceDetails": {"instanceId": "i-1"}},
                "service": seen(resourceRole="ACTOR"),
            },
            "Instance i-1 guesses passwords of other machines (SSH)",
        ),
        (
            "UnauthorizedAccess:EC2/TorClient",
            {
                "resource": {"resourceType": "Instance", "instanceDetails": {"instanceId": "i-1"}},
                "service": seen(
                    action={
                        "networkConnectionAction": {
                            "connectionDirection": "OUTBOUND",
                            "remoteIpDetails": remote(),
                        }
                    }
                ),
            },
            "Instance i-1 talks to the Tor network at 198.51.100.7 (Netherlands)",
        ),
        (
            "CredentialAccess:RDS/TorIPCaller.SuccessfulLogin",
            {
                "resource": {
                    "resourceType": "RDSDBInstance",
                    "rdsDbInstanceDetails": {"dbInstanceIdentifier": "orders"},
                }
            },
            "Somebody signed in to the database orders from the Tor network: 198.51.100.7 (Netherlands)",
        ),
        (
            "AttackSequence:S3/CompromisedData",
            {
                "resource": {"resourceType": "AttackSequence"},
                "service": seen(
                    detection={
                        "sequence": {
                            "resources": [{"name": "acme-payroll", "resourceType": "S3_BUCKET"}],
                            "signals": [
                                {"name": "s3:GetObject"},
                                {"name": "Exfiltration:S3/AnomalousBehavior"},
                            ],
                        }
                    }
                ),
            },
            "Data of bucket acme-payroll is probably being stolen: 2 signs of one attack",
        ),
    ],
)
def test_the_title_says_who_what_and_from_where(kind, changes, title):
    assert told(type=kind, title="AWS says so.", **changes).title == title


@pytest.mark.parametrize(
    ("theirs", "title"),
    [
        (
            "User AssumedRole : ci-deploy is doing something new.",
            "Role ci-deploy is doing something new: the bucket acme-payroll",
        ),
        ("Something is wrong with IAMUser/backup.", "Something is wrong with user backup"),
        ("The bucket acme-payroll is strange", "The bucket acme-payroll is strange"),
    ],
)
def test_awss_own_sentence_is_spoken_and_names_the_resource(theirs, title):
    assert told(type="NewDanger:S3/Quantum", title=theirs).title == title


def test_a_row_whose_names_are_missing_gives_way_to_awss_sentence():
    assert told(title="Objects are read oddly.", resource={}).title == "Objects are read oddly"


def test_what_ran_what_was_found_and_which_list_says_so_are_told():
    service = seen(
        runtimeDetails={"process": {"name": "xmrig", "executablePath": "/tmp/xmrig", "user": "root"}},
        evidence={"threatIntelligenceDetails": [{"threatListName": "ProofPoint", "threatNames": ["Mining"]}]},
        malwareScanDetails={"threats": [{"name": "EICAR-Test-File"}, {"name": "EICAR-Test-File"}]},
    )
    alert = told(type="Impact:Runtime/CryptoMinerExecuted", resource={}, service=service)

    assert [plain(line) for line in alert.story] == [
        "Program /tmp/xmrig by root",
        "Found: EICAR-Test-File",
        "On the threat list ProofPoint (Mining)",
    ]


def test_a_finding_that_names_nothing_has_a_title_all_the_same():
    alert = told(type="", title="", resource={})

    assert alert.title == "GuardDuty found something, and does not say what"
