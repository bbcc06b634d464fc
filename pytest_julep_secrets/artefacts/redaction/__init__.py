"""Values out of what a test run leaves behind: what is rewritten, how safely, what is refused."""
