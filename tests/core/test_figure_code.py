"""A figure's code holds its filter, survives what mail and word processors do to it, and is refused in words where it did not."""

import re
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core import figure_code
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.figure_code import FigureCode, figure_asked, read_code
from ia_plugin.core.filter_state import FilterState

NIGHTS = FilterState(areas=("E01008881",), first=date(2024, 5, 3), last=date(2024, 5, 30), hour_from=22, hour_to=6)
CODE = FigureCode(NIGHTS, "IA-1234-5678", "year", datetime(2024, 5, 30, 23, tzinfo=timezone.utc))
# As a copy of an earlier day has it: a code that was given out is read for ever.
GIVEN_OUT = (
    "IA1.IMYQS2FNVGXLCQMISEYZVALQ4VUM5N5QWDAOE5CTLUBWHIBG4QIDBUSBQSARTMWPUBLKF6GO2NI5PUGI3BCNPVGM3RBKSFQA.346893E0"
)

words = st.lists(st.text(min_size=1, max_size=12), max_size=4).map(tuple)
hours = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda h: h[0] != h[1])


@st.composite
def states(draw):
    first = draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    last = draw(st.none() | st.dates(first or date(2000, 1, 1), (first or date(2000, 1, 1)) + timedelta(days=4000)))
    begin, end = draw(hours)
    # Every part that is chosen among words, those that later versions add too.
    chosen = {f.name: draw(words) for f in fields(FilterState) if f.default == ()}
    weekdays = tuple(draw(st.sets(st.integers(0, 6), min_size=1)))
    zone = draw(st.sampled_from(["Europe/London", "UTC", "America/New_York"]))
    return FilterState(first=first, last=last, hour_from=begin, hour_to=end, weekdays=weekdays, timezone=zone, **chosen)


@settings(max_examples=5 * settings.get_profile("core").max_examples, deadline=None)
@given(states(), st.sampled_from(["before", "year", "none"]), st.none() | st.datetimes(timezones=st.just(timezone.utc)))
def test_any_filter_comes_back_as_it_was(state, comparison, as_of):
    code = FigureCode(state, "IA-0000-FFFF", comparison, as_of)
    assert read_code(code.text()) == code
    assert re.fullmatch(r"IA1\.[A-Z2-7]+\.[0-9A-F]{8}", code.text())


def test_a_code_that_was_given_out_is_read_for_ever():
    found = read_code(GIVEN_OUT)
    assert found.state == NIGHTS and (found.number, found.comparison) == ("IA-1234-5678", "before")


def test_a_usual_filter_is_a_short_code():
    assert len(CODE.text()) < 130


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_code_with_one_letter_changed_is_refused(data):
    text = CODE.text()
    i = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567019.").filter(lambda c: c != text[i]))
    with pytest.raises(ParameterError, match="code"):
        read_code(text[:i] + other + text[i + 1 :])


@pytest.mark.parametrize("cut", [5, 20, 60, -1, -9])
def test_a_code_cut_off_is_refused_with_what_to_do(cut):
    with pytest.raises(ParameterError, match="Copy it again"):
        read_code(CODE.text()[:cut])


@pytest.mark.parametrize(
    "sent",
    [
        str.lower,
        lambda code: "\r\n".join(code[i : i + 30] for i in range(0, len(code), 30)),  # an e-mail of short lines
        lambda code: "> " + code[:44] + "\u200b" + code[44:],
        lambda code: (
            f"Officer-hours, Aston: best estimate 41 h. See (figure IA-1234-5678, code {code}; OFFICIAL-SENSITIVE)."
        ),
        lambda code: f"{code} and once more {code}",
        lambda code: "\u00ad".join(code),
    ],
)
def test_a_code_may_be_pasted_as_it_came(sent):
    assert figure_asked(sent(CODE.text())) == ("IA-1234-5678", CODE)


def sealed(form, facts):
    """A code of a form, as whoever made it would seal it."""
    import base64
    import json
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, figure_code._WORDS)
    packed = packer.compress(json.dumps(facts).encode()) + packer.flush()
    payload = base64.b32encode(packed).decode().rstrip("=")
    return f"IA{form}.{payload}.{figure_code._checksum(form, payload)}"


@pytest.mark.parametrize(
    "form, facts, words",
    [
        (2, {"filter": {}}, "newer version"),
        (1, {"filter": {"call_signs": ["B1"]}}, "filters by call signs, which this version"),
        (1, {"filter": {"hour_from": 30}}, "no part of a day"),
        (1, {"filter": {"hour_from": True}}, "no filter"),
        (1, {"filter": {"weekdays": "0123"}}, "no filter"),
        (1, {"filter": {"areas": [1]}}, "no filter"),
        (1, {"filter": {"first": "2024-13-01"}}, "no filter"),
        (1, {"filter": {"last": "9999-12-31"}}, "no filter"),
        (1, {"filter": {"timezone": "Mars/North", "first": "2024-01-01"}}, "time zone"),
        (1, {"filter": {}, "as_of": "lately"}, "no filter"),
        (1, {"filter": {}, "comparison": "decade"}, "no filter"),
        (1, {"filter": {}, "number": "41 h"}, "no filter"),
        (1, {"filter": {}, "number": 41}, "no filter"),
        (1, ["filter"], "no filter"),
        (1, {"filter": {"areas": ["A" * 500_000]}}, "no filter"),
    ],
)
def test_a_sealed_code_that_this_version_cannot_honour_is_refused(form, facts, words):
    """A part that is not known is not left out: the figures would be of a wider filter."""
    with pytest.raises(ParameterError, match=words):
        read_code(sealed(form, facts))


@pytest.mark.parametrize(
    "typed, number",
    [
        ("IA-1A2B-3C4D", "IA-1A2B-3C4D"),
        ("ia 1a2b 3c4d", "IA-1A2B-3C4D"),
        ("IA–1A2B–3C4D", "IA-1A2B-3C4D"),  # a word processor's dashes
        ("1a2b3c4d", "IA-1A2B-3C4D"),
        ("figure IA-1A2B-3C4D, data as of 3 June 2024", "IA-1A2B-3C4D"),
        ("IA-O0l1-3C4D", "IA-0011-3C4D"),  # letters that look like digits
        ("officers in Asia 5. Thereafter see IA-1A2B-3C4D", "IA-1A2B-3C4D"),
    ],
)
def test_a_number_may_be_typed_in_many_ways(typed, number):
    assert figure_asked(typed) == (number, None)


@pytest.mark.parametrize("typed", ["", "41 h", "IA-12", "IA-1A2B-3C4D or IA-1A2B-3C4E", "IA-GGGG-HHHH", "12345678X"])
def test_what_is_neither_a_number_nor_a_code_is_refused(typed):
    with pytest.raises(ParameterError):
        figure_asked(typed)


def test_two_codes_in_one_text_are_refused():
    other = FigureCode(FilterState(), "IA-0000-0000").text()
    with pytest.raises(ParameterError, match="2 codes"):
        figure_asked(f"{CODE.text()} {other}")
