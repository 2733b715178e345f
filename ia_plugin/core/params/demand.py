"""Parameters of calls for service and recorded crime."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Params, declare


@dataclass(frozen=True)
class CallsCrimeParams(Params):
    """Which calls are held against which crimes."""

    calls: str = declare(
        "",
        "Calls",
        "Categories, key types or kinds of calls for service, with commas. Left empty, all incidents that the public reported.",
    )
    crimes: str = declare(
        "",
        "Crimes",
        "Key types, categories or kinds of crimes, with commas: each is held against the calls by itself, the first three as declared "
        "comparisons. Left empty, all crimes are the declared comparison, and each key type is exploratory.",
    )
    lags: int = declare(
        3,
        "Periods apart",
        "Calls of a period are held against crimes of so many periods before and after as well.",
        minimum=0,
        maximum=12,
    )
    resamples: int = declare(
        999,
        "Resamples",
        "How often areas and blocks of time are drawn anew for the likely range.",
        minimum=99,
        maximum=20_000,
        advanced=True,
    )
