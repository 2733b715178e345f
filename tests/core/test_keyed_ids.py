"""Ids of legs, tracks and visits under the key: equal ones stay equal, and nothing open leads to them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ia_plugin.core.keyed_ids import by_day, keyed_ids, siphash, tracks_by_day, with_keyed_ids
from ia_plugin.core.privacy import Key, one_off_key
from ia_plugin.core.tracks import stable_id

KEY = Key(b"a key of sixteen bytes or more")


def test_siphash_as_its_authors_print_it():
    """vectors_sip64[8] of the reference implementation: key 00..0f, message 00..07."""
    message = np.frombuffer(bytes(range(8)), dtype="<u8").astype(np.uint64)
    many = np.tile(message, 40_000)  # more than is done at once
    found = siphash(many, bytes(range(16)))
    assert set(found.astype("<u8").tobytes().hex()[:16] for found in (found[:1], found[-1:])) == {"6224939a79f5f593"}
    assert len(set(found.tolist())) == 1 and len(siphash(message[:0], bytes(16))) == 0


def test_equal_ids_stay_equal_and_others_apart():
    ids = np.array([5, -7, 5, 0, 2**63 - 1, -(2**63)])
    found = keyed_ids(ids, KEY, "leg_id")
    assert found.dtype == np.int64 and found[0] == found[2] and len(set(found.tolist())) == 5
    assert not set(found.tolist()) & set(ids.tolist())
    assert found.tolist() == keyed_ids(ids, KEY, "leg_id").tolist()
    for other in (keyed_ids(ids, one_off_key(), "leg_id"), keyed_ids(ids, KEY, "track_id")):
        assert not set(found.tolist()) & set(other.tolist())


def test_a_table_keeps_its_other_columns_and_missing_ids_stay_missing():
    table = pd.DataFrame({"leg_id": [1, 2], "track_id": pd.array([1, None], dtype="Int64"), "seconds": [1.0, 2.0]})
    found = with_keyed_ids(table, KEY)
    assert found["seconds"].tolist() == [1.0, 2.0] and list(found.columns) == list(table.columns)
    assert found["track_id"].isna().tolist() == [False, True] and found["track_id"][0] not in (1, found["leg_id"][0])
    assert table["leg_id"].tolist() == [1, 2]
    assert with_keyed_ids(table[["seconds"]], KEY) is not None


def test_visits_of_one_track_before_and_after_midnight_share_no_track():
    visits = pd.DataFrame({"officer_day": ["d1", "d1", "d2"], "track_id": [9, 9, 9], "visit_id": [1, 2, 3]})
    found = tracks_by_day(visits)["track_id"]
    assert found[0] == found[1] != found[2]


def test_nobody_without_the_key_works_an_id_out():
    """The open rule of the core, tried with what an outsider may know: pseudonym, officer-day, collar and time."""
    stamps = np.array([1_717_405_200_000_000_000], dtype=np.int64)
    guesses = {int(stable_id(pd.Series([who]), stamps)[0]) for who in ("1234", "p" + "0" * 24, "d" + "0" * 16)}
    shown = keyed_ids(np.array(sorted(guesses)), KEY, "leg_id")
    assert not guesses & set(shown.tolist())


def test_rows_stand_by_officer_day_and_not_by_officer():
    """Two officers' two days, as the core sorts them; of ids that say nothing, so that the order says nothing either."""
    at = pd.to_datetime(["2024-06-03T10:00Z", "2024-06-04T10:00Z", "2024-06-03T11:00Z", "2024-06-03T09:00Z", "2024-06-04T09:00Z"])  # fmt: skip
    table = pd.DataFrame({"officer_day": ["dc", "da", "db", "db", None], "start": at.astype("datetime64[ns, UTC]")})
    found = by_day(table)
    assert found.index.tolist() == [1, 3, 2, 0, 4]
    pd.testing.assert_frame_equal(by_day(found), found)
    assert by_day(table[:0]).empty
