"""What a test run leaves behind: found, opened, searched, redacted. The only files we open."""
