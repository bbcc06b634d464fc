"""What the plugin costs, as ratios against named peers measured in the same run.

`python -m bench` prints a table; `--json FILE` keeps every round. It judges nothing: times are
a machine's own, and no test asserts one.
"""
