"""How long tests wait for what a window does beside them: on a machine that does much else a second's work takes a minute."""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable

PATIENCE_S = 300.0  # costs nothing where things happen: a wait ends with what it waits for


def wait(done: Callable[[], bool]) -> None:
    """Run Qt's events until it is done, asked again where other work was begun in the moment that it was.

    What did not happen is told with where each thread is, what was logged since the wait began, and QGIS's own list of tasks.
    """
    from pytest_qgis.utils import wait_until
    from qgis.core import QgsApplication

    heard: list[str] = []
    hear = lambda text, tab, _level: heard.append(f"{tab}: {text}")  # noqa: E731
    QgsApplication.messageLog().messageReceived.connect(hear)
    ends = time.monotonic() + PATIENCE_S
    try:
        while not wait_until(done, timeout_milliseconds=int(PATIENCE_S * 1000)):
            if time.monotonic() >= ends:
                faulthandler.dump_traceback(sys.__stderr__)
                tasks = [f"{t.description()}: status {t.status()}" for t in QgsApplication.taskManager().tasks()]
                raise AssertionError(f"it did not happen; logged: {heard}; tasks of QGIS: {tasks}")
    finally:
        QgsApplication.messageLog().messageReceived.disconnect(hear)
