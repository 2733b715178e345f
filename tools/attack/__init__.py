"""Attacks on the project itself, each seeded, each with a small run in the tests."""
