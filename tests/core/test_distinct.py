"""Codes counted by row, and numbered."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.distinct import numbered

CODES = st.lists(st.integers(0, 50), max_size=30).map(lambda c: np.array(c, dtype=np.int64))


@given(CODES, CODES, st.sampled_from([1, 10**12]))
def test_codes_are_numbered_as_by_a_sort_however_far_they_lie_apart(one, other, apart):
    one, other = one * apart, other * apart
    found, places = numbered(one, other)
    assert found.tolist() == sorted({*one.tolist(), *other.tolist()})
    for codes, place in zip((one, other), places):
        assert found[place].tolist() == codes.tolist()


def test_no_codes_have_no_numbers():
    found, places = numbered(np.empty(0, dtype=np.int64))
    assert found.tolist() == [] and [p.tolist() for p in places] == [[]]
