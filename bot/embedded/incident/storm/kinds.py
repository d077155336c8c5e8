"""What a storm consists of: GuardDuty's types, the severity of each by AWS's table, how often it comes, what was seen.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
"""

from typing import Literal, NamedTuple

Seen = Literal["probe", "in", "out", "dns"]


class Kind(NamedTuple):
    """One type; `port` is the machine's own, or of what it talks to; `domain` what it asks for."""

    type: str
    severity: float
    weight: int
    seen: Seen
    port: int = 443
    domain: str = ""


KINDS: tuple[Kind, ...] = (
    Kind("Recon:EC2/PortProbeUnprotectedPort", 2, 5_200, "probe", 22),
    Kind("UnauthorizedAccess:EC2/SSHBruteForce", 2, 1_900, "in", 22),
    Kind("UnauthorizedAccess:EC2/RDPBruteForce", 2, 700, "in", 3389),
    Kind("Impact:EC2/WinRMBruteForce", 2, 260, "in", 5985),
    Kind("Recon:EC2/PortProbeEMRUnprotectedPort", 8, 40, "probe", 8088),
    Kind("Recon:EC2/Portscan", 5, 220, "out", 445),
    Kind("Impact:EC2/PortSweep", 8, 60, "out", 22),
    Kind("Behavior:EC2/NetworkPortUnusual", 5, 240, "out", 8333),
    Kind("Behavior:EC2/TrafficVolumeUnusual", 5, 180, "out"),
    Kind("Backdoor:EC2/C&CActivity.B", 8, 30, "out"),
    Kind("Backdoor:EC2/C&CActivity.B!DNS", 8, 40, "dns", domain="c2.edge.example"),
    Kind("Backdoor:EC2/DenialOfService.Dns", 8, 20, "out", 53),
    Kind("Backdoor:EC2/DenialOfService.Tcp", 8, 20, "out", 80),
    Kind("Backdoor:EC2/DenialOfService.Udp", 8, 20, "out", 123),
    Kind("Backdoor:EC2/DenialOfService.UdpOnTcpPorts", 8, 15, "out", 80),
    Kind("Backdoor:EC2/DenialOfService.UnusualProtocol", 8, 10, "out"),
    Kind("Backdoor:EC2/Spambot", 5, 60, "out", 25),
    Kind("CryptoCurrency:EC2/BitcoinTool.B", 8, 25, "out", 3333),
    Kind("CryptoCurrency:EC2/BitcoinTool.B!DNS", 8, 35, "dns", domain="pool.mining.example"),
    Kind("DefenseEvasion:EC2/UnusualDNSResolver", 5, 60, "out", 53),
    Kind("DefenseEvasion:EC2/UnusualDoHActivity", 5, 40, "out"),
    Kind("DefenseEvasion:EC2/UnusualDoTActivity", 5, 30, "out", 853),
    Kind("Impact:EC2/AbusedDomainRequest.Reputation", 5, 120, "dns", domain="files.share-it.example"),
    Kind("Impact:EC2/BitcoinDomainRequest.Reputation", 8, 30, "dns", domain="pool.mining.example"),
    Kind("Impact:EC2/MaliciousDomainRequest.Reputation", 8, 40, "dns", domain="update.cdn-edge.example"),
    Kind("Impact:EC2/SuspiciousDomainRequest.Reputation", 2, 200, "dns", domain="stats.fresh-name.example"),
    Kind("Trojan:EC2/BlackholeTraffic", 5, 50, "out"),
    Kind("Trojan:EC2/BlackholeTraffic!DNS", 5, 50, "dns", domain="gone.sinkhole.example"),
    Kind("Trojan:EC2/DGADomainRequest.B", 8, 30, "dns", domain="qx7f0zk2vb.example"),
    Kind("Trojan:EC2/DNSDataExfiltration", 8, 15, "dns", domain="a9f3k2d1.drop.example"),
    Kind("Trojan:EC2/DriveBySourceTraffic!DNS", 8, 20, "dns", domain="ads.drive-by.example"),
    Kind("Trojan:EC2/DropPoint", 5, 25, "out"),
    Kind("Trojan:EC2/PhishingDomainRequest!DNS", 8, 20, "dns", domain="login.acme-pay.example"),
    Kind("UnauthorizedAccess:EC2/MaliciousIPCaller.Custom", 5, 90, "out"),
    Kind("UnauthorizedAccess:EC2/MetadataDNSRebind", 8, 10, "dns", domain="rebind.local-name.example"),
    Kind("UnauthorizedAccess:EC2/TorClient", 8, 40, "out", 9001),
    Kind("UnauthorizedAccess:EC2/TorRelay", 8, 15, "out", 9001),
)

CRITICAL = (
    "AttackSequence:EC2/CompromisedInstanceGroup",
    "AttackSequence:IAM/CompromisedCredentials",
    "AttackSequence:S3/CompromisedData",
)
"""The three that must not drown."""
