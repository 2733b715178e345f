"""Pseudonyms: one officer one name, no way back, and the key nowhere to be read."""

import pandas as pd
import pytest

from ia_plugin.core.errors import PrivacyError
from ia_plugin.core.privacy import (
    Key,
    as_pseudonyms,
    is_pseudonym,
    load_key,
    officer_day,
    officer_references,
    one_off_key,
    pseudonymise,
)

SECRET = b"correct horse battery staple"


def test_one_officer_has_one_pseudonym_however_written():
    key = Key(SECRET)
    as_text = pseudonymise(pd.Series(["1234", " 1234 ", "ab12", "AB12"]), key)
    as_number = pseudonymise(pd.Series([1234.0, 1234.0, 7.0]), key)
    assert as_text[0] == as_text[1] == as_number[0]
    assert as_text[2] == as_text[3] != as_text[0]


def test_missing_and_blank_stay_missing_and_emoji_are_fine():
    found = pseudonymise(pd.Series(["🚓", None, ""]), Key(SECRET))
    assert found.notna().tolist() == [True, False, False]


def test_pseudonyms_are_known_by_their_form_and_hide_the_number():
    found = pseudonymise(pd.Series(["1234"]), Key(SECRET))
    assert is_pseudonym(found).tolist() == [True]
    assert is_pseudonym(pd.Series(["1234", "p12", "P" + "0" * 24])).tolist() == [False, False, False]
    assert "1234" not in found[0]


def test_another_key_gives_another_name():
    assert pseudonymise(pd.Series(["1"]), Key(SECRET))[0] != pseudonymise(pd.Series(["1"]), one_off_key())[0]


def test_the_key_shows_nowhere():
    key = Key(SECRET)
    for shown in (repr(key), str(key), key.fingerprint):
        assert "horse" not in shown
    with pytest.raises(PrivacyError) as caught:
        Key(b"short-secret")
    assert "short-secret" not in str(caught.value)


def test_the_key_comes_from_a_file_or_not_at_all(tmp_path):
    assert load_key({}) is None
    file = tmp_path / "key"
    file.write_bytes(SECRET + b"\n")
    assert load_key({"IMPACTAREAS_KEY_FILE": str(file)}).fingerprint == Key(SECRET).fingerprint
    with pytest.raises(PrivacyError, match="cannot be read"):
        load_key({"IMPACTAREAS_KEY_FILE": str(tmp_path / "none")})


def test_an_officer_day_ends_at_civil_midnight():
    times = pd.Series(pd.to_datetime(["2024-06-03T22:59Z", "2024-06-03T23:01Z", "2024-06-04T22:00Z"]))
    found = officer_day(pd.Series(["p1"] * 3), times, "Europe/London", Key(SECRET))
    assert found[0] != found[1] == found[2]
    other = officer_day(pd.Series(["p2"]), times[:1], "Europe/London", Key(SECRET))
    assert other[0] != found[0]
    assert is_pseudonym(found).all()


def test_what_is_a_pseudonym_stays_one_whatever_stands_beside_it():
    """A blank or a collar number in the column once made every door but one name its pseudonyms anew."""
    key = Key(SECRET)
    known = pseudonymise(pd.Series(["1234"]), key)[0]
    day = "d" + "0" * 16
    for column in ([known, None], [known, "77"], [known, day], [known, 77.0]):
        found = as_pseudonyms(pd.Series(column, dtype=object), key)
        assert found[0] == known and is_pseudonym(found.dropna()).all()
        pd.testing.assert_series_equal(as_pseudonyms(found, key), found)


def test_a_key_is_asked_for_only_where_it_is_needed():
    def refuses():
        raise AssertionError("nothing here needs a key")

    known = pseudonymise(pd.Series(["1234", None]), Key(SECRET)).astype("category")
    assert as_pseudonyms(known, refuses).tolist() == [known[0], None]
    assert len(as_pseudonyms(pd.Series([], dtype=object), refuses)) == 0


def test_references_to_several_officers_are_read_alike_from_files_and_layers():
    key = Key(SECRET)
    a, b = pseudonymise(pd.Series(["4512", "77"]), key)
    said = pd.Series(["4512; 77", f"{a} {b}", "4512/4512", None, f"{a}, 77"])
    want = [f"{a} {b}", f"{a} {b}", a, None, f"{a} {b}"]
    assert officer_references(said, key).tolist() == want
    assert officer_references(said, key, blank_parts=True).tolist() == want
    with_blank = pd.Series(["WM 77"])  # one collar number in an extract, two officers in the events table
    assert len(officer_references(with_blank, key)[0].split()) == 1
    assert officer_references(with_blank, key, blank_parts=True)[0].split()[1] == b
