"""A file is taken in by the same rules whichever home a store has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import AlreadyStored, PrivacyError
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.privacy import Key
from ia_plugin.store.interface import ImportHome
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.store import Store
from tests.support.shared_store import shared_store
from tests.support.stores import AT, KEY

OTHER_KEY = Key(b"another key of a force, long enough")


class Home:
    """Opens a store of one of the two kinds anew each time."""

    def __init__(self, make) -> None:
        self.open = make


@pytest.fixture(params=["geopackage", "postgis"])
def home(request: pytest.FixtureRequest, tmp_path) -> Iterator[Home]:
    if request.param == "geopackage":
        yield Home(lambda key=KEY: Store(tmp_path / "store", key))
        return
    with shared_store(request.getfixturevalue("postgis"), filled=False) as shared:
        yield Home(lambda key=KEY: PostgisStore(shared.target("lee"), key))


def fixes(n: int = 4) -> pd.DataFrame:
    time = pd.Timestamp("2024-06-03T22:00Z") + pd.to_timedelta(np.arange(n), "h")
    return pd.DataFrame(
        {"officer_id": [f"p{i % 2}" for i in range(n)], "time": time, "x": 4e5 + np.arange(n), "y": 2.8e5}
    )


def take_in(store: ImportHome, mark: str = "m1") -> None:
    with store.importing(Account("a.csv", "affiliations", rows_read=5, rows_kept=4), mark, AT) as part:
        part.add_fixes(fixes())
        part.add_rejects(pd.DataFrame({"file": ["a.csv"], "row": [3], "reason": ["no time"], "remedy": [""]}))


def test_a_file_comes_in_with_its_source_rejects_and_days(home: Home) -> None:
    with home.open() as store:
        take_in(store)
        assert (store.count("fixes"), store.count("rejects"), store.count("sources")) == (4, 1, 1)
        assert store.has_source("m1") and not store.has_source("m2")
        assert store.dirty_days() == ["2024-06-03", "2024-06-04"]
        assert store.read("sources")["rows_read"].tolist() == [5]
        assert store.read("fixes").sort_values("time")["x"].tolist() == [4e5, 4e5 + 1, 4e5 + 2, 4e5 + 3]
        store.clear_days(["2024-06-03"])
        store.mark_days(["2024-06-05"])
        assert store.dirty_days() == ["2024-06-04", "2024-06-05"]


def test_a_content_comes_in_once(home: Home) -> None:
    for expected in (4, 4):
        with home.open() as store:
            try:
                take_in(store)
            except AlreadyStored:
                pass
            assert store.count("fixes") == expected
    with home.open() as store, pytest.raises(AlreadyStored):
        take_in(store)


def test_a_file_that_fails_leaves_nothing(home: Home) -> None:
    with home.open() as store:
        with pytest.raises(ZeroDivisionError), store.importing(Account("a.csv", "affiliations"), "m1", AT) as part:
            part.add_fixes(fixes())
            raise ZeroDivisionError
        assert (store.count("fixes"), store.has_source("m1"), store.dirty_days()) == (0, False, [])


def test_another_key_or_none_is_refused(home: Home) -> None:
    with home.open() as store:
        take_in(store)
    with pytest.raises(PrivacyError, match="another key"), home.open(OTHER_KEY) as store:
        take_in(store, "m2")
    with home.open(None) as store, pytest.raises(PrivacyError, match="without the key"):
        take_in(store, "m2")
