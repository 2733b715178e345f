"""Programs that try to break the plugin: seeded, each with a figure on its last line and a small run in the tests."""
