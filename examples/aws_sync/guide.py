# The script of Julep's guide "Common Secrets Patterns", with its indentation.
# Example syncing AWS Secrets Manager to Julep
import boto3
from julep import Julep

# Initialize clients
julep_client = Julep(api_key="your_api_key")
aws_client = boto3.client('secretsmanager')

# Get secrets from AWS
response = aws_client.list_secrets()
for secret in response['SecretList']:
    # Get the secret value
    secret_value = aws_client.get_secret_value(SecretId=secret['ARN'])

    # Create or update the secret in Julep
    try:
        julep_client.secrets.create(
            name=f"aws_{secret['Name']}",
            value=secret_value['SecretString'],
            description=f"Synced from AWS Secrets Manager: {secret['Name']}",
            metadata={
                "source": "aws",
                "arn": secret['ARN'],
                "sync_date": datetime.now().isoformat()
            }
        )
        print(f"Synced secret {secret['Name']}")
    except Exception:
        # Secret already exists, update it
        julep_client.secrets.update(
            name=f"aws_{secret['Name']}",
            value=secret_value['SecretString'],
            metadata={
                "source": "aws",
                "arn": secret['ARN'],
                "sync_date": datetime.now().isoformat()
            }
        )
        print(f"Updated secret {secret['Name']}")
