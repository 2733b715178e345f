"""How long tests wait for what a window does beside them: on a machine that does much else a second's work takes a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 300.0  # costs nothing where things happen: a wait ends with what it waits for


def wait(done: Callable[[], bool]) -> None:
    """Run Qt's events until it is done, asked again where other work was begun in the moment that it was."""
    from pytest_qgis.utils import wait_until

    ends = time.monotonic() + PATIENCE_S
    while not wait_until(done, timeout_milliseconds=int(PATIENCE_S * 1000)):
        assert time.monotonic() < ends, "it did not happen"
