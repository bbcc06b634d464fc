"""Julep's guide "Common Secrets Patterns", section by section."""
