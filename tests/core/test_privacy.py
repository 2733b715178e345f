"""Pseudonyms: one officer one name, no way back, and the key nowhere to be read."""

import hmac

import pandas as pd
import pytest

from ia_plugin.core.errors import PrivacyError
from ia_plugin.core.privacy import (
    Key,
    as_pseudonyms,
    is_officer_day,
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


def test_a_key_is_at_least_sixteen_bytes():
    assert Key(b"x" * 16).fingerprint != Key(b"y" * 16).fingerprint
    with pytest.raises(PrivacyError, match=r"too short \(15 bytes\). Use at least 16 random bytes"):
        Key(b"x" * 15)


def test_the_pseudonym_is_the_keyed_hash_of_the_upper_case_number():
    """RFC 2104 by the standard library: so another program with the key can make the same one."""
    wanted = hmac.new(SECRET, b"officer AB12", "sha256").hexdigest()[:24]
    assert pseudonymise(pd.Series([" ab12"]), Key(SECRET)).tolist() == [f"p{wanted}"]
    assert Key(SECRET).fingerprint == hmac.new(SECRET, b"fingerprint of the key", "sha256").hexdigest()[:12]
    assert Key(SECRET).digest("x", 64).startswith(Key(SECRET).digest("x", 8))


def test_every_preview_has_a_key_of_its_own():
    assert len({one_off_key().fingerprint for _ in range(5)}) == 5


@pytest.mark.parametrize("environ", [{}, {"IMPACTAREAS_KEY_FILE": ""}, {"IMPACTAREAS_KEY_FILE": "  "}])
def test_without_a_file_there_is_no_key(environ):
    assert load_key(environ) is None


def test_a_short_key_in_a_file_is_refused_without_showing_it(tmp_path):
    file = tmp_path / "key"
    file.write_bytes(b"  fifteen-bytes!!\n")  # 15 without the blanks round it
    with pytest.raises(PrivacyError, match="15 bytes") as caught:
        load_key({"IMPACTAREAS_KEY_FILE": str(file)})
    assert "fifteen" not in str(caught.value)


@pytest.mark.parametrize("dtype", [object, "category", "string"])
def test_the_kind_of_column_does_not_matter(dtype):
    values = pd.Series(["1234", None, "77", "1234"], index=[4, 2, 9, 1], name="collar")
    plain = pseudonymise(values, Key(SECRET))
    found = pseudonymise(values.astype(dtype), Key(SECRET))
    pd.testing.assert_series_equal(found, plain)
    assert found.index.tolist() == [4, 2, 9, 1] and found.name == "collar" and found.dtype == object
    assert found.isna().tolist() == [False, True, False, False] and found[4] == found[1] != found[9]


@pytest.mark.parametrize(
    ("value", "officer", "day"),
    [
        ("p" + "0" * 24, True, False),
        ("d" + "f" * 16, False, True),
        ("p" + "0" * 23, False, False),
        ("p" + "0" * 25, False, False),
        ("p" + "g" * 24, False, False),
        ("d" + "0" * 17, False, False),
        ("xp" + "0" * 24, False, False),
        ("1234", False, False),
        (None, False, False),
    ],
)
def test_the_forms_of_pseudonyms(value, officer, day):
    values = pd.Series([value, "other"], dtype=object)
    assert bool(is_officer_day(values).fillna(False)[0]) is day
    assert bool(is_pseudonym(values).fillna(False)[0]) is (officer or day)


def test_an_empty_column_stays_empty():
    empty = pd.Series([], dtype=object)
    for found in (
        pseudonymise(empty, Key(SECRET)),
        as_pseudonyms(empty, Key(SECRET)),
        officer_references(empty, Key(SECRET)),
    ):
        assert len(found) == 0


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("4512", ["4512"]),
        ("4512;77|9&8/7,6\n5", ["4512", "77", "9", "8", "7", "6", "5"]),
        (";; 4512 ;", ["4512"]),
        ("WM 77", ["WM 77"]),
        (4512.0, ["4512"]),
        ("4512, 4512", ["4512"]),
    ],
)
def test_how_several_officers_are_parted(said, parts):
    key = Key(SECRET)
    found = officer_references(pd.Series([said], dtype=object), key)[0]
    assert found.split() == pseudonymise(pd.Series(parts), key).tolist()


@pytest.mark.parametrize("nobody", [None, "", " ; , ", "\n"])
def test_a_reference_that_names_nobody_is_missing(nobody):
    assert officer_references(pd.Series([nobody, "1"], dtype=object), Key(SECRET)).isna().tolist() == [True, False]


def test_an_officer_day_hangs_on_officer_day_and_key_alone():
    """Pages of one day written in two runs can be joined with the key, and days of one officer cannot without it."""
    day = pd.to_datetime(["2024-06-03T10:00Z", "2024-06-03T20:00Z", "2024-06-04T10:00Z", "2024-06-03T10:00Z"])
    officers, times = pd.Series(["p1", "p1", "p1", "p2"], index=[3, 1, 2, 0]), pd.Series(day, index=[3, 1, 2, 0])
    found = officer_day(officers, times, "Europe/London", Key(SECRET))
    assert found[3] == found[1] and len(set(found)) == 3 and found.index.tolist() == [3, 1, 2, 0]
    again = officer_day(officers[::-1], times[::-1], "Europe/London", Key(SECRET))
    assert again.sort_index().tolist() == found.sort_index().tolist()
    # The number of the day since 1970 is 19877: the id as anyone with the key works it out.
    assert found[3] == "d" + hmac.new(SECRET, b"officer-day p1 19877", "sha256").hexdigest()[:16]
    once, twice = (officer_day(officers, times, "Europe/London") for _ in range(2))
    assert set(once).isdisjoint(twice) and len(set(once)) == 3


@pytest.mark.parametrize(
    ("zone", "same"), [("Europe/London", False), ("UTC", True), ("America/New_York", True), ("Asia/Tokyo", True)]
)
def test_the_day_is_the_areas_own(zone, same):
    """22:30 and 23:30 UTC on a summer evening: in London midnight lies between them."""
    times = pd.Series(pd.to_datetime(["2024-06-03T22:30Z", "2024-06-03T23:30Z"]))
    found = officer_day(pd.Series(["p1", "p1"]), times, zone, Key(SECRET))
    assert (found[0] == found[1]) is same


@pytest.mark.parametrize("rank", ["T/DS", "A/PS", "P/PC", "T/D/Sgt", "t / insp."])
@pytest.mark.parametrize("blanks", [False, True])
def test_the_slash_of_a_rank_parts_no_officers(rank, blanks):
    """By hand: two officers, not a T, a DS 1234 and a 77; the number alone where the others are numbers."""
    said = pd.Series([f"{rank} 1234/77", "88", "99"], dtype=object)
    found = officer_references(said, Key(SECRET), blank_parts=blanks)
    assert found[0].split() == pseudonymise(pd.Series(["1234", "77"]), Key(SECRET)).tolist()


def test_a_slash_after_one_letter_parts_officers_where_no_rank_follows():
    found = officer_references(pd.Series(["T/1234", "A/Dismore"], dtype=object), Key(SECRET))
    assert [len(f.split()) for f in found] == [2, 2]
