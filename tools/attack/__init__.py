"""The project's own attacks: seeded programs that try to break a promise, each with its figure on the last line."""
