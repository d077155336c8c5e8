"""Findings as EventBridge brings them, made of our own event, and every documented type."""

import json
from itertools import product
from pathlib import Path

from bot.pipeline.reading import unwrap

EVENTS = Path(__file__).parents[2] / "events/guardduty"
FIRES = json.loads((EVENTS / "fires.json").read_text())

_EVERYWHERE = (
    *("Backdoor:{}/C&CActivity.B", "Backdoor:{}/C&CActivity.B!DNS", "CryptoCurrency:{}/BitcoinTool.B"),
    *("CryptoCurrency:{}/BitcoinTool.B!DNS", "Trojan:{}/BlackholeTraffic", "Trojan:{}/BlackholeTraffic!DNS"),
    *("Trojan:{}/DropPoint", "Trojan:{}/DropPoint!DNS", "UnauthorizedAccess:{}/TorClient"),
    *("UnauthorizedAccess:{}/TorRelay", "UnauthorizedAccess:{}/MetadataDNSRebind"),
    *("Impact:{}/AbusedDomainRequest.Reputation", "Impact:{}/BitcoinDomainRequest.Reputation"),
    *("Impact:{}/MaliciousDomainRequest.Reputation", "Impact:{}/SuspiciousDomainRequest.Reputation"),
    *("Trojan:{}/DGADomainRequest.C!DNS", "Trojan:{}/DriveBySourceTraffic!DNS"),
    "Trojan:{}/PhishingDomainRequest!DNS",
)
_ODD = ("CredentialAccess", "DefenseEvasion", "Discovery", "Exfiltration", "Impact", "InitialAccess")
_CALLERS = ("MaliciousIPCaller", "MaliciousIPCaller.Custom", "TorIPCaller")

# docs: guardduty_finding-types-active (reference: guardduty §7).
TYPES = (
    *(form.format(on) for on, form in product(("EC2", "Runtime"), _EVERYWHERE)),
    *(f"{purpose}:IAMUser/AnomalousBehavior" for purpose in (*_ODD, "Persistence", "PrivilegeEscalation")),
    *(
        f"{purpose}:IAMUser/{caller}"
        for purpose, caller in product(("Recon", "UnauthorizedAccess"), _CALLERS)
    ),
    *(f"PenTest:{on}/{kind}Linux" for on, kind in product(("IAMUser", "S3"), ("Kali", "Parrot", "Pentoo"))),
    *(f"{purpose}:S3/{caller}" for purpose, caller in product(("Discovery", "UnauthorizedAccess"), _CALLERS)),
    *(
        "Discovery:S3/AnomalousBehavior",
        "Exfiltration:S3/AnomalousBehavior",
        "Exfiltration:S3/MaliciousIPCaller",
    ),
    *(f"Impact:S3/AnomalousBehavior.{kind}" for kind in ("Delete", "Permission", "Write")),
    *("Impact:S3/MaliciousIPCaller", "Object:S3/MaliciousFile", "Stealth:S3/ServerAccessLoggingDisabled"),
    *("Policy:S3/AccountBlockPublicAccessDisabled", "Policy:S3/BucketAnonymousAccessGranted"),
    *("Policy:S3/BucketBlockPublicAccessDisabled", "Policy:S3/BucketPublicAccessGranted"),
    *("UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B", "Policy:IAMUser/RootCredentialUsage"),
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS",
    *("Policy:IAMUser/ShortTermRootCredentialUsage", "Stealth:IAMUser/CloudTrailLoggingDisabled"),
    *("Stealth:IAMUser/PasswordPolicyChange", "DefenseEvasion:IAMUser/BedrockLoggingDisabled"),
    *(f"Backdoor:EC2/DenialOfService.{kind}" for kind in ("Dns", "Tcp", "Udp", "UdpOnTcpPorts")),
    *(
        "Backdoor:EC2/DenialOfService.UnusualProtocol",
        "Backdoor:EC2/Spambot",
        "Behavior:EC2/NetworkPortUnusual",
    ),
    *("Behavior:EC2/TrafficVolumeUnusual", "DefenseEvasion:EC2/UnusualDNSResolver"),
    *(
        "DefenseEvasion:EC2/UnusualDoHActivity",
        "DefenseEvasion:EC2/UnusualDoTActivity",
        "Impact:EC2/PortSweep",
    ),
    *(
        "Impact:EC2/WinRMBruteForce",
        "Recon:EC2/PortProbeUnprotectedPort",
        "Recon:EC2/PortProbeEMRUnprotectedPort",
    ),
    *("Recon:EC2/Portscan", "Trojan:EC2/DGADomainRequest.B", "Trojan:EC2/DNSDataExfiltration"),
    *("UnauthorizedAccess:EC2/RDPBruteForce", "UnauthorizedAccess:EC2/SSHBruteForce"),
    *(
        "UnauthorizedAccess:EC2/MaliciousIPCaller.Custom",
        "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom",
    ),
    *("Backdoor:Lambda/C&CActivity.B", "UnauthorizedAccess:Lambda/TorClient"),
    *(
        f"{purpose}:Kubernetes/{caller}"
        for purpose, caller in product(
            ("CredentialAccess", "DefenseEvasion", "Discovery", "Impact", "Persistence"),
            (*_CALLERS, "SuccessfulAnonymousAccess"),
        )
    ),
    *("Policy:Kubernetes/AdminAccessToDefaultServiceAccount", "Policy:Kubernetes/AnonymousAccessGranted"),
    *("Policy:Kubernetes/ExposedDashboard", "Policy:Kubernetes/KubeflowDashboardExposed"),
    *(
        "Persistence:Kubernetes/ContainerWithSensitiveMount",
        "PrivilegeEscalation:Kubernetes/PrivilegedContainer",
    ),
    *("Execution:Kubernetes/ExecInKubeSystemPod", "Execution:Kubernetes/AnomalousBehavior.ExecInPod"),
    "CredentialAccess:Kubernetes/AnomalousBehavior.SecretsAccessed",
    "Discovery:Kubernetes/AnomalousBehavior.PermissionChecked",
    "PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleBindingCreated",
    "PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleCreated",
    "Execution:Kubernetes/AnomalousBehavior.WorkloadDeployed",
    "Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount",
    "PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer",
    *(f"CredentialAccess:RDS/AnomalousBehavior.{how}" for how in ("SuccessfulLogin", "SuccessfulBruteForce")),
    "CredentialAccess:RDS/AnomalousBehavior.FailedLogin",
    *(
        f"CredentialAccess:RDS/{caller}.{how}"
        for caller, how in product(("MaliciousIPCaller", "TorIPCaller"), ("SuccessfulLogin", "FailedLogin"))
    ),
    *("Discovery:RDS/MaliciousIPCaller", "Discovery:RDS/TorIPCaller"),
    *(
        f"Execution:{on}/{kind}File"
        for on, kind in product(("EC2", "ECS", "Kubernetes", "Container"), ("Malicious", "Suspicious"))
    ),
    *("Execution:EC2/MaliciousFile!Snapshot", "Execution:EC2/MaliciousFile!AMI"),
    *("Execution:EC2/MaliciousFile!RecoveryPoint", "Execution:S3/MaliciousFile!RecoveryPoint"),
    *("DefenseEvasion:Runtime/KernelModuleLoaded", "DefenseEvasion:Runtime/ProcessInjection.Proc"),
    *(
        "DefenseEvasion:Runtime/ProcessInjection.VirtualMemoryWrite",
        "DefenseEvasion:Runtime/ProcessInjection.Ptrace",
    ),
    *("DefenseEvasion:Runtime/FilelessExecution", "DefenseEvasion:Runtime/PtraceAntiDebugging"),
    *(f"{p}:Runtime/SuspiciousCommand" for p in ("DefenseEvasion", "Execution", "Persistence", "Discovery")),
    *(
        "Execution:Runtime/MaliciousFileExecuted",
        "Execution:Runtime/ReverseShell",
        "Execution:Runtime/SuspiciousTool",
    ),
    *(
        "Execution:Runtime/NewBinaryExecuted",
        "Execution:Runtime/NewLibraryLoaded",
        "Impact:Runtime/CryptoMinerExecuted",
    ),
    *("Execution:Runtime/SuspiciousShellCreated", "PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified"),
    *(
        "PrivilegeEscalation:Runtime/RuncContainerEscape",
        "PrivilegeEscalation:Runtime/ContainerMountsHostDirectory",
    ),
    *("PrivilegeEscalation:Runtime/DockerSocketAccessed", "PrivilegeEscalation:Runtime/ElevationToRoot"),
    *("PrivilegeEscalation:Runtime/UserfaultfdUsage", "AttackSequence:EKS/CompromisedCluster"),
    *("AttackSequence:ECS/CompromisedCluster", "AttackSequence:EC2/CompromisedInstanceGroup"),
    *("AttackSequence:IAM/CompromisedCredentials", "AttackSequence:S3/CompromisedData"),
)


def finding(**changes):
    """Our own finding with other fields at its top."""
    return unwrap(json.dumps(FIRES | {"detail": FIRES["detail"] | changes}))
