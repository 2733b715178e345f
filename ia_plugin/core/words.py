"""How numbers, ranges and caveats are written, for every reader: sentences, pages, dock, charts, logs (standard library only).

One rule, by the size and the unit of the number alone, so that the same figure reads the same wherever it stands:

* An amount (hours, minutes, a count, a mean) has one decimal below 10 and none from 10 on. A share in % or a rate (a unit
  with "/" or "per") has one decimal below 100 and none from 100 on: shares and rates of areas are set side by side.
* A whole number has no decimals, thousands have a comma, negative numbers a true minus.
* What is not zero never reads as zero: it is "under 0.1". What is not known is a dash, never zero.
* Of numbers rounded to a multiple of 5 for the public zero reads "under 5", and an estimate "about 10 h".
* A range follows its value: as many decimals as a number of the value's size, whatever the sizes of its ends.
* How officers moved is known to some points at best, and a share of searches is one of few: these shares and their ranges are whole.
* "Likely" is a range of 90 %. Intervals of an evaluation hold at 95 %, and have that beside the word: "likely (95 %) 0.54–1.75".
* A ratio of two figures and a correlation have two decimals, so that 1.25 and 0.80 are told apart; a ratio from 10 on is an amount.

====================  ==============  ================================================
41.3, "h"             41 h            best estimate 41 h, likely 38–44; 41 h (38–44)
3.46, "h"             3.5 h           best estimate 3.5 h, likely 1.9–5.0
3, "h"                3 h             best estimate 3 h, likely 2.4–3.6
0.02, "h"             under 0.1 h     best estimate under 0.1 h, likely 0.0–0.2
1025.4, "h"           1,025 h
24.68, "h per km²"    24.7 h per km²
414.8, "h/km²"        415 h/km²
13.42, "%"            13.4 %          13.4 % (13.1–13.8)
0.4, "%"              0.4 %
0.03, "%"             under 0.1 %
0, "%"                0 %
12.6, ""              13
None or NaN           –               –
====================  ==============  ================================================

Counts that are whole by their type may stand as ``{n:,}`` in a sentence: that is the same rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, Optional

from .nouns import NOUNS, OF_ONE, ONE, UNITS, standing_for_one
from .sentence import changed, joined, phrase, sentence

DASH = "–"  # what is not known
MINUS = "−"
LIKELY = 0.90  # the level of what is called likely without a level beside it
STATED = 0.95  # the level of the intervals of an evaluation
TINY = 1e-6  # what sums of many rows leave over is no part of a number

FROM_GAPS = phrase("from the gaps between fixes only; not unseen time or radios left behind")
RANGES_FROM_GAPS = sentence("Likely ranges (90 %) are {why}.", why=FROM_GAPS)
ONE_BY_ONE = phrase("“Together” is pooled over areas; a median takes areas one by one.")
SHARED_TIMES = phrase("Events of uncertain time are shared over hours: counts may have decimals.")
RANGES_OF_MODES = phrase(
    "The likely range of a mode counts in its part of what cannot be told, and comes from how differently people move."
)
NOT_CHOSEN = phrase("Comparison areas were not chosen at random: they were scored but not adopted.")
ASSOCIATION = phrase("An association, not an effect.")
FAIRNESS = phrase(
    "This cannot show whether searches were fair between ethnic groups; see the force's disproportionality figures."
)
CHANCE = phrase("Time linked by place and time may be chance.")
CANNOT_TELL = phrase("cannot tell")

# How officers moved, in the order in which shares are printed: what is not known first.
MODE_WORDS = {
    "unknown": CANNOT_TELL,
    "foot": phrase("on foot"),
    "vehicle": phrase("in a vehicle"),
    "bicycle": phrase("on a bicycle"),
    "stationary": phrase("stopped"),
}


def capitalised(text: str) -> str:
    """As a sentence or a heading begins: "officer hours per km²" is "Officer hours per km²"."""
    return changed(text, _capitalised)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(value: Optional[float], unit: str = "", base: int = 0) -> str:
    """A number without its unit, as for a cell under a heading that names it.

    Parameters
    ----------
    value : in `unit`; None and NaN are not known
    unit : decides between an amount and a share or rate
    base : what the number was rounded to a multiple of, as for the public: its zero may be less than the base

    >>> number(3.46, "h"), number(13.42, "%"), number(1234), number(float("nan")), number(0, "%", 5)
    ('3.5', '13.4', '1,234', '–', 'under 5')
    """
    if not known(value):
        return DASH
    assert value is not None
    size = abs(float(value))
    if size < TINY:
        return sentence("under {n}", n=base) if base else "0"
    sign = MINUS if value < 0 else ""
    if abs(size - round(size)) < TINY:
        return f"{sign}{size:,.0f}"
    text = f"{size:,.{_decimals(size, unit)}f}"
    return sentence("under {n}", n=f"{sign}0.1") if text == "0.0" else f"{sign}{text}"


def amount(value: Optional[float], unit: str = "", base: int = 0) -> str:
    """A number with its unit; a dash alone where it is not known.

    >>> amount(41.3, "h"), amount(24.68, "h per km²"), amount(None, "h")
    ('41 h', '24.7 h per km²', '–')
    """
    text = number(value, unit, base)
    if text == DASH or not unit:
        return text
    # A sign is the same in every language.
    return text + " %" if unit == "%" else sentence("{number} {unit}", number=text, unit=UNITS.get(unit, unit))


def in_a_row(words: Sequence[str]) -> str:
    """Words one after the other, the last after "and".

    >>> in_a_row(["12 crimes", "3 incidents"]), in_a_row(["a", "b", "c"]), in_a_row(["a"])
    ('12 crimes and 3 incidents', 'a, b and c', 'a')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def share(percent: Optional[float], base: int = 0) -> str:
    """A share given in per cent.

    >>> share(13.42), share(0.4), share(0.03), share(100), share(0, 5)
    ('13.4 %', '0.4 %', 'under 0.1 %', '100 %', 'under 5 %')
    """
    return amount(percent, "%", base)


def about(value: Optional[float], unit: str, base: int) -> str:
    """An amount that was rounded to a multiple of `base`, which is no best estimate.

    >>> about(10, "h", 5), about(0, "h", 5), about(None, "h", 5)
    ('about 10 h', 'under 5 h', '–')
    """
    text = amount(value, unit, base)
    return text if text == DASH or text.startswith("under") else sentence("about {amount}", amount=text)


def share_of(part: float, whole: float) -> str:
    """The share that a part has of a whole; a dash where there is no whole.

    >>> share_of(1, 8), share_of(0, 0)
    ('12.5 %', '–')
    """
    return share(100 * float(part) / float(whole) if whole else None)


def count_of(value: Optional[float], many: str) -> str:
    """A number of things, given in the plural; "1" of them is singular, as written and not as counted.

    >>> count_of(1, "recorded crimes"), count_of(0, "visits"), count_of(1.2, "incidents"), count_of(1200, "searches")
    ('1 recorded crime', '0 visits', '1.2 incidents', '1,200 searches')
    """
    text = number(value)
    things = ONE.get(many, many) if text == "1" else many
    return sentence("{number} {things}", number=text, things=NOUNS.get(things, things))


def so_many(n: int, words: str) -> str:
    """A count before words about several things: of one the first noun, its verb and what stands for it are singular.

    What stands in quotes, a column's name or a value, stays as it is.

    >>> so_many(2, "rows have no coordinates"), so_many(1, "rows have no coordinates")
    ('2 rows have no coordinates', '1 row has no coordinates')
    >>> so_many(1, "events have no place: they are kept without one"), so_many(1, "times of 'rows' read in UTC")
    ('1 event has no place: it is kept without one', "1 time of 'rows' read in UTC")
    """
    if n != 1:
        return f"{n:,} {words}"
    quoted = re.split(r"('[^']*'|\"[^\"]*\")", words)
    # The noun and its verb stand before the first comma or colon, what stands for the noun after it.
    main, mark, rest = re.fullmatch(r"([^,:;]*)([,:;]?)(.*)", quoted[0], re.DOTALL).groups()  # type: ignore[union-attr]
    nouns = [(m.start(), noun) for noun in ONE for m in [re.search(rf"\b{noun}\b", main)] if m]
    if nouns:
        at, noun = min(nouns, key=lambda found: (found[0], -len(found[1])))
        main = main[:at] + ONE[noun] + main[at + len(noun) :]
    verbs = re.compile(rf"\b({'|'.join(OF_ONE)})\b")
    if not mark and len(quoted) > 1 and not verbs.search(main):
        quoted[2] = verbs.sub(lambda m: OF_ONE[m[0]], quoted[2], count=1) if len(quoted) > 2 else ""
    else:
        main = verbs.sub(lambda m: OF_ONE[m[0]], main, count=1)
    quoted[0] = main + mark + rest
    return f"1 {''.join(part if k % 2 else standing_for_one(part) for k, part in enumerate(quoted))}"


def counted(n: int, words: str) -> str:
    """A sentence of :func:`so_many`; what ends with a mark of its own gets no second one.

    >>> counted(1, "positions lie at (0, 0)"), counted(2, "positions lie elsewhere: is the reference system right?")
    ('1 position lies at (0, 0).', '2 positions lie elsewhere: is the reference system right?')
    """
    text = so_many(n, words)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def range_of(value: Optional[float], low: Optional[float], high: Optional[float], unit: str = "") -> str:
    """The likely range of a value, without its unit: a dash where there is none.

    >>> range_of(41.3, 38.2, 44.4, "h"), range_of(3.46, 1.9, 12.02, "h"), range_of(41, None, None, "h")
    ('38–44', '1.9–12.0', '–')
    """
    if not (known(value) and known(low) and known(high)):
        return DASH
    assert value is not None and low is not None and high is not None
    if max(abs(value), abs(low), abs(high)) < TINY:
        return DASH  # nothing at all has no range
    decimals = _decimals(abs(float(value)), unit)
    begin, end = (_signed(float(v), decimals) for v in (low, high))
    return sentence("{begin} to {end}", begin=begin, end=end) if MINUS in begin + end else f"{begin}–{end}"


def with_range(value: Optional[float], low: Optional[float], high: Optional[float], unit: str = "") -> str:
    """A value with its range, as in a table: "41 h (38–44)"; the value alone where it has none, or none that its decimals show.

    >>> with_range(13.42, 13.1, 13.8, "%"), with_range(41, None, None, "h"), with_range(0.12, 0.11, 0.13, "%")
    ('13.4 % (13.1–13.8)', '41 h', '0.1 %')
    """
    ends = range_of(value, low, high, unit)
    text = amount(value, unit)
    return text if ends == DASH or _is_one(ends) else text + joined("", (" (", ends, ")"))


def _is_one(ends: str) -> bool:
    """Whether both ends of a range are the same number as it is written."""
    begin, _, end = ends.partition("–")
    return begin == end


def with_likely(
    value: Optional[float], low: Optional[float], high: Optional[float], unit: str = "", level: float = LIKELY
) -> str:
    """A value with its range, as in a sentence; of another level than 90 % this stands beside the word.

    >>> with_likely(41.3, 38.2, 44.4, "h"), with_likely(-2.5, -9.2, 4.1, "%", STATED)
    ('41 h, likely 38–44', '−2.5 %, likely (95 %) −9.2 to 4.1')
    """
    ends = range_of(value, low, high, unit)
    text = amount(value, unit)
    return text if ends == DASH or _is_one(ends) else _with_ends(text, ends, level)


def _with_ends(text: str, ends: str, level: float) -> str:
    if level == LIKELY:
        return sentence("{amount}, likely {ends}", amount=text, ends=ends)
    return sentence("{amount}, likely ({level}) {ends}", amount=text, level=share(100 * level), ends=ends)


def likely_range(level: float) -> str:
    """What a chart calls its lines: "likely range (95 %)".

    >>> likely_range(STATED)
    'likely range (95 %)'
    """
    return sentence("likely range ({level})", level=share(100 * level))


def mode_share(
    percent: Optional[float],
    low: Optional[float] = None,
    high: Optional[float] = None,
    *,
    base: int = 0,
    in_table: bool = False,
) -> str:
    """A whole share, of time by a mode or of searches, with its likely range; the share alone where it has none.

    >>> mode_share(26.3, 19.4, 33.2), mode_share(26.3, 19.4, 33.2, in_table=True), mode_share(0.3, 0, 8), mode_share(0, base=5)
    ('26 %, likely 19–33', '26 % (19–33)', 'under 1 %, likely 0–8', 'under 5 %')
    """
    whole = percent is not None and known(percent) and abs(percent) >= TINY
    text = share(percent, base) if not whole else f"{percent:.0f} %" if round(percent) else phrase("under 1 %")  # type: ignore[arg-type]
    if not (known(percent) and known(low) and known(high)) or high < TINY:  # type: ignore[operator]
        return text
    ends = f"{low:.0f}–{high:.0f}"
    return text + f" ({ends})" if in_table else sentence("{amount}, likely {ends}", amount=text, ends=ends)


def best_estimate(value: Optional[float], low: Optional[float], high: Optional[float], unit: str = "h") -> str:
    """An estimate that is called one; a dash alone where it is not known.

    >>> best_estimate(41.3, 38.2, 44.4), best_estimate(41.3, None, None)
    ('best estimate 41 h, likely 38–44', 'best estimate 41 h')
    """
    return sentence("best estimate {amount}", amount=with_likely(value, low, high, unit)) if known(value) else DASH


def ratio(value: Optional[float]) -> str:
    """How many times as much, or a correlation: two decimals.

    >>> ratio(0.972), ratio(-0.4), ratio(12.3), ratio(0.001), ratio(None)
    ('0.97', '−0.40', '12', 'under 0.01', '–')
    """
    if not known(value):
        return DASH
    assert value is not None
    size = abs(float(value))
    if size >= 9.995:
        return number(value)
    sign = MINUS if value < 0 and size >= TINY else ""
    return sentence("under {n}", n=f"{sign}0.01") if TINY <= size < 0.005 else f"{sign}{size:.2f}"


def ratio_with_likely(
    value: Optional[float], low: Optional[float], high: Optional[float], unit: str = "", level: float = STATED
) -> str:
    """A ratio with its range, as in a sentence; without one where an end is not known.

    >>> ratio_with_likely(0.97, 0.54, 1.75, "times as many"), ratio_with_likely(-0.4, -0.7, 0.05)
    ('0.97 times as many, likely (95 %) 0.54–1.75', '−0.40, likely (95 %) −0.70 to 0.05')
    """
    text = ratio(value)
    if unit:
        text = sentence("{number} {unit}", number=text, unit=UNITS.get(unit, unit))
    if not (known(value) and known(low) and known(high)):
        return text
    begin, end = ratio(low), ratio(high)
    apart = MINUS in begin + end or "under" in end
    return _with_ends(text, sentence("{begin} to {end}", begin=begin, end=end) if apart else f"{begin}–{end}", level)


def p_value(value: Optional[float]) -> str:
    """A p as it is printed: two digits that count, never 0.

    >>> p_value(0.0431), p_value(0.5), p_value(0.00002), p_value(None)
    ('0.043', '0.50', 'under 0.001', '–')
    """
    if not known(value):
        return DASH
    assert value is not None
    return sentence("under {n}", n="0.001") if value < 0.001 else f"{value:.3f}" if value < 0.0995 else f"{value:.2f}"


def known(value: Any) -> bool:
    """Whether there is a number: neither None nor NaN nor without end."""
    return value is not None and math.isfinite(value)


def _decimals(size: float, unit: str) -> int:
    """One below 10 (shares and rates: 100), none from there on: 9.96 is 10, not 10.0."""
    fine = "%" in unit or "/" in unit or "per " in unit
    return int(round(size, 1) < (100 if fine else 10))


def _signed(value: float, decimals: int) -> str:
    text = f"{abs(value):,.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) else text


__all__ = [
    "ASSOCIATION",
    "CANNOT_TELL",
    "CHANCE",
    "DASH",
    "FAIRNESS",
    "FROM_GAPS",
    "LIKELY",
    "MODE_WORDS",
    "NOT_CHOSEN",
    "ONE_BY_ONE",
    "RANGES_FROM_GAPS",
    "RANGES_OF_MODES",
    "SHARED_TIMES",
    "STATED",
    "about",
    "amount",
    "best_estimate",
    "capitalised",
    "count_of",
    "counted",
    "known",
    "likely_range",
    "mode_share",
    "number",
    "p_value",
    "range_of",
    "ratio",
    "ratio_with_likely",
    "share",
    "share_of",
    "so_many",
    "with_likely",
    "with_range",
]
