"""Who belonged where, when: the posting whose days a moment falls in."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError
from ia_plugin.core.postings import posting_of, with_postings

DAY = pd.Timestamp("2024-06-01T00:00:00Z")


def day(n):
    return pd.NaT if n is None else DAY + pd.Timedelta(days=n)


def postings(*rows, **columns):
    """Postings from rows of (officer, first day, day it ends before or None)."""
    who, begin, end = zip(*rows)
    table = {"officer_id": list(who), "valid_from": [day(b) for b in begin]}
    return pd.DataFrame({**table, "valid_to": pd.to_datetime([day(e) for e in end], utc=True), **columns})


def moments(*rows, **columns):
    """Rows from (officer, days since the first of June)."""
    who, at = zip(*rows)
    return pd.DataFrame({"officer_id": list(who), "time": [DAY + pd.Timedelta(days=a) for a in at], **columns})


SECOND = 1 / 86_400


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (-1, -1),  # before the first posting
        (0, 0),  # its first moment
        (9.99, 0),
        (10, 1),  # one ends as the next begins
        (10 - SECOND, 0),
        (20, -1),  # between two postings
        (29.5, -1),
        (30, 2),
        (3000, 2),  # an open end lasts
    ],
)
def test_a_posting_holds_its_first_moment_and_not_its_last(at, row):
    table = postings(("A", 0, 10), ("A", 10, 20), ("A", 30, None))
    assert posting_of(moments(("A", at)), table).tolist() == [row]


def test_officers_do_not_mix():
    table = postings(("A", 0, 10), ("B", 5, 10), ("C", 0, 10))
    rows = moments(("B", 1), ("B", 6), ("C", 6), ("A", 6), ("Z", 6), (None, 6), ("A", -3))
    assert posting_of(rows, table).tolist() == [-1, 1, 2, 0, -1, -1, -1]


def test_of_two_postings_at_once_the_one_begun_last_counts_wherever_it_stands():
    table = postings(("A", 5, None), ("A", 0, None), ("B", 0, None))
    assert posting_of(moments(("A", 3), ("A", 7)), table).tolist() == [1, 0]
    # Begun at one moment, the later row counts.
    assert posting_of(moments(("A", 7)), postings(("A", 5, None), ("A", 5, None))).tolist() == [1]


def test_after_a_secondment_the_posting_around_it_holds_again():
    table = postings(("A", 0, None), ("A", 10, 20), ("A", 12, 14), ("B", 0, None))
    asked = moments(("A", 5), ("A", 11), ("A", 13), ("A", 15), ("A", 25), ("B", 13))
    assert posting_of(asked, table).tolist() == [0, 1, 2, 1, 0, 3]
    # Where the posting around it is over too, nobody knows.
    assert posting_of(moments(("A", 25)), postings(("A", 0, 18), ("A", 10, 20))).tolist() == [-1]


def test_another_column_can_hold_the_moment():
    rows = moments(("A", 3)).rename(columns={"time": "start"})
    assert posting_of(rows, postings(("A", 0, None)), time="start").tolist() == [0]


def test_no_postings_and_no_rows():
    some, none = moments(("A", 3), ("B", 3)), postings(("A", 0, None)).iloc[:0]
    assert posting_of(some, none).tolist() == [-1, -1]
    assert len(posting_of(some.iloc[:0], postings(("A", 0, None)))) == 0
    found, unknown = with_postings(some, none)
    assert unknown == 2 and found is some
    found, unknown = with_postings(some.iloc[:0], postings(("A", 0, None)))
    assert unknown == 0 and len(found) == 0


def test_a_table_of_postings_without_its_days_is_refused():
    with pytest.raises(ColumnError, match="postings table lacks valid_to"):
        posting_of(moments(("A", 3)), postings(("A", 0, None)).drop(columns="valid_to"))


def brute(rows, table):
    """The same by two loops: of the postings in force the one begun last, of those begun at once the later row."""
    found = []
    for who, at in zip(rows["officer_id"], rows["time"]):
        row = -1
        for i, p in enumerate(table.itertuples()):
            holds = p.officer_id == who and p.valid_from <= at and (pd.isna(p.valid_to) or at < p.valid_to)
            if holds and (row < 0 or p.valid_from >= table["valid_from"].iloc[row]):
                row = i
        found.append(row)
    return found


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-5, 40)), min_size=1, max_size=20), st.integers(0, 20))
def test_two_loops_find_the_same(rows, shift):
    """Postings of each officer that follow each other, with and without a break between."""
    table = postings(
        *((o, a + k, b) for k, o in enumerate("CAB") for a, b in ((0, 8), (8, 15 + k), (20, 30), (31, None)))
    )
    asked = moments(*rows)
    assert posting_of(asked, table).tolist() == brute(asked, table)
    # The same a whole number of days later; the same rows in another order.
    later = {c: table[c] + pd.Timedelta(days=shift) for c in ("valid_from", "valid_to")}
    moved = asked.assign(time=asked["time"] + pd.Timedelta(days=shift))
    assert posting_of(moved, table.assign(**later)).tolist() == brute(asked, table)
    assert posting_of(asked.iloc[::-1], table).tolist() == brute(asked, table)[::-1]


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(0, 20), st.integers(1, 15), st.booleans()), min_size=1, max_size=8
    ),
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-5, 40)), min_size=1, max_size=20),
)
def test_two_loops_find_the_same_of_postings_that_overlap(given_rows, rows):
    table = postings(
        *((who, begin, None if ends_never else begin + days) for who, begin, days, ends_never in given_rows)
    )
    assert posting_of(moments(*rows), table).tolist() == brute(moments(*rows), table)


# --- what the posting says --------------------------------------------------------------------------------------------


def test_the_posting_speaks_where_it_can_and_the_row_where_it_cannot():
    table = postings(("A", 0, 10), ("A", 10, None), unit=["North", None], resource_type=["response", "beat"])
    rows = moments(("A", 3), ("A", 12), ("A", -1), ("B", 3), unit=["own1", "own2", "own3", None])
    before = rows.copy(deep=True)
    found, unknown = with_postings(rows, table)
    assert found["unit"].tolist() == ["North", "own2", "own3", None]
    assert found["resource_type"].tolist() == ["response", "beat", None, None]
    assert unknown == 2  # A before all postings, and B
    pd.testing.assert_frame_equal(rows, before)  # the input stays


def test_only_the_columns_asked_for_are_taken_over():
    table = postings(("A", 0, None), unit=["North"], department=["Ops"], role=["PC"])
    found, _ = with_postings(moments(("A", 3), unit=["own"]), table, columns=("department", "role", "rank"))
    assert (found["unit"][0], found["department"][0], found["role"][0], found["rank"][0]) == ("own", "Ops", "PC", None)


def test_the_index_of_the_rows_stays():
    rows = moments(("A", 3), ("A", 4)).set_axis([7, 3])
    found, _ = with_postings(rows, postings(("A", 0, None), unit=["North"]))
    assert found.index.tolist() == [7, 3] and found["unit"].tolist() == ["North", "North"]
