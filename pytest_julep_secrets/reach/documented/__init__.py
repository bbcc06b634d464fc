"""The calls that Julep's documentation describes, put into the SDK, which has none of them."""
