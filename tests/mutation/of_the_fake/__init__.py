"""Mutants of the fake, and who notices them: the recordings, the contract, its own tests."""
