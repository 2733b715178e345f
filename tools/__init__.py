"""Programs that make something in the repository. None of them is part of the plugin."""
