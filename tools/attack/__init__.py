"""Attacks on the plugin by its own makers: seeded programs that try to break a promise, and say what they found."""
