"""The guards' rules for files: nothing is run. A kind of file is one module."""
