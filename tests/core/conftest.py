"""Settings of the core's tests: no deadlines, for a shared machine's clock proves nothing; a third of the examples where long tests are left out."""

import pytest
from hypothesis import settings


def pytest_configure(config: pytest.Config) -> None:
    examples = 20 if "not long" in config.option.markexpr else 60
    settings.register_profile("core", deadline=None, max_examples=examples, derandomize=True)
    settings.load_profile("core")
