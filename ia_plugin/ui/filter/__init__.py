"""The filter bar and its controls: the one filter state, with undo, saved views and shift presets."""
