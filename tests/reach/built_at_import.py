"""A module that builds a client when it is imported. `build` is put here by the test."""

CLIENT = build()  # type: ignore[name-defined] # noqa: F821
