"""Looks a key up over the list of all secrets, which no fake can know the meaning of."""


def stripe_key_id(client):
    for secret in client.secrets.list():
        if secret.name == "prod_stripe_key":
            return secret.id
    return None


def replace(client, secret_id):
    value = "sk_live_" + "51HqLyjWDarjtT1zdp7dcKq9"  # made up
    client.secrets.update(secret_id, name="stripe_key", value=value)
