"""Test code that keeps secrets in Julep."""
