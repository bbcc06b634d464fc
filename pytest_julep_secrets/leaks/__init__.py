"""Values looked for in text. Pure: text in, findings or redacted text out. No pytest, no files."""
