"""Values out of what a test run leaves behind: what is rewritten, what is refused, and how safely."""
