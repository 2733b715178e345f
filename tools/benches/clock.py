"""Seconds by the clock and of cores: on a machine that others use, the second tells of the work."""

from __future__ import annotations

import os
import time
from typing import Any, Callable


def core_seconds() -> float:
    """Seconds of all cores that this process and those it has waited for took so far."""
    return sum(os.times()[:4])


def clocked(work: Callable[[], Any], runs: int = 1) -> dict[str, float]:
    """``seconds`` and ``cores`` of the run that lay in the middle by its cores' seconds."""
    found = []
    for _ in range(runs):
        began, cores = time.perf_counter(), core_seconds()
        work()
        found.append((core_seconds() - cores, time.perf_counter() - began))
    took, seconds = sorted(found)[runs // 2]
    return {"seconds": seconds, "cores": took}
