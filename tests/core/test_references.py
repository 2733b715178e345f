"""Ids as systems write them: one reference however it was written, none where the text stands for nothing."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.fixes import clean_fixes
from ia_plugin.core.privacy import Key, as_pseudonyms, officer_references, pseudonymise
from ia_plugin.core.references import (
    NOBODY,
    RANKS_GONE,
    between_blanks,
    known,
    lost_digits,
    officer_reference,
    reference,
    references,
    stands_for_nothing,
    without_ranks,
    zeros_eaten,
)

KEY = Key(b"a key of sixteen bytes or more")
NOTHINGS = ["NULL", "null", "(null)", "N/A", "n/a", " n / a ", "#N/A", "NaN", "nan", "None", "NONE", "-", "–", "\\N", "<NA>", "?", ""]  # fmt: skip


@given(
    st.one_of(st.from_regex(r"[0-9A-Za-z]{1,14}", fullmatch=True), st.sampled_from(sorted(filter(str.isalnum, NOBODY))))
)
def test_letters_and_digits_alone_are_an_id_as_they_are_unless_they_stand_for_nobody(word):
    for written in (word, word.upper(), word.capitalize()):
        assert (
            reference(written) == reference(f" {written} ") == (None if stands_for_nothing(word, NOBODY) else written)
        )


@pytest.mark.parametrize("text", NOTHINGS)
def test_what_stands_for_nothing(text):
    assert stands_for_nothing(text) and reference(text) is None


@pytest.mark.parametrize("text", ["Nil by mouth", "Nanette", "NAtional", "None seen", "A-1", "0", "N"])
def test_what_stands_for_something(text):
    assert not stands_for_nothing(text)


def test_unknown_is_nobody_and_yet_a_category():
    assert stands_for_nothing("Not known", NOBODY) and not stands_for_nothing("Unknown")
    assert reference("Unassigned") is None
    assert known(pd.Series(["Unknown", "North", "NULL"])).tolist() == ["Unknown", "North", None]


@pytest.mark.parametrize("written", [1234, 1234.0, "1234", " 1234 ", "1234.0", "1234.00", "1234.", "1.234e3", "1.234E+03", '="1234"', "'1234"])  # fmt: skip
def test_one_officer_in_every_writing(written):
    assert reference(written) == "1234"
    assert pseudonymise(pd.Series([written], dtype=object), KEY).equals(pseudonymise(pd.Series(["1234"]), KEY))


@pytest.mark.parametrize("written", ["0071", " 0071 ", "0071.0", '="0071"'])
def test_leading_zeros_stay(written):
    assert reference(written) == "0071"


@pytest.mark.parametrize("code", ["1E5", "12E4", "A1234", "WM 1234", "1.5", "20/1"])
def test_codes_are_no_numbers(code):
    assert reference(code) == code


def test_numbers_that_lost_their_digits_are_found():
    written = pd.Series(["1.23457E+11", "1.23E+05", "1.234e3", "1234", None])
    assert lost_digits(written).tolist() == [True, True, False, False, False]


def test_zeros_that_a_spreadsheet_took_are_counted():
    assert zeros_eaten(["0071", "71", "0450", "912", "1234"]) == (2, 1)
    assert zeros_eaten(["71", "912", "1234", "A01"]) == (0, 0)


def test_a_layer_of_fixes_knows_no_officer_called_null():
    times = pd.date_range("2024-06-03T10:00Z", periods=6, freq="5min")
    fixes = pd.DataFrame({"officer_id": ["NULL", "7.0", "7", "n/a", "-", None], "time": times, "x": 4e5, "y": 2.9e5})
    clean, report = clean_fixes(fixes.assign(unit=["A", "A", "#N/A", "A", "A", "A"]))
    assert clean["officer_id"].tolist() == ["7", "7"] and report.dropped["no_officer"] == 4
    assert clean["unit"].tolist() == ["A", None]


def test_nobody_is_among_the_officers_of_an_event():
    first, second = pseudonymise(pd.Series(["4512", "77"]), KEY)
    said = pd.Series(["4512.0;NULL", "N/A", "4512 / 77", "n/a;77.0", "-"])
    found = officer_references(said, KEY)
    assert found.tolist() == [first, None, f"{first} {second}", second, None]
    assert as_pseudonyms(pd.Series(["NULL", "4512.0"]), KEY).tolist() == [None, first]


NO_OFFICERS = ["00000", "00", "N.K.", "NK", "n/k", "Vacant", "VACANT POST", "XXXX", "xx", "Unallocated", "TBC", "To be confirmed", "****", "####"]  # fmt: skip
OFFICERS = ["10", "X12", "0071", "100", "XX1", "K", "N1", "A0", "NKX", "Vacanti", "000A", "7000"]


@pytest.mark.parametrize("written", NO_OFFICERS)
def test_a_place_kept_for_an_officer_is_none(written):
    assert officer_reference(written) is None
    assert pseudonymise(pd.Series([written], dtype=object), KEY).tolist() == [None]
    assert officer_references(pd.Series([written, f"{written};4512"], dtype=object), KEY).tolist() == [
        None,
        pseudonymise(pd.Series(["4512"]), KEY)[0],
    ]


@pytest.mark.parametrize("zero", ["0", 0, 0.0, "0.0"])
def test_an_officer_zero_is_none_among_collar_numbers_and_one_of_those_numbered_from_it(zero):
    assert references(pd.Series([zero, "4512"], dtype=object), officer_reference).tolist() == [None, "4512"]
    assert references(pd.Series([zero, 1, 2], dtype=object), officer_reference).tolist() == ["0", "1", "2"]


@pytest.mark.parametrize("written", OFFICERS)
def test_no_real_officer_is_lost(written):
    assert officer_reference(written) == written == reference(written)


def test_zero_is_a_reference_of_a_record_and_no_officer():
    assert reference("0") == "0" and reference("XXXX") == "XXXX"


@pytest.mark.parametrize("written", ["PC1234", "PC 1234", "pc-1234", "Pc.1234", "PS 1234", "PCSO1234", "Sgt 1234", "DC_1234", "T/DS 1234", "WPC 1234"])  # fmt: skip
def test_a_rank_before_a_number_among_numbers_is_no_other_officer(written):
    ids, gone, doubtful = without_ranks(pd.Series([written, "1234", 77, "0912", "N/A"], dtype=object))
    assert references(ids, officer_reference).tolist() == ["1234", "1234", "77", "0912", None]
    assert (gone, doubtful) == (1, 0)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PC 1234 77", ["PC 1234", "77"]),
        ("1234  Sgt. 88\tPCSO1234", ["1234", "Sgt. 88", "PCSO1234"]),
        ("T/DS 4512", ["T/DS 4512"]),
        ("PC WM", ["PC", "WM"]),  # no number behind it
        ("EPC 1234", ["EPC", "1234"]),
        ("DI 7", ["DI", "7"]),  # a number of one digit is none of an officer
    ],
)
def test_blanks_part_references_and_no_rank_from_its_number(text, parts):
    assert between_blanks(text) == parts


def test_ranks_stay_where_numbers_are_not_the_rule_or_may_be_two_officers():
    codes = pd.Series(["PC 1234", "A-17", "B-18", "77"])
    assert without_ranks(codes)[0].tolist() == codes.tolist()
    two = pd.Series(["PC 12", "PS 12", "12", "PC 99", "404"])
    assert [list(v) if hasattr(v, "tolist") else v for v in without_ranks(two)] == [["PC 12", "PS 12", "12", "99", "404"], 1, 2]  # fmt: skip
    alone = pd.Series(["PC 12", "PC 13", None])
    assert without_ranks(alone)[0].equals(alone)


def test_one_officer_with_and_without_a_rank_is_one_and_told():
    first, second = pseudonymise(pd.Series(["4512", "77"]), KEY)
    told = {}
    said = pd.Series(["PC 4512", "4512; 77", "77", "PC4512 & 4512"])
    found = officer_references(said, KEY, tell=lambda what, n: told.update({what: n} if n else {}))
    assert found.tolist() == [first, f"{first} {second}", second, first]
    assert told == {RANKS_GONE: 2}
