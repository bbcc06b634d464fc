"""The server's rules, one idea a file, each under its source. Pure functions."""
