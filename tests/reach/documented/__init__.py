"""The documented surface in the real SDK, on a fake."""
