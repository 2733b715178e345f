"""One store of the same extracts in its two homes, brought up to date in each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ia_plugin.core.movement import default_model
from ia_plugin.core.params import PresenceParams
from ia_plugin.store.imports import bring_file
from ia_plugin.store.interface import StoreHome
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.refresh import Refreshed, refresh, set_areas
from ia_plugin.store.store import Store
from tests.support.postgis import Cluster
from tests.support.shared_store import SharedStore, shared_store
from tests.support.small_store import CRIMES
from tests.support.stores import AREAS, AT, KEY, extract

POSTINGS = "Collar,Unit,Valid from,Valid to,Role\n" + "".join(
    f"{100 + i},{'East' if i % 3 else 'West'},01/01/2024,,Response\n" for i in range(12)
)


@dataclass(frozen=True)
class Homes:
    """One store of the same extracts in its two homes."""

    folder: Path
    shared: SharedStore
    done: tuple[Refreshed, Refreshed]

    @property
    def places(self) -> dict[str, str]:
        """STORE of each, as a reader of figures gives it."""
        return {"geopackage": str(self.folder), "postgis": self.shared.target("alice")}

    def both(self) -> Iterator[StoreHome]:
        with Store(self.folder, KEY) as one:
            yield one
        with PostgisStore(self.shared.target("lee"), KEY) as other:
            yield other


def take_in(store: StoreHome, watched: Path) -> Refreshed:
    for path in sorted(watched.glob("*.csv")):
        bring_file(store, path, at=AT)
    set_areas(store, AREAS)
    return refresh(store, presence_params=PresenceParams(method="linear"), model=default_model())


@contextmanager
def two_homes(root: Path, postgis: Cluster) -> Iterator[Homes]:
    """Both, under a folder and in a database of a cluster."""
    watched = root / "watched"
    watched.mkdir()
    # A closed month: its days, and fixes more than the three days of grace beyond its end.
    for i, day in enumerate(("2024-06-03", "2024-06-04", "2024-06-18", "2024-07-05")):
        extract(watched / f"{i}.csv", day=day, seed=i, fixes=90)
    rows = [f"{i},Burglary,0{3 + i % 3}/06/2024 2{i % 3}:30,,{399_500 + 100 * i},280000,101,open" for i in range(12)]
    (watched / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    (watched / "postings.csv").write_text(POSTINGS, encoding="utf-8")
    with shared_store(postgis, filled=False) as shared:
        with Store(root / "store", KEY) as one, PostgisStore(shared.target("lee"), KEY) as other:
            done = take_in(one, watched), take_in(other, watched)
        yield Homes(root / "store", shared, done)


def same(there: pd.DataFrame, here: pd.DataFrame, *unlike: str) -> None:
    """Rows of both homes, but for columns that only one has, or `unlike`; a GeoPackage keeps moments to the millisecond."""
    names = [n for n in here.columns if n in there.columns and n not in unlike]
    assert len(names) > 2 and len(here)
    here, there = (
        t[names].apply(lambda c: c.dt.floor("ms") if isinstance(c.dtype, pd.DatetimeTZDtype) else c).reset_index(drop=True)
        for t in (here, there)
    )  # fmt: skip
    pd.testing.assert_frame_equal(there, here, check_dtype=False)
