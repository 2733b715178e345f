"""The project's own attacks: programs that try to break what it promises, each with a seed and a figure on its last line."""
