"""A result in one careful sentence: what goes with what, how surely, and the smallest change that could have been seen.

Nothing here says that one thing made another happen, nor that anybody did well or badly: :func:`banned` finds such words, and
the tests hold every sentence against it. How numbers are written is `core/words.py`'s.
"""

from __future__ import annotations

import re

from ..words import amount, capitalised, ratio, ratio_with_likely, share, with_likely
from .caveats import CAVEATS
from .result import Result

BANNED = re.compile(
    r"\b(caus(e[sd]?|ing|al)|prove[sdn]?|proof|proving|work(s|ed)|fail(s|ed|ure|ures|ing)?|underperform\w*|idl(e|es|ed|ing|eness)"
    r"|best(?! estimate)|worst|thanks to|because of|due to|led to|prevent(s|ed|ing)?|effective(ly|ness)?|success\w*)\b",
    re.IGNORECASE,
)
ABOUT_AS_MANY = (0.80, 1.25)
NOTHING_SEEN = "These data could not have shown any change, however large."
MOST_PERCENT = 2.0  # a ratio above this is told in times, not in per cent


def banned(text: str) -> list[str]:
    """Words of a text that no output may have.

    >>> banned("The best estimate is 3 h"), banned("The worst unit failed")
    ([], ['worst', 'failed'])
    """
    return [found.group(0) for found in BANNED.finditer(text)]


def verdict(result: Result) -> str:
    """``more``, ``fewer``, ``about as many``, or ``cannot tell``."""
    if result.withheld or not result.has_interval:
        return "cannot tell"
    low, high = result.low, result.high
    narrow = result.is_ratio and ABOUT_AS_MANY[0] <= low and high <= ABOUT_AS_MANY[1]
    if narrow and result.form == "times":
        return "about as many"
    clear = result.p_holm <= 1 - result.level + 1e-12 if result.adjusted else True
    if clear and low > result.no_change:
        return "more"
    if clear and high < result.no_change:
        return "fewer"
    return "about as many" if narrow and low <= result.no_change <= high else "cannot tell"


def sentence_of(result: Result) -> str:
    """The whole sentence (or several) that stands in the table."""
    return " ".join([headline_of(result), *caveats_of(result)])


def headline_of(result: Result) -> str:
    """What stands first: what cuts the comparison, what was found, what may be claimed, and what could have been seen."""
    caveats, facts = [CAVEATS[code] for code in result.caveats], result.all_facts
    parts = [c.sentence(facts) for c in caveats if c.first]
    parts.append(finding_of(result))
    parts += [c.sentence(facts) for c in caveats if c.withholds and not c.first]
    parts += [] if result.withheld else [result.claim]
    return " ".join([*parts, smallest_in_words(result)])


def caveats_of(result: Result) -> list[str]:
    """What is to be read beside it."""
    caveats = [CAVEATS[code] for code in result.caveats]
    return [c.sentence(result.all_facts) for c in caveats if not (c.withholds or c.first)]


def smallest_in_words(result: Result) -> str:
    """The smallest change that the data could have shown."""
    size = result.smallest_detectable
    if not size > 0 or size == float("inf"):
        return NOTHING_SEEN
    if result.form == "change" and size <= 10:
        down, up = share(100 * (1 / size - 1)), share(100 * (size - 1))
        return f"The smallest change that these data could have shown is about {down} or +{up}."
    if result.is_ratio:
        return (
            f"The smallest ratios that these data could have shown are about {ratio(1 / size)} and {ratio(size)} times."
        )
    if result.form == "correlation":
        return f"The smallest correlation that these data could have shown is about {ratio(size)}."
    return f"The smallest difference that these data could have shown is about {amount(size, result.unit)}."


def figure_in_words(result: Result) -> str:
    """The estimate with its interval, as it stands in a sentence; blank where there is none."""
    if result.withheld or result.estimate != result.estimate:
        return ""
    value, low, high = result.estimate, result.low, result.high
    if result.form == "correlation":
        return f"best estimate {ratio_with_likely(value, low, high, level=result.level)}"
    if result.form == "times" or (result.is_ratio and value > MOST_PERCENT):
        return f"best estimate {ratio_with_likely(value, low, high, 'times as many', result.level)}"
    if result.is_ratio:
        value, low, high = (100 * (v - 1) for v in (value, low, high))
        return f"best estimate {with_likely(value, low, high, '%', result.level)}"
    return f"best estimate {with_likely(value, low, high, result.unit, result.level)}"


def finding_of(result: Result) -> str:
    """What was found, with its figure; not what must be read beside it."""
    text = _WORDS[result.form][verdict(result)].format(
        subject=result.subject, outcome=result.outcome, exposure=result.exposure
    )
    figure = figure_in_words(result)
    text = capitalised(text) if result.primary else f"Exploratory: {text}"
    return f"{text}: {figure}." if figure else f"{text}."


_CHANGE = {
    "more": "{exposure} went with more {outcome}",
    "fewer": "{exposure} went with fewer {outcome}",
    "about as many": "{exposure} went with about as many {outcome}",
    "cannot tell": "cannot tell whether {exposure} went with more or fewer {outcome}",
}
_WORDS = {
    "change": _CHANGE,
    "difference": _CHANGE,
    "times": {
        "more": "{subject} had more {outcome} than {exposure}",
        "fewer": "{subject} had fewer {outcome} than {exposure}",
        "about as many": "{subject} had about as many {outcome} as {exposure}",
        "cannot tell": "cannot tell whether {subject} had more or fewer {outcome} than {exposure}",
    },
    "correlation": {
        "more": "{outcome} and {exposure} rose and fell together",
        "fewer": "{outcome} fell where {exposure} rose, and rose where they fell",
        "cannot tell": "cannot tell whether {outcome} and {exposure} rose and fell together",
    },
}


__all__ = [
    "ABOUT_AS_MANY",
    "banned",
    "caveats_of",
    "figure_in_words",
    "headline_of",
    "sentence_of",
    "smallest_in_words",
    "verdict",
]
