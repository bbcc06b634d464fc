"""How what was found in files is told: one format a file."""
