"""Widgets that know nothing of the force: lists to choose from, a hint, the paper of a chart."""
