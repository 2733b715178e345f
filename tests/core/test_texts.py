"""Text columns read the same on every pandas: objects before pandas 3, `str` with it, `string` and categories on both."""

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.texts import holds_text, texts


@pytest.mark.parametrize("dtype", ["object", "string", "category", "str"])
def test_words_are_text_however_they_are_kept(dtype):
    assert holds_text(pd.Series(["01/06/2024", "2/6/2024"]).astype(dtype))


@pytest.mark.parametrize("values", [[1, 2], [1.5, np.nan], [True], pd.to_datetime(["2024-06-03"])])
def test_numbers_and_times_are_none(values):
    assert not holds_text(pd.Series(values)) and not holds_text(pd.Series(values).astype("category"))


@pytest.mark.parametrize("dtype", ["object", "string", "category"])
def test_a_missing_word_is_the_same_word_everywhere(dtype):
    found = texts(pd.Series(["a", None, "b"], index=[5, 6, 9]).astype(dtype), missing="-")
    assert found.tolist() == ["a", "-", "b"] and found.index.tolist() == [5, 6, 9] and found.dtype == object


def test_numbers_read_as_python_writes_them():
    assert texts(pd.Series([406882.0, np.nan, -0.5])).tolist() == ["406882.0", "", "-0.5"]
    assert texts(pd.Series([7, 12])).tolist() == ["7", "12"]


def test_a_time_does_not_hang_on_its_neighbours():
    midnight, noon = pd.Timestamp("2024-06-03T00:00Z"), pd.Timestamp("2024-06-03T12:00Z")
    alone, together = texts(pd.Series([midnight])), texts(pd.Series([midnight, noon]))
    assert alone[0] == together[0] == "2024-06-03 00:00:00+00:00"


def test_nothing_is_nothing():
    assert texts(pd.Series([], dtype=object)).tolist() == [] and texts(pd.Series([None, None])).tolist() == ["", ""]


def test_each_row_has_its_own_word_whatever_it_holds():
    """Rows of one label, a NUL at the end, lists: none is cut, spread or taken for another."""
    values = pd.Series(["a\0", None, ["x", "y"], ("z",)], index=[3, 3, 3, 4], name="words", dtype=object)
    found = texts(values)
    assert found.tolist() == ["a\0", "", "['x', 'y']", "('z',)"]
    assert found.index.tolist() == [3, 3, 3, 4] and found.name == "words"
