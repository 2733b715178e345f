"""A store moved into the other home and back holds what it held, and is gone on with there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.core.movement import default_model
from ia_plugin.store import move as moving
from ia_plugin.store.move import Part, content, move
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.refresh import Refreshed, refresh
from ia_plugin.store.store import Store
from tests.support.postgis import Cluster
from tests.support.shared_store import shared_store
from tests.support.stores import KEY
from tests.support.two_homes import Homes


def test_there_and_back(homes: Homes, postgis: Cluster, tmp_path: Path) -> None:
    with shared_store(postgis, filled=False) as made:
        with Store(homes.folder, KEY) as old, PostgisStore(made.target("lee"), KEY) as new:
            there = move(old, new)
            assert there["fixes"].rows == old.count("fixes") == new.count("fixes") == 12 * 4 * 90
            assert {"legs", "tracks", "visits", "events", "postings", "areas", "time_use", "sources"} <= set(there)
            assert refresh(new, model=default_model()) == Refreshed(0, 0, 0, {}), "nothing is due that was not"
            with pytest.raises(StoreError, match="not empty"):
                move(old, new)
        made.ask("ivan", made.psql("lee", "SELECT min(officer_day) FROM ia_restricted.officer_days"))
        assert int(made.psql("ivan", "SELECT count(*) FROM ia_journeys.fixes")) > 0, "an inspector may ask at once"
        with PostgisStore(made.target("lee"), KEY) as new, Store(tmp_path / "back", KEY) as back:
            assert move(new, back) == there
            assert refresh(back, model=default_model()) == Refreshed(0, 0, 0, {})
            pd.testing.assert_frame_equal(back.read("tracks"), new.read("tracks"), check_dtype=False)


def test_a_row_that_was_lost_on_the_way_is_noticed(
    homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.append

    def lossy(store: Store, table: object, rows: pd.DataFrame) -> None:
        real(store, table, rows.iloc[1:] if getattr(table, "name", table) == "visits" else rows)  # type: ignore[arg-type]

    with Store(homes.folder, KEY) as old, Store(tmp_path / "new", KEY) as new:
        monkeypatch.setattr(Store, "append", lossy)
        with pytest.raises(StoreError, match="'visits' differs after the move"):
            move(old, new)


def test_a_value_that_changed_has_another_mark() -> None:
    rows = pd.DataFrame(
        {
            "area_id": ["a", "b"],
            "period": pd.to_datetime(["2024-06-03", "2024-06-04"], utc=True),
            "seconds": [1.5, None],
        }
    )
    table = moving.table_of("officer_time")
    assert content(rows, table) == content(rows.iloc[::-1].reset_index(drop=True).assign(unit=None), table)
    for column, value in (("area_id", "c"), ("period", pd.Timestamp("2024-06-05", tz="UTC")), ("seconds", 1.25)):
        other = rows.copy()
        other.loc[0, column] = value
        assert content(other, table) != content(rows, table)
    swapped = rows.assign(area_id=["b", "a"])
    assert content(swapped, table) != content(rows, table), "which value stands with which"
    assert content(rows.iloc[:0], table) == Part()
