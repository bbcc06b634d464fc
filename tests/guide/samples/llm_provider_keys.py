# Python SDK
client.secrets.create(
    name="OPENAI_API_KEY",
    value="sk-..."
)
