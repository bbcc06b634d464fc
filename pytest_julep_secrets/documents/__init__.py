"""YAML and JSON of which each string knows where it stands. Pure: a text goes in."""
