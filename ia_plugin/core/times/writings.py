"""The writings that a time can have, as patterns of texts whose digits all read 0."""

from __future__ import annotations

import re
from typing import Optional

_OF_DAY = (
    r"(?:(?:[Tt]| {1,2}|, ?| - |_| at )(?P<H>00?)(?P<c>[:.]?)(?P<M>00)(?:(?P=c)(?P<S>00)(?:[.,:](?P<f>0+))?)?"
    r"(?: ?(?:(?P<half>[AaPp])\.?[Mm]\.?|hrs|[Hh]))?"
)
_ZONE = (
    r"(?: ?\(?(?P<zone>[Zz]|(?i:UTC|GMT|BST)|(?i:UTC|GMT)?(?P<sign>[+-])(?P<oh>00?)(?::?(?P<om>00))?)\)?"
    r"(?:\[[A-Za-z_/]+\])?)? ?)?"
)
_WEEKDAY = r"(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?i:day)?\.?,? )?"
_NAME = r"(?P<name>[A-Za-z]{3,9})"
_NTH = r"(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<Y>0000)(?P<s>[-/.])(?P<m>00?)(?P=s)(?P<d>00?)",
    r"(?P<a>00?)(?P<s>[-/. ])(?P<b>00?)(?P=s)(?P<Y>0000|00)",
    rf"(?P<d>00?){_NTH}[- /.]?{_NAME}\.?[-, /.]? ?(?P<Y>0000|00)",
    rf"{_NAME}\.?[- /](?P<d>00?){_NTH}(?:, ?|-|/| )(?P<Y>0000)",
    rf"(?P<Y>0000)[- /]{_NAME}[- /](?P<d>00?)",
    r"(?P<Y>0000)(?P<m>00)(?P<d>00)",
)
_MONTHS_ALONE = (
    r"(?P<Y>0000)[-/.](?P<m>00)",
    r"(?P<m>00?)[-/.](?P<Y>0000)",
    rf"{_NAME}\.?[-, /.']? ?(?P<Y>0000|00)",
    rf"(?P<Y>0000)[- /]{_NAME}",
)
DATES = tuple(
    re.compile(rf" *(?:'|=?\")?{p}\"? *")
    for p in (*(_WEEKDAY + date + _OF_DAY + _ZONE for date in _DATES), *_MONTHS_ALONE)
)  # fmt: skip
NUMBER = re.compile(r" *(?P<minus>-?)(?P<whole>0{1,19})(?:[.,](?P<f>0*))? *")
SHORT = re.compile(r" *(?P<minus>-?)(?P<lead>0)(?:[.,](?P<f>0{1,17}))?[Ee]\+?(?P<e>00?) *")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "sept", "october", "november",
    "december",
)  # fmt: skip


def month_of(parts: re.Match[str]) -> Optional[int]:
    """The number of the month that is named; 0 where none is, None where the word is no month."""
    name = (parts.groupdict().get("name") or "").lower()
    if not name:
        return 0
    return _MONTHS.index(name[:3]) + 1 if name in _MONTHS or name in _MONTH_NAMES else None
