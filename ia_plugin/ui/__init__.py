"""The dock: its widgets from .ui files, one class a file, and the controller that owns the tasks."""
