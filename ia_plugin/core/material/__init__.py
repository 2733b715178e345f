"""What a filter keeps of the summary tables, and the figures of it."""
