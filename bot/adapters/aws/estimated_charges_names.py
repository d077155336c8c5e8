"""EstimatedCharges' names of services, as Cost Explorer and people call them, so that both sources can be compared."""

_PLAIN = """
AWSAppSync=AWS AppSync
AWSBackup=AWS Backup
AWSBudgets=AWS Budgets
AWSCloudTrail=AWS CloudTrail
AWSCodeArtifact=AWS CodeArtifact
AWSCodeCommit=AWS CodeCommit
AWSCodePipeline=AWS CodePipeline
AWSConfig=AWS Config
AWSCostExplorer=AWS Cost Explorer
AWSDataTransfer=AWS Data Transfer
AWSDatabaseMigrationSvc=AWS Database Migration Service
AWSDirectConnect=AWS Direct Connect
AWSDirectoryService=AWS Directory Service
AWSELB=Amazon Elastic Load Balancing
AWSEvents=CloudWatch Events
AWSFMS=AWS Firewall Manager
AWSGlobalAccelerator=AWS Global Accelerator
AWSGlue=AWS Glue
AWSIoT=AWS IoT
AWSLambda=AWS Lambda
AWSNetworkFirewall=AWS Network Firewall
AWSQueueService=Amazon Simple Queue Service
AWSSecretsManager=AWS Secrets Manager
AWSSecurityHub=AWS Security Hub
AWSServiceCatalog=AWS Service Catalog
AWSShield=AWS Shield
AWSStorageGateway=AWS Storage Gateway
AWSSupportBusiness=AWS Support (Business)
AWSSupportDeveloper=AWS Support (Developer)
AWSSupportEnterprise=AWS Support (Enterprise)
AWSSystemsManager=AWS Systems Manager
AWSTransfer=AWS Transfer Family
AWSXRay=AWS X-Ray
AmazonApiGateway=Amazon API Gateway
AmazonAthena=Amazon Athena
AmazonBedrock=Amazon Bedrock
AmazonCloudFront=Amazon CloudFront
AmazonCognito=Amazon Cognito
AmazonDetective=Amazon Detective
AmazonDocDB=Amazon DocumentDB (with MongoDB compatibility)
AmazonDynamoDB=Amazon DynamoDB
AmazonEC2=Amazon Elastic Compute Cloud
AmazonECR=Amazon EC2 Container Registry (ECR)
AmazonECS=Amazon Elastic Container Service
AmazonEFS=Amazon Elastic File System
AmazonEKS=Amazon Elastic Container Service for Kubernetes
AmazonES=Amazon OpenSearch Service
AmazonElastiCache=Amazon ElastiCache
AmazonFSx=Amazon FSx
AmazonGlacier=Amazon Glacier
AmazonGuardDuty=Amazon GuardDuty
AmazonInspectorV2=Amazon Inspector
AmazonKinesis=Amazon Kinesis
AmazonKinesisAnalytics=Amazon Kinesis Analytics
AmazonKinesisFirehose=Amazon Kinesis Firehose
AmazonLightsail=Amazon Lightsail
AmazonMQ=Amazon MQ
AmazonMSK=Amazon Managed Streaming for Apache Kafka
AmazonMWAA=Amazon Managed Workflows for Apache Airflow
AmazonMacie=Amazon Macie
AmazonNeptune=Amazon Neptune
AmazonQuickSight=Amazon QuickSight
AmazonRDS=Amazon Relational Database Service
AmazonRedshift=Amazon Redshift
AmazonRekognition=Amazon Rekognition
AmazonRoute53=Amazon Route 53
AmazonS3=Amazon Simple Storage Service
AmazonSES=Amazon Simple Email Service
AmazonSNS=Amazon Simple Notification Service
AmazonSageMaker=Amazon SageMaker
AmazonStates=AWS Step Functions
AmazonTextract=Amazon Textract
AmazonTimestream=Amazon Timestream
AmazonVPC=Amazon Virtual Private Cloud
AmazonWorkSpaces=Amazon WorkSpaces
ComputeSavingsPlans=Savings Plans for AWS Compute usage
ElasticMapReduce=Amazon Elastic MapReduce
awskms=AWS Key Management Service
awswaf=AWS WAF
"""
_NAMES = dict(line.split("=") for line in _PLAIN.split("\n") if line)


def readable(name: str) -> str:
    """`Amazon Simple Storage Service` for `AmazonS3`; what is not known stays as it is.

    `AmazonEC2` is one to CloudWatch and two to Cost Explorer: `… - Compute` and `EC2 - Other`.
    """
    return _NAMES.get(name, name)
