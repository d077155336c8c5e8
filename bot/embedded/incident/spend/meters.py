"""Everything at Acme that AWS counts: a row a meter, USD of an ordinary day at the time of the incident.

Nothing was ever spent in Tokyo. Prices: the AWS Pricing pages of eu-west-1 and us-east-1, rounded.
"""

from collections.abc import Iterator
from decimal import Decimal

from bot.embedded.incident.company import PROD, STAGING, Account
from bot.embedded.incident.spend.charge import Meter

# service, region, usage type, operation, USD a day, price of one, unit, rhythm, team, record
_PROD = """
EC2          eu-west-1 EU-BoxUsage:t3.large           RunInstances          6.5664 0.0912    Hrs      hours  web
EC2          eu-west-1 EU-BoxUsage:m6i.large          RunInstances          3.2    0.1333333 Hrs      hours  web       SavingsPlanCoveredUsage
EC2          eu-west-1 EU-BoxUsage:m6i.large          RunInstances         -3.2    0         Hrs      hours  web       SavingsPlanNegation
SavingsPlans NoRegion  ComputeSP:1yrNoUpfront         -                     2.4    0.1       Hrs      hours  -         SavingsPlanRecurringFee
EC2          eu-west-1 EU-BoxUsage:c6i.xlarge         RunInstances          2.31   0.1824    Hrs      office data
EC2          eu-west-1 EU-SpotUsage:c6i.large         RunInstances:SV001    0.58   0.0341    Hrs      busy   data
EC2Other     eu-west-1 EU-EBS:VolumeUsage.gp3         CreateVolume-Gp3      1.62   0.088     GB-Mo    steady web
EC2Other     eu-west-1 EU-EBS:SnapshotUsage           CreateSnapshot        0.41   0.05      GB-Mo    steady -
EC2Other     eu-west-1 EU-NatGateway-Hours            NatGateway            1.152  0.048     Hrs      hours  platform
EC2Other     eu-west-1 EU-NatGateway-Bytes            NatGateway            0.71   0.048     GB       busy   platform
EC2Other     eu-west-1 EU-DataTransfer-Out-Bytes      RunInstances          1.18   0.09      GB       busy   web
EC2Other     eu-west-1 EU-DataTransfer-Regional-Bytes PublicIP-In           0.22   0.01      GB       busy   -
RDS          eu-west-1 EU-InstanceUsage:db.t4g.medium CreateDBInstance:0014 3.456  0.072     Hrs      hours  payroll
RDS          eu-west-1 EU-RDS:GP3-Storage             CreateDBInstance:0014 0.83   0.127     GB-Mo    steady payroll
RDS          eu-west-1 EU-RDS:ChargedBackupUsage      CreateDBInstance:0014 0.12   0.095     GB-Mo    steady payroll
S3           eu-west-1 EU-TimedStorage-ByteHrs        StandardStorage       1.94   0.023     GB-Mo    steady data
S3           eu-west-1 EU-Requests-Tier1              PutObject             0.21   0.000005  Requests busy   data
S3           eu-west-1 EU-Requests-Tier2              GetObject             0.094  0.0000004 Requests busy   web
S3           eu-west-1 EU-DataTransfer-Out-Bytes      GetObject             0.31   0.09      GB       busy   web
S3           us-east-1 TimedStorage-ByteHrs           StandardStorage       0.087  0.023     GB-Mo    steady -
ELB          eu-west-1 EU-LoadBalancerUsage           LoadBalancing:Application 0.6048 0.0252 Hrs     hours  web
ELB          eu-west-1 EU-LCUUsage                    LoadBalancing:Application 0.33   0.008 LCU-Hrs  busy   web
Lambda       eu-west-1 EU-Lambda-GB-Second            Invoke                0.44   0.0000167 Lambda-GB-Second busy data
Lambda       eu-west-1 EU-Request                     Invoke                0.048  0.0000002 Requests busy   data
Lambda       us-east-1 Lambda-Edge-GB-Second          Invoke                0.031  0.00005   Lambda-GB-Second busy web
DynamoDB     eu-west-1 EU-ReadRequestUnits            PayPerRequestThroughput 0.13 0.00000014 ReadRequestUnits busy web
DynamoDB     eu-west-1 EU-WriteRequestUnits           PayPerRequestThroughput 0.27 0.0000007 WriteRequestUnits busy web
CloudFront   global    EU-DataTransfer-Out-Bytes      GET                   0.92   0.085     GB       busy   web
CloudFront   global    EU-Requests-Tier2-HTTPS        GET                   0.17   0.0000012 Requests busy   web
Route53      global    HostedZone                     HostedZone            2.0    0.5       HostedZone 1st  -
Route53      global    DNS-Queries                    A                     0.028  0.0000004 Queries  busy   -
CloudWatch   eu-west-1 EU-CW:MetricMonitorUsage       MetricStorage         0.36   0.3       Metrics  steady platform
CloudWatch   eu-west-1 EU-DataProcessing-Bytes        PutLogEvents          0.63   0.57      GB       busy   platform
CloudWatch   us-east-1 CW:AlarmMonitorUsage           Unknown               0.003  0.1       Alarms   steady platform
CloudTrail   eu-west-1 EU-DataEventsRecorded          None                  0.14   0.000001  Events   busy   security
GuardDuty    eu-west-1 EU-PaidEventsAnalyzed          None                  0.47   0.000004  Events   busy   security
GuardDuty    us-east-1 USE1-PaidEventsAnalyzed        None                  0.052  0.000004  Events   steady security
Config       eu-west-1 EU-ConfigurationItemRecorded   None                  0.16   0.003     ConfigurationItemRecorded office security
Config       us-east-1 USE1-ConfigurationItemRecorded None                  0.021  0.003     ConfigurationItemRecorded steady security
KMS          eu-west-1 eu-west-1-KMS-Keys             Unknown               0.131  1         Keys     steady security
KMS          eu-west-1 eu-west-1-KMS-Requests         Decrypt               0.019  0.000003  Requests busy   security
Secrets      eu-west-1 EU-AWSSecretsManager-Secrets   CreateSecret          0.079  0.4       Secrets  steady platform
SQS          eu-west-1 EU-Requests-Tier1              SendMessage           0.012  0.0000004 Requests busy   platform
Athena       eu-west-1 EU-DataScannedInTB             ExecuteQuery          0.058  5         Terabytes office data
WAF          global    WebACL                         Unknown               0.197  5         WebACL   steady web
CE           us-east-1 USE1-APIRequest                GetCostAndUsage       0.05   0.01      Requests office -
Support      NoRegion  Dollar                         -                    29.0    0         -        1st    -         Fee
EC2          NoRegion  Credit                         -                   -20.0    0         -        2nd    -         Credit
CloudFront   global    EU-DataTransfer-Out-Bytes      GET                  -7.42   0         GB       refund -         Refund
Tax          NoRegion  NoUsageType                    -                    71.37   0         -        1st    -         Tax
"""
_STAGING = """
EC2          eu-west-1 EU-BoxUsage:t3.medium          RunInstances          2.74   0.0456    Hrs      office web
EC2Other     eu-west-1 EU-EBS:VolumeUsage.gp3         CreateVolume-Gp3      0.53   0.088     GB-Mo    steady web
EC2Other     eu-west-1 EU-NatGateway-Hours            NatGateway            1.152  0.048     Hrs      hours  platform
EC2Other     eu-west-1 EU-DataTransfer-Out-Bytes      RunInstances          0.081  0.09      GB       office -
RDS          eu-west-1 EU-InstanceUsage:db.t4g.small  CreateDBInstance:0014 0.864  0.036     Hrs      hours  payroll
S3           eu-west-1 EU-TimedStorage-ByteHrs        StandardStorage       0.28   0.023     GB-Mo    steady web
S3           eu-west-1 EU-Requests-Tier1              PutObject             0.042  0.000005  Requests office -
Lambda       eu-west-1 EU-Lambda-GB-Second            Invoke                0.066  0.0000167 Lambda-GB-Second office data
CloudWatch   eu-west-1 EU-DataProcessing-Bytes        PutLogEvents          0.11   0.57      GB       office platform
Config       eu-west-1 EU-ConfigurationItemRecorded   None                  0.038  0.003     ConfigurationItemRecorded office security
GuardDuty    eu-west-1 EU-PaidEventsAnalyzed          None                  0.063  0.000004  Events   office security
SQS          us-east-1 Requests-Tier1                 SendMessage           0.0021 0.0000004 Requests steady -
Tax          NoRegion  NoUsageType                    -                    13.18   0         -        1st    -         Tax
"""


def _rows(account: Account, table: str) -> Iterator[Meter]:
    for line in table.strip().splitlines():
        service, region, usage, operation, daily, price, unit, rhythm, team, *record = line.split()
        yield Meter(
            account.id,
            service,
            region,
            usage,
            "NoOperation" if operation == "-" else operation,
            Decimal(daily),
            Decimal(price),
            "N/A" if unit == "-" else unit,
            rhythm,
            record[0] if record else "Usage",
            None if team == "-" else team,
        )


METERS = (*_rows(PROD, _PROD), *_rows(STAGING, _STAGING))
