# The script of Julep's guide "Common Secrets Patterns", with its indentation.
import os
from julep import Julep

client = Julep(api_key="your_api_key")

# List of environment variables to migrate
env_vars_to_migrate = [
    "OPENAI_API_KEY",
    "STRIPE_SECRET_KEY",
    "DATABASE_URL",
    "AUTH_TOKEN"
]

# Migrate each environment variable to a Julep secret
for env_var in env_vars_to_migrate:
    value = os.environ.get(env_var)
    if value:
        try:
            client.secrets.create(
                name=env_var.lower(),  # Convert to snake_case
                value=value,
                description=f"Migrated from environment variable {env_var}"
            )
            print(f"Successfully migrated {env_var} to Julep secret")
        except Exception as e:
            print(f"Failed to migrate {env_var}: {e}")
    else:
        print(f"Environment variable {env_var} not found")
