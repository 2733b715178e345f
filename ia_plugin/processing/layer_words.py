"""Words of layers, guarded at the door as those of files are: what may name a person stands in no output."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import QgsProcessingParameterFile

from ..core.columns import EVENTS
from .base import ImpactAreaAlgorithm
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

    from ..core.privacy import Key

RELEASED = "RELEASED_WORDS"
_IDS = ("event_id", "officer_ids", "source_ref")
_OF_EVENTS = tuple(c.name for c in EVENTS.columns if c.kind == "str" and c.name not in _IDS)
_WHERE = ("unit", "department", "role", "resource_type")  # where "unknown" is no name of one
# What the columns of codes of the events table hold.
_CODES = "crime incident stop_search minute hour day month point snapped area none public police unknown current withdrawn superseded".split()
OF_OFFICERS = ("unit", "department", "role", "resource_type", "source", "reason", "radio_kind", "mode")
"""Columns of words that count by officers; those of events count by days."""


def declare_released(algorithm: ImpactAreaAlgorithm) -> None:
    """RELEASED_WORDS, values that a person has looked at."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFile(RELEASED, tr("Released words"), optional=True, extension="csv"),
        tr(
            "A CSV with a column words: values of units, reasons or categories that you have looked at and that name nobody. Other "
            "values that the plugin does not know read (withheld) until five officers, or of events five days, have them."
        ),
        advanced=True,
    )


def released_words(run: Run) -> tuple[str, ...]:
    """The values of RELEASED_WORDS."""
    from ..core.imports.word_recurrence import read_released

    known = [p.name() for p in run.algorithm.parameterDefinitions()]
    return read_released(run.text(RELEASED)) if RELEASED in known and run.text(RELEASED) else ()


def guarded(run: Run, table: pd.DataFrame, what: str, *, by_days: bool = False) -> pd.DataFrame:
    """A table of a layer, its words kept or withheld; what is withheld is counted in a warning.

    Parameters
    ----------
    table : with ``officer_id`` and, where such ids last a day, ``start`` or ``time``; or of events with ``start``
    what : name of the layer's parameter, for the warning
    by_days : whether its words count by days (events), not by officers
    """
    from ..core.events.word_days import days_of, words_of_events
    from ..core.imports.accounts import Account, withheld_sentences
    from ..core.imports.word_recurrence import RecurringWords, of_fullest_day
    from ..core.references import NOBODY, NOTHING
    from ..core.texts import holds_text

    names: Iterable[str] = _OF_EVENTS if by_days else OF_OFFICERS
    names = [n for n in names if n in table.columns and holds_text(table[n]) and table[n].notna().any()]
    if not names:
        return table
    result = table.set_axis(range(1, len(table) + 1))
    if by_days:
        words, who = words_of_events([*_CODES, *released_words(run)]), days_of(result["start"])
    else:
        words, who = RecurringWords(listed=released_words(run)), result["officer_id"].astype(object)
    account, collars = Account(what, "layer"), [] if by_days else _numbers(who)
    day = None if by_days else _days_of_ids(run, result)
    for name in names:
        having = who if day is None else of_fullest_day(result[name], who, day)
        result[name] = words.kept(result[name], name, having, account, collars, NOBODY if name in _WHERE else NOTHING)
    words.report(account)
    run.warn(*(f"{what}: {s}" for s in withheld_sentences(account.withheld)), *account.warnings())
    return result.set_axis(table.index)


def _days_of_ids(run: Run, table: pd.DataFrame) -> Optional[pd.Series]:
    """The civil day of each row where ids of officers last one day; None where they last."""
    import pandas as pd

    from ..core.privacy import is_officer_day
    from ..core.times.civil import pandas_zone

    of_day = is_officer_day(table["officer_id"]).fillna(False).astype(bool)
    if not of_day.any():
        return None
    name = next((n for n in ("start", "time") if n in table.columns), None)
    if name is None:
        return pd.Series(None, index=table.index, dtype=object)
    zone = pandas_zone(run.text("TIMEZONE") or "Europe/London")
    civil = pd.to_datetime(table[name], utc=True).dt.tz_convert(zone)
    # Ids that last are officers on whatever day: they count together.
    return civil.dt.strftime("%Y-%m-%d").astype(object).where(of_day, "any")


def officers_read(run: Run, officers: pd.Series, what: str) -> pd.Series:
    """Officers of a layer as an import reads them from a file: no rank, no thousands separator; what was
    read so is told. Those that the user says are pseudonyms stay as they are."""
    from ..core.imports.accounts import OFFICERS, Account
    from ..core.words import counted

    if run.yes("IDS_ARE_PSEUDONYMS"):
        return officers
    account = Account(what, "layer")
    found = account.ids_of(officers.astype(object), OFFICERS)
    account.judge_ids()
    run.say(*(f"{what}: {counted(n, so)}" for so, n in sorted(account.found.items()) if so not in account.warned))
    run.warn(*account.warnings())
    return found


def _numbers(officers: pd.Series) -> list[str]:
    """Those of the officers' ids that have a digit: a word by which an officer goes may be one of a unit too."""
    return [word for word in map(str, officers.dropna().unique()) if any(c.isdigit() for c in word)]


def guarded_events(run: Run, events: pd.DataFrame, what: str, key: Callable[[], Key]) -> pd.DataFrame:
    """A table of events, its words guarded; ids that are no codes become keyed digests, by the key that `key` gives when it is needed."""
    from ..core.imports.record_ids import hashed_ids, is_code

    result = guarded(run, events, what, by_days=True)
    for name in (n for n in ("event_id", "source_ref") if n in result.columns):
        odd = result[name].notna().to_numpy() & ~is_code(result[name])
        if odd.any():
            run.warn(
                f"{what}: {int(odd.sum()):,} values of {name} are no codes and hashed, for they may name a person."
            )
            result[name] = result[name].astype(object)
            result.loc[odd, name] = hashed_ids(result[name][odd], key)
    return result


__all__ = ["declare_released", "guarded", "guarded_events", "officers_read", "released_words"]
