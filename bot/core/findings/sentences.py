"""What each kind of finding means, in one sentence: the table.

The most special name wins: `Purpose:On/Family.Mechanism`, then without the purpose, without the
mechanism, without both, then the family alone. `{who}` is the principal, `{thing}` what it is about,
`{bad}` the sort of address. A kind without a row is told in AWS's own words
(docs: guardduty_finding-types-active; reference: guardduty §7).
"""

_ODDLY = "in an unusual way"
_POOL = "a mining pool (cryptocurrency)"
_HOME = "a known command-and-control server"

PEOPLE = {
    "CredentialAccess:IAMUser/AnomalousBehavior": f"{{who}} collects passwords or keys {_ODDLY}",
    "DefenseEvasion:IAMUser/AnomalousBehavior": f"{{who}} weakens what watches the account {_ODDLY}",
    "Discovery:IAMUser/AnomalousBehavior": f"{{who}} looks around the account {_ODDLY}",
    "Exfiltration:IAMUser/AnomalousBehavior": f"{{who}} takes data out {_ODDLY}",
    "Impact:IAMUser/AnomalousBehavior": f"{{who}} changes or deletes things {_ODDLY}",
    "InitialAccess:IAMUser/AnomalousBehavior": f"{{who}} gets into the account {_ODDLY}",
    "Persistence:IAMUser/AnomalousBehavior": f"{{who}} makes ways to stay in {_ODDLY}",
    "PrivilegeEscalation:IAMUser/AnomalousBehavior": f"{{who}} takes more rights {_ODDLY}",
    "IAMUser/InstanceCredentialExfiltration.OutsideAWS": "credentials of {thing} are used outside AWS",
    "IAMUser/InstanceCredentialExfiltration.InsideAWS": "credentials of {thing} are used in another account",
    "IAMUser/ConsoleLoginSuccess": "{who} signed in to the console from places far apart",
    "IAMUser/MaliciousIPCaller": "credentials of {who} are used from {bad}",
    "IAMUser/TorIPCaller": "credentials of {who} are used from {bad}",
    "IAMUser/RootCredentialUsage": "the root user is used",
    "IAMUser/ShortTermRootCredentialUsage": "short-lived credentials of the root user are used",
    "IAMUser/CloudTrailLoggingDisabled": "{who} switched a trail of CloudTrail off",
    "IAMUser/PasswordPolicyChange": "{who} weakened the password policy",
    "IAMUser/BedrockLoggingDisabled": "{who} switched off the log of AI model calls",
    "IAMUser/AnomalousModelInvocation": f"{{who}} calls AI models {_ODDLY}",
    "IAMUser/KaliLinux": "credentials of {who} are used from a machine made for attacks (Kali Linux)",
    "IAMUser/ParrotLinux": "credentials of {who} are used from a machine made for attacks (Parrot Linux)",
    "IAMUser/PentooLinux": "credentials of {who} are used from a machine made for attacks (Pentoo Linux)",
    "AttackSequence:IAM/CompromisedCredentials": "the credentials of {who} are probably in other hands",
}

DATA = {
    "Discovery:S3/AnomalousBehavior": f"{{who}} looks through {{thing}} {_ODDLY}",
    "Exfiltration:S3/AnomalousBehavior": f"{{who}} reads {{thing}} {_ODDLY}",
    "Impact:S3/AnomalousBehavior.Delete": f"{{who}} deletes from {{thing}} {_ODDLY}",
    "Impact:S3/AnomalousBehavior.Permission": f"{{who}} changes who may reach {{thing}} {_ODDLY}",
    "Impact:S3/AnomalousBehavior.Write": f"{{who}} writes to {{thing}} {_ODDLY}",
    "Exfiltration:S3/MaliciousIPCaller": "{thing} is read from {bad}",
    "Impact:S3/MaliciousIPCaller": "{thing} is changed from {bad}",
    "S3/MaliciousIPCaller": "{thing} is reached from {bad}",
    "S3/TorIPCaller": "{thing} is reached from {bad}",
    "S3/KaliLinux": "{thing} is reached from a machine made for attacks (Kali Linux)",
    "S3/ParrotLinux": "{thing} is reached from a machine made for attacks (Parrot Linux)",
    "S3/PentooLinux": "{thing} is reached from a machine made for attacks (Pentoo Linux)",
    "S3/BucketAnonymousAccessGranted": "{who} opened {thing} to anyone on the internet",
    "S3/BucketPublicAccessGranted": "{who} opened {thing} to everyone with an AWS account",
    "S3/AccountBlockPublicAccessDisabled": "{who} switched off the account's block of public access",
    "S3/BucketBlockPublicAccessDisabled": "{who} switched off the block of public access of {thing}",
    "S3/ServerAccessLoggingDisabled": "{who} switched off the access log of {thing}",
    "S3/MaliciousFile": "a malicious file was put into {thing}",
    "AttackSequence:S3/CompromisedData": "data of {thing} is probably being stolen",
    "RDS/AnomalousBehavior.SuccessfulLogin": f"somebody signed in to {{thing}} {_ODDLY}",
    "RDS/AnomalousBehavior.SuccessfulBruteForce": "somebody guessed a password of {thing}",
    "RDS/AnomalousBehavior.FailedLogin": f"somebody tries to sign in to {{thing}} {_ODDLY}",
    "RDS/MaliciousIPCaller.SuccessfulLogin": "somebody signed in to {thing} from {bad}",
    "RDS/MaliciousIPCaller.FailedLogin": "somebody tries to sign in to {thing} from {bad}",
    "RDS/TorIPCaller.SuccessfulLogin": "somebody signed in to {thing} from {bad}",
    "RDS/TorIPCaller.FailedLogin": "somebody tries to sign in to {thing} from {bad}",
    "RDS/MaliciousIPCaller": "{thing} is reached from {bad}",
    "RDS/TorIPCaller": "{thing} is reached from {bad}",
}

MACHINES = {
    "C&CActivity": f"{{thing}} talks to {_HOME}",
    "BitcoinTool": f"{{thing}} talks to {_POOL}",
    "BitcoinDomainRequest": f"{{thing}} asks for {_POOL}",
    "CryptoMinerExecuted": "{thing} runs a program that mines cryptocurrency",
    "DenialOfService": "{thing} may be part of a denial-of-service attack",
    "Spambot": "{thing} may be sending spam",
    "NetworkPortUnusual": "{thing} uses a port that it never used",
    "TrafficVolumeUnusual": "{thing} sends an unusual amount of data",
    "UnusualDNSResolver": "{thing} asks a DNS server that it never asked",
    "UnusualDoHActivity": "{thing} hides its DNS questions (over HTTPS)",
    "UnusualDoTActivity": "{thing} hides its DNS questions (over TLS)",
    "AbusedDomainRequest": "{thing} asks for a name that is often abused",
    "MaliciousDomainRequest": "{thing} asks for a known malicious name",
    "SuspiciousDomainRequest": "{thing} asks for a suspicious name",
    "DGADomainRequest": "{thing} asks for names made by a program, as malware does",
    "DNSDataExfiltration": "{thing} sends data out, hidden in DNS questions",
    "DriveBySourceTraffic": "{thing} asks for a site that infects its visitors",
    "PhishingDomainRequest": "{thing} asks for a phishing site",
    "BlackholeTraffic": "{thing} talks to a black hole, as malware does whose server is gone",
    "DropPoint": "{thing} talks to a place where stolen data is dropped",
    "MetadataDNSRebind": "{thing} asks for a name that leads to its own credentials",
    "PortSweep": "{thing} tries one port on many machines",
    "Portscan": "{thing} tries many ports on another machine",
    "PortProbeUnprotectedPort": "attackers try the open {ports} of {thing}",
    "PortProbeEMRUnprotectedPort": "attackers try the open {ports} of {thing} (EMR)",
    "SSHBruteForce": "somebody guesses passwords of {thing} (SSH)",
    "RDPBruteForce": "somebody guesses passwords of {thing} (remote desktop)",
    "WinRMBruteForce": "somebody guesses passwords of {thing} (Windows remote management)",
    "TorClient": "{thing} talks to the Tor network",
    "TorRelay": "{thing} works for the Tor network as a relay",
    "EC2/MaliciousIPCaller": "{thing} talks to {bad}",
    "Lambda/MaliciousIPCaller": "{thing} talks to {bad}",
    "AttackSequence:EC2/CompromisedInstanceGroup": "a group of instances is probably taken over",
    "AttackSequence:EKS/CompromisedCluster": "{thing} is probably taken over",
    "AttackSequence:ECS/CompromisedCluster": "{thing} is probably taken over",
}

ATTACKERS = {
    "SSHBruteForce": "{thing} guesses passwords of other machines (SSH)",
    "RDPBruteForce": "{thing} guesses passwords of other machines (remote desktop)",
    "WinRMBruteForce": "{thing} guesses passwords of other machines (Windows remote management)",
}
"""The same families when the resource is the one that does it."""
