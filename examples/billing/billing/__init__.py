"""A small service that keeps its Stripe key in Julep."""
