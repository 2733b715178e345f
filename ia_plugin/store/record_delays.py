"""How late records of events come, measured from the restricted file and told in the summary as shares by age, no row of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..core.columns import ABOUT
from ..core.events.record_delays import HORIZON, YEAR, delays_as_text, recording_delays
from ..core.texts import texts

if TYPE_CHECKING:
    from .store import Store

DELAYS = "recording_delay"  # a fact of the summary's ``about``
MEASURED_OF = "delays_measured_of"  # setting: the events and imports that the fact was measured of
_WANTED = ("kind", "event_id", "version", "status", "start", "end", "time_precision", "recorded_at", "source_ref")
_STRAY = 4  # starts later than all others may be wrong dates


def publish_delays(store: Store) -> None:
    """Measure the recording delay of each kind of event anew, where events or imports of events are others than last time.

    A store whose summary does not tell it yet, of a version before, is measured at its next refresh.
    """
    if "events" not in store.restricted.tables() or store.setting(MEASURED_OF) == _state_of(store):
        return
    with store.together("recording delays") as change:
        now = _state_of(store)  # read where nobody changes it: what is measured is what the mark says
        delays = recording_delays(_recent(store), store.timezone, _imports(store))
        fact = pd.DataFrame({"name": [DELAYS], "value": [delays_as_text(delays)]})
        change.put(ABOUT.name, fact, "name = ?", (DELAYS,))
        store.set(MEASURED_OF, now)


def _state_of(store: Store) -> str:
    """A mark of what is measured: each change of events writes rows or takes rows away, each import has its moment."""
    events = store.restricted.execute("SELECT count(*), max(fid) FROM events")[0]
    files: tuple[object, ...] = ()
    if "sources" in store.restricted.tables():
        files = store.restricted.execute("SELECT count(*), max(imported_at) FROM sources WHERE kind = 'events'")[0]
    return "/".join(str(v) for v in (*events, *files, store.timezone))


def _recent(store: Store) -> pd.DataFrame:
    """The events of the last two years and a little of the data, in the columns that tell their delay."""
    found = store.restricted.execute("SELECT start FROM events ORDER BY start DESC LIMIT 1 OFFSET ?", (_STRAY,))
    since = pd.Timestamp(found[0][0]) - pd.Timedelta(2 * YEAR + HORIZON, "D") if found else pd.Timestamp(0, tz="UTC")
    have = store.restricted.kinds("events")
    return store.read("events", "start >= ?", (since,), columns=[c for c in _WANTED if c in have])


def _imports(store: Store) -> dict[str, pd.Timestamp]:
    """When files of events came in, by the mark that their rows bear."""
    if "sources" not in store.restricted.tables():
        return {}
    files = store.read("sources", "kind = 'events'", columns=["hash", "imported_at"])
    return dict(zip(texts(files["hash"]).str[:16], files["imported_at"]))


__all__ = ["DELAYS", "publish_delays"]
