# Python SDK
from julep.exceptions import SecretNotFoundError, ValidationError

try:
    secret = client.secrets.get(name="non_existent_secret")
except SecretNotFoundError:
    # Handle missing secret
    print("Secret not found, using default value")
except ValidationError as e:
    # Handle validation error
    print(f"Invalid secret name: {e}")
