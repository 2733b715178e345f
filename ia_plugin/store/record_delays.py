"""How late records of events come, measured from the restricted file and told in the summary as shares by age, no row of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..core.columns import ABOUT
from ..core.events.record_delays import HORIZON, YEAR, delays_as_text, recording_delays
from ..core.texts import texts
from .condition import compared, equals

if TYPE_CHECKING:
    from .interface import StoreHome

DELAYS = "recording_delay"  # a fact of the summary's ``about``
MEASURED_OF = "delays_measured_of"  # setting: the events and imports that the fact was measured of
_WANTED = ("kind", "event_id", "version", "status", "start", "end", "time_precision", "recorded_at", "source_ref")
_STRAY = 4  # starts later than all others may be wrong dates


def publish_delays(store: StoreHome) -> None:
    """Measure the recording delay of each kind of event anew, where events or imports of events are others than last time.

    A store whose summary does not tell it yet, of a version before, is measured at its next refresh.
    """
    if not store.has("events") and store.setting(MEASURED_OF) is None:
        return  # there were never any
    if store.setting(MEASURED_OF) == _state_of(store):
        return
    with store.together("recording delays"):
        now = _state_of(store)  # read where nobody changes it: what is measured is what the mark says
        delays = recording_delays(_recent(store), store.timezone, _imports(store))
        fact = pd.DataFrame({"name": [DELAYS], "value": [delays_as_text(delays)]})
        store.put(ABOUT.name, fact, equals(name=DELAYS))
        store.set(MEASURED_OF, now)


def _state_of(store: StoreHome) -> str:
    """A mark of what is measured: each change of events writes rows or takes rows away, each import has its moment."""
    of_files = equals(kind="events")
    files = store.count("sources", of_files), store.edges("sources", "imported_at", of_files)
    last = files[1][1].isoformat() if files[1] else ""
    return "/".join(str(v) for v in (store.count("events"), store.last_row("events"), files[0], last, store.timezone))


def _recent(store: StoreHome) -> pd.DataFrame:
    """The events of the last two years and a little of the data, in the columns that tell their delay."""
    found = store.latest("events", "start", _STRAY)
    since = found - pd.Timedelta(2 * YEAR + HORIZON, "D") if found is not None else pd.Timestamp(0, tz="UTC")
    have = store.columns("events")
    return store.read("events", compared("start", ">=", since), columns=[c for c in _WANTED if c in have])


def _imports(store: StoreHome) -> dict[str, pd.Timestamp]:
    """When files of events came in, by the mark that their rows bear."""
    if not store.has("sources"):
        return {}
    files = store.read("sources", equals(kind="events"), columns=["hash", "imported_at"])
    return dict(zip(texts(files["hash"]).str[:16], files["imported_at"]))


__all__ = ["DELAYS", "publish_delays"]
