"""The fake: an in-memory Julep secrets server as a plain object. No pytest, no httpx, no files.

A `Call` goes in, a `Reply` comes out: `FakeServer().answer(call)`.
"""
