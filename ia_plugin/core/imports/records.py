"""The records of delimited text, found by whole arrays: where each row starts and ends, and how many cells it has.

A quoted cell may hold delimiters and line ends. Whether a byte stands inside quotes is the parity of the quotes before
it, so one running sum over the block tells it (the way simdjson finds the structure of a text: Langdale & Lemire 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTE, NEWLINE, RETURN, NUL = 34, 10, 13, 0
_NOTHING = b" \t\r\n\"'-=_+\xc2\xa0"  # blanks (a no-break space too), quotes, and lines drawn under a header
MOST_LINES = 200  # a row over more lines than this is a quote that was never closed


@dataclass(frozen=True)
class Records:
    """Rows of one block of bytes.

    Attributes
    ----------
    start, end : int64 (k,), first byte of each row and the byte after its line end
    cells : int64 (k,), cells of each row; 0 for a blank line
    empty : bool (k,), rows of delimiters, blanks and drawn lines alone
    line : int64 (k,), lines of text before the row, within the block
    unclosed : bool (k,), rows whose quotes do not pair
    damaged : bool (k,), rows with a NUL byte
    lines : lines of text in the block
    used : bytes that belong to whole rows
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    cells: NDArray[np.int64]
    empty: NDArray[np.bool_]
    line: NDArray[np.int64]
    unclosed: NDArray[np.bool_]
    damaged: NDArray[np.bool_]
    lines: int
    used: int


def records_of(block: bytes, delimiter: str, *, last: bool) -> Records:
    """Rows of `block`; the part of a row at its end is left unused unless the block is the `last`."""
    data = np.frombuffer(block, dtype=np.uint8)
    lines = np.flatnonzero(data == NEWLINE)
    commas = np.flatnonzero(data == ord(delimiter))
    quotes = np.flatnonzero(data == QUOTE) if b'"' in block else np.empty(0, dtype=np.int64)
    ends, cuts = lines, commas
    if len(quotes):
        ends, cuts = (at[np.searchsorted(quotes, at) % 2 == 0] for at in (lines, commas))
        before = np.searchsorted(lines, ends)
        # A quote that is never closed swallows what follows: then each line is taken as a row.
        if (np.diff(before, prepend=-1) > MOST_LINES).any() or (last and len(quotes) % 2):
            ends, cuts = lines, commas
    end = ends + 1
    if last and (not len(end) or end[-1] < len(data)):
        end = np.append(end, len(data))
    start = np.r_[0, end[:-1]][: len(end)]
    used = int(end[-1]) if len(end) else 0
    cells = np.diff(np.searchsorted(cuts, end), prepend=0) + 1
    body = end - start - (data[np.maximum(end - 1, 0)] == NEWLINE)
    blank = body <= 0
    one = np.flatnonzero(body == 1)
    blank[one] = data[start[one]] == RETURN
    cells[blank] = 0
    unclosed = np.diff(np.searchsorted(quotes, end), prepend=0) % 2 == 1
    nuls = np.flatnonzero(data == NUL) if b"\0" in block else np.empty(0, dtype=np.int64)
    damaged = np.diff(np.searchsorted(nuls, end), prepend=0) > 0
    line = np.searchsorted(lines, start)
    return Records(
        start,
        end,
        cells,
        _empty(data, start, end, delimiter),
        line,
        unclosed,
        damaged,
        int(np.searchsorted(lines, used)),
        used,
    )


def _empty(
    data: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64], delimiter: str
) -> NDArray[np.bool_]:
    """Rows in which nothing is written; only those that begin like one are looked at whole."""
    nothing = np.zeros(256, dtype=bool)
    nothing[list(_NOTHING + delimiter.encode())] = True
    found = np.zeros(len(start), dtype=bool)
    likely = np.flatnonzero(nothing[data[start]]) if len(data) else np.empty(0, dtype=np.intp)
    for step in range(1, 8):
        likely = likely[nothing[data[np.minimum(start[likely] + step, end[likely] - 1)]]]
    found[likely] = [bool(nothing[data[a:b]].all()) for a, b in zip(start[likely], end[likely])]
    return found


def only(block: bytes, found: Records, keep: NDArray[np.bool_]) -> bytes:
    """The bytes of the rows to keep."""
    if keep.all():
        return block[: found.used]
    wanted = np.repeat(keep, found.end - found.start)
    return np.frombuffer(block, dtype=np.uint8)[: found.used][wanted].tobytes()
