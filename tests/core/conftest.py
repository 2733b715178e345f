"""Settings of the core's tests: no deadlines, for a shared machine's clock proves nothing."""

from hypothesis import settings

settings.register_profile("core", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("core")
