"""The promises, one topic a file. Each says what holds, and its source.

A recording named as a source is one of the exchanges with the real server that the fidelity
certificate counts.
"""
