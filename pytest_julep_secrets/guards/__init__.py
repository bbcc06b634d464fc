"""What a test must not do, and what becomes of it when it does. Pure: no pytest, no files."""
