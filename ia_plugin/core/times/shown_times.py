"""What a message may show of a value in a column of times: what looks like a time, of anything else its shape alone.

A column of times can hold a name or a number that reaches a person (METHODS: care for people); a date cannot.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ..texts import shape_of
from .epochs import from_numbers

_LONGEST = 40
_DATE = r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?"
_LOOKS_LIKE_TIME = re.compile(
    rf"\s*(?:{_DATE}(?:[T ,_]\s?{_CLOCK})?|{_CLOCK})\s?(?:[AaPp][Mm])?\s?(?:Z|z|UTC|GMT|BST|[+-]\d{{2}}(?::?\d{{2}})?)?\s*"
)

_SHORT = re.compile(r"\s*\d(?:[.,]\d{1,17})?[Ee]\+?\d{1,2}\s*")


def shown(value: Any) -> str:
    """A value as a message may show it.

    >>> shown("13/13/2024 10:00"), shown("PC 4512 Smith"), shown("07700900123")
    ('13/13/2024 10:00', 'aa 9999 aaaaa', '99999999999')
    >>> shown("1.71741E+09")
    '1.71741E+09 (a number written short: its last digits are lost)'
    """
    text = str(value)
    if _SHORT.fullmatch(text):
        number = text.strip() if _looks_counted(text) else re.sub(r"\d", "9", text.strip())
        return f"{number} (a number written short: its last digits are lost)"
    return text.strip() if len(text) <= _LONGEST and _LOOKS_LIKE_TIME.fullmatch(text) else shape_of(text)


def _looks_counted(text: str) -> bool:
    """Whether a number written short can be a count since 1970; a telephone number so written is none."""
    value = float(text.strip().replace(",", "."))
    return value < 9e18 and bool(from_numbers(np.array([int(value)], dtype=np.int64), np.zeros(1, dtype=np.int64))[4])
