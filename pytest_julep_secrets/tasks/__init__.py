"""What task definitions say of secrets. Pure: a parsed definition goes in."""
