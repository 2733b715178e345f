"""The form of a text file, found from its first bytes: encoding, delimiter, and the row that names the columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import FileError
from ..times.column_zone import IN_NAMES, PLACE
from ..times.zone_words import SEVERAL

HEADER_WITHIN = 60  # rows that may stand before the header
DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


# Words beside a name that say how a value is written, not what it is: "Time (UTC)", "Easting (m)", "lat_wgs84".
_HOW_WRITTEN = (
    frozenset("utc gmt z local m metre metres meter meters ft feet yd yards kn knot knots kts deg degree degrees dd wgs wgs84 epsg 4326 bng osgb osgb36 27700".split())
    | IN_NAMES
    | SEVERAL
)  # fmt: skip


def plain(name: Any) -> str:
    """A header name without case, blanks and punctuation: 'Crime.type', 'crime_type' and 'Crime type' are one."""
    return "".join(c for c in str(name).lower() if c.isalnum())


def bare(name: Any) -> str:
    """A plain header name without words that only say how the values are written.

    >>> bare("t_utc"), bare("Easting (m)"), bare("LatWGS84"), bare("UTC"), bare("Time (Europe/Paris)")
    ('t', 'easting', 'lat', 'utc', 'time')
    """
    words = [w for w in re.split(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])", PLACE.sub(" ", str(name))) if w]
    return "".join(w.lower() for w in words if w.lower() not in _HOW_WRITTEN) or plain(name)


def encoding_of(sample: bytes, name: str) -> str:
    """The encoding of a file's first bytes: by its mark, by the zeros of UTF-16, UTF-8 where it is that, else cp1252."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    head = np.frombuffer(sample[:4096], dtype=np.uint8)
    odd, even = np.mean(head[1::2] == 0), np.mean(head[::2] == 0)
    if max(odd, even) > 0.4 and min(odd, even) < 0.1:
        return "utf-16-le" if odd > even else "utf-16-be"
    if np.mean(np.frombuffer(sample, dtype=np.uint8) == 0) > 0.05 or sample[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise FileError(f"{name!r} is no text file.", "Export it as CSV (a spreadsheet: save as CSV UTF-8).")
    return "utf-8" if is_utf8(sample) else "cp1252"


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8; the last character may be cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    return True


def readable(sample: bytes, encoding: str, name: str) -> str:
    """The first bytes of file `name` as text; an encoding that does not exist is refused."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise FileError(f"The encoding {encoding!r} is not known.", "Write utf-8, cp1252 or utf-16.") from None
    return sample.decode(encoding, "replace").lstrip("\ufeff")


def first_records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of the first rows."""
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                found.append((line, cells))
            line = reader.line_num + 1
            if len(found) >= 3 * HEADER_WITHIN:
                break
    except csv.Error:
        pass
    return found


def delimiter_of(text: str, known: frozenset[str]) -> str:
    """The delimiter by which most rows have one number of cells, and several."""

    def score(delimiter: str) -> tuple[int, float]:
        rows = [cells for _, cells in first_records(text, delimiter)]
        if not rows:
            return 0, 0.0
        names = max(len(known & {plain(c) for c in cells}) for cells in rows[:HEADER_WITHIN])
        counts = np.bincount([len(r) for r in rows])
        counts[:2] = 0
        return names, float(counts.max(initial=0)) / len(rows) * min(int(counts.argmax()), 20) if counts.any() else 0.0

    return max(DELIMITERS, key=score)


def header_of(rows: Sequence[tuple[int, list[str]]], known: frozenset[str], name: str) -> tuple[int, list[str]]:
    """The line of the row that names the columns, and the names: the row with most `known` ones, or that of words.

    Parameters
    ----------
    rows : line and cells of the first rows of a table; blank ones do not count
    """
    rows = [(line, cells) for line, cells in rows if any(c.strip() for c in cells)]
    if not rows:
        raise FileError(f"{name!r} is empty.", "Export it again.")
    best, most = None, 0
    for line, cells in rows[:HEADER_WITHIN]:
        hits = len(known & {plain(c) for c in cells})
        if hits > most:
            best, most = (line, cells), hits
    if best is None or most < 2:
        usual = int(np.bincount([len(c) for _, c in rows]).argmax())
        words = [(n, c) for n, c in rows[:HEADER_WITHIN] if len(c) == usual and all(map(_is_name, c))]
        if usual < 2 or not words:
            raise FileError(
                f"{name!r} has no header row in its first {HEADER_WITHIN} lines.",
                "The first row of the table must name its columns; check the delimiter.",
            )
        best = words[0]
    return best[0], distinct([c.strip() for c in best[1]])


def _is_name(cell: str) -> bool:
    return bool(cell.strip()) and any(c.isalpha() for c in cell) and sum(c.isdigit() for c in cell) < 4


def distinct(names: list[str]) -> list[str]:
    """Names with a number where one is empty or repeated; no two of them are the same.

    >>> distinct(["Time", "", "Time", "column#1"])
    ['Time', 'column#1', 'Time#2', 'column#1#2']
    """
    seen: dict[str, int] = {}
    result: dict[str, None] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made = name if name and seen[name] == 1 else f"{name or 'column'}#{seen[name]}"
        while made in result:
            seen[name] += 1
            made = f"{name or 'column'}#{max(2, seen[name])}"
        result[made] = None
    return list(result)
