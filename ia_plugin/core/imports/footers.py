"""Lines of a table that are no rows of it: what programs and people write under a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from .records import Records

MOST_ODD = 1_000  # rows of a block, with another number of cells, that may be lines about the table
TAIL = 30  # rows at the end among which a footer is looked for
_NOTICE = re.compile(
    r"""\(?\s*\d[\d,. ]*\s*(?:rows?|records?|results?|entries|lines|incidents|crimes|events|items)\b.*      # (2 rows affected)
    |(?:(?:rows?|records?|results?|entries|lines|incidents?|crimes?|events?|items)\s*){1,2}(?:shown|found|returned|listed|exported|selected)?\s*[:=]\s*[\d,. ]+
    |(?:grand\s+|sub-?\s*)?totals?\b.*
    |(?:(?:row|record)\s*)?count\b.*
    |(?:no\.?|number)\s+of\s+(?:rows|records|results|entries|lines|incidents|crimes|events)\b.*
    |\W*end\s+of\b.*|\W*(?:end|eof)\W*
    |completion\s+time\b.*
    |(?:(?:report|data|file|list)\s+)?(?:generated|exported|printed|produced|extracted|created|downloaded|run)\s*(?:by|on|at|from|:).*
    |page\s+\d+.*
    |(?:source|official|restricted|confidential|protective\s+marking)\b.*
    |[-=*_.~#]{2,}""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# These speak of the table whatever stands behind them, in one cell or, with a delimiter in the text, in several.
_ABOUT = re.compile(
    r"""(?:(?:applied|active|current|report)\s+)?filters?(?:\s+(?:applied|used|set|by))?\s*[:=].*
    |filter(?:s\s+applied|ed\s+(?:by|on|for))\b.*
    |(?:(?:search|selection|report|query)\s+)?(?:criteria|parameters)\s*[:=].*
    |(?:©|\(c\)\s|copyright\b|crown\s+copyright\b).*
    |(?:foot)?notes?\s*:.*
    |disclaimer\b.*
    |(?:data|correct|accurate)\s+(?:as\s+(?:at|of)|is\s+correct)\b.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(r"[A-Za-z][A-Za-z /()-]{2,40}:(?:\s.*|)", re.DOTALL)  # "Date range: 1 to 30 June"
_NUMBER = re.compile(r"[-+]?[\d, ]*\.?\d+\s*%?")


def is_notice(cells: Sequence[str]) -> bool:
    """Whether a row is a line about the table, such as "(2 rows affected)" or "Total,,,17".

    >>> is_notice(["(2 rows affected)"]), is_notice(["Total", "", "17"]), is_notice(["Total loss", "2024-06-01 10:00"])
    (True, True, False)
    """
    filled = [c.strip() for c in cells if c.strip()]
    if not filled:
        return False
    counted = _NOTICE.fullmatch(filled[0]) and all(_NUMBER.fullmatch(c) for c in filled[1:])
    return bool(counted or _ABOUT.fullmatch(filled[0]))


def footer_length(rows: Sequence[Sequence[str]], columns: int) -> int:
    """How many of the last rows stand under a table, blank ones between them too.

    Lines about the table, single cells that begin with a label ("Date range: …"), and under a blank row any words alone.

    Parameters
    ----------
    rows : the last rows in their order, a blank one without cells
    columns : of the table

    Examples
    --------
    >>> footer_length([["I1", "Noise", "4"], [], ["Printed for the", "", ""], [], ["Total", "", "4"], []], 3)
    5
    """
    length = 0
    for k in range(len(rows) - 1, -1, -1):
        filled = [c for c in rows[k] if c.strip()]
        words = len(filled) == 1 and columns > 2 and len(re.findall(r"[A-Za-z]{2,}", filled[0])) > 1
        labelled = len(filled) == 1 and columns > 2 and bool(_LABEL.fullmatch(filled[0].strip()))
        apart = labelled or (words and k > 0 and not any(c.strip() for c in rows[k - 1]))
        if filled and not is_notice(rows[k]) and not apart:
            break
        length = len(rows) - k
    return length


def notices(data: bytes, found: Records, keep: Any, delimiter: str, columns: int, last: bool) -> Any:
    """Lines about the table among the records of a block, bool (k,).

    Anywhere those with another number of cells; in the `last` block of a file also those that stand under the table.
    """

    def cells(i: int) -> list[str]:
        # Python's reader crashes on an end of line within a record; whether that ends it is not for here to say.
        text = re.sub(r"[\r\n]", " ", data[found.start[i] : found.end[i]].decode("utf-8", "replace"))
        if '"' not in text:
            return text.split(delimiter)
        try:
            return next(csv.reader([text], delimiter=delimiter), [])
        except csv.Error:  # a cell longer than it takes is no line about the table
            return ["damaged"]

    sound = keep & ~found.unclosed & ~found.damaged
    marked = np.zeros(len(keep), dtype=bool)
    odd = np.flatnonzero(sound & (found.cells != columns))
    marked[[i for i in odd[:MOST_ODD] if is_notice(cells(i))]] = True
    if last:
        tail = range(max(0, len(keep) - TAIL), len(keep))
        rows = [(cells(i) if sound[i] else ["damaged"]) if keep[i] and not found.empty[i] else [] for i in tail]
        marked[len(keep) - footer_length(rows, columns) :] = True
    return marked & sound
