"""Expected tables as plain CSV files: how a table is written there, and where another one differs from it.

A table is a list of rows, each a dictionary of column name to text, as `csv.DictReader` gives them; a missing value is an
empty text. Nothing here knows QGIS or the plugin.
"""

from __future__ import annotations

import csv
import math
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Iterator, Optional, Sequence

Row = dict[str, str]

NEAR = 1e-6  # of a number, relative to it: libraries of different years add up in another order
SHOWN = 40  # lines of a report

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_NO_FRACTION = re.compile(r"\.0+(?=$|[Z+-])")


def written(value: object) -> str:
    """A value as the text of a cell: 9 digits of a number, nothing for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.9g}"
    return str(value)


def read_table(path: Path) -> list[Row]:
    """A table of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: Sequence[Row], key: Sequence[str], columns: Sequence[str] = ()) -> None:
    """A table into a CSV file, sorted by its key so that a change shows as few lines as it can.

    `columns` are for a table that may be without rows.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: [row[name] for name in key]))


def differences(name: str, expected: Sequence[Row], found: Sequence[Row], key: Sequence[str]) -> list[str]:
    """A sentence for each value of `found` that is not as expected: table, key of the row, column, both values.

    Parameters
    ----------
    name : of the table, for the sentences
    expected, found : rows in any order
    key : columns that tell one row from every other; with none the rows are told by their place, and the order counts
    """
    if key:
        wanted, given = _by_key(name, expected, key), _by_key(name, found, key)
    else:
        wanted, given = _by_place(expected, found)
    sentences = [f"{name}, {row}: the row is missing" for row in wanted if row not in given]
    sentences += [f"{name}, {row}: the row is not expected" for row in given if row not in wanted]
    columns = list(expected[0]) if expected else []
    others = list(found[0]) if found else []
    if expected and found:
        sentences += [f"{name}: column {c} is missing" for c in columns if c not in others]
        sentences += [f"{name}: column {c} is not expected" for c in others if c not in columns]
    for row in wanted:
        for column in columns:
            if row in given and column in given[row] and not same(wanted[row][column], given[row][column]):
                value, other = _around_the_difference(given[row][column], wanted[row][column])
                sentences.append(f"{name}, {row}, column {column}: {value}, expected {other}")
    return sentences


def _around_the_difference(*texts: str, width: int = 60) -> Iterator[str]:
    """Each text from shortly before the first letter in which they differ; a short one as it is."""
    alike = next((i for i, letters in enumerate(zip(*texts)) if len(set(letters)) > 1), min(map(len, texts)))
    start = max(0, alike - width // 3) if max(map(len, texts)) > width else 0
    for text in texts:
        part = text[start : start + width]
        yield f"{'…' if start else ''}{part}{'…' if start + width < len(text) else ''}" or "empty"


def _by_key(name: str, rows: Sequence[Row], key: Sequence[str]) -> dict[str, Row]:
    """Rows by the words that name them in a report."""
    named = {" ".join(f"{column}={_as_key(row[column])}" for column in key): row for row in rows}
    assert len(named) == len(rows), f"{name}: the key {', '.join(key)} does not tell its rows apart"
    return named


def _as_key(text: str) -> str:
    return _moment(text) if _MOMENT.fullmatch(text) else text


def _by_place(expected: Sequence[Row], found: Sequence[Row]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Rows by their places, laid beside each other by their words: one more row does not move all after it."""
    wanted, given = {}, {}
    outlines = [[tuple(_NUMBER.sub("#", text) for text in row.values()) for row in rows] for rows in (expected, found)]
    for _, i, i_end, j, j_end in SequenceMatcher(None, *outlines, autojunk=False).get_opcodes():
        for k in range(max(i_end - i, j_end - j)):
            name = f"row {i + k + 1}" if i + k < i_end else f"row {j + k + 1} of those found"
            if i + k < i_end:
                wanted[name] = expected[i + k]
            if j + k < j_end:
                given[name] = found[j + k]
    return wanted, given


def same(expected: str, found: str) -> bool:
    """Whether two cells say the same: equal texts, one moment however finely it is written, or near numbers.

    Of a geometry each number counts for itself. GDAL writes seconds before 3.10, milliseconds since.
    """
    if expected == found:
        return True
    if _MOMENT.fullmatch(expected) and _MOMENT.fullmatch(found):
        return _moment(expected) == _moment(found)
    if _shape(expected) is not None and _shape(expected) == _shape(found):
        return all(map(_near, _NUMBER.findall(expected), _NUMBER.findall(found)))
    return bool(_NUMBER.fullmatch(expected) and _NUMBER.fullmatch(found)) and _near(expected, found)


def _shape(text: str) -> Optional[str]:
    """A geometry's text without its numbers; None for another text."""
    return _NUMBER.sub("#", text) if re.match(r"(MULTI)?(POINT|LINESTRING|POLYGON)\b", text) else None


def _moment(text: str) -> str:
    """A moment without a fraction of nothing: "2024-06-03T10:00:00Z" of "2024-06-03T10:00:00.000Z"."""
    return _NO_FRACTION.sub("", text.replace(" ", "T"))


def _near(expected: str, found: str) -> bool:
    return math.isclose(float(expected), float(found), rel_tol=NEAR, abs_tol=NEAR)


def report(sentences: Sequence[str]) -> str:
    """What a failing comparison prints."""
    more = [f"… and {len(sentences) - SHOWN} more"] if len(sentences) > SHOWN else []
    head = f"{len(sentences)} differences from tests/golden/expected; `make golden` accepts them, once they are understood:"
    return "\n".join([head, *sentences[:SHOWN], *more])
