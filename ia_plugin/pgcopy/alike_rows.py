"""Rows of COPY BINARY that are laid out alike: of those, a field is a slice of a rectangle of bytes, and nothing is looked for.

Rows of a table mostly have a few layouts: keys of one length, numbers, the same fields empty. Where they have many, as where texts
are of any length, :mod:`.decode` goes from field to field instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..core.arrays import Array, Bytes, Ints

_MOST = 200  # layouts; beyond it they hold too few rows each


@dataclass
class Alike:
    """Some rows, by their numbers, as bytes (n, size); and of each field where it begins and how long it is, -1 for NULL."""

    rows: Ints
    block: Bytes
    fields: list[tuple[int, int]] = field(default_factory=list)

    def values(self, at: int, dtype: str) -> Array:
        """A field that is not NULL as values of a type, as wide as it is long."""
        return _slice(self.block, self.fields[at][0], dtype)


def _slice(block: Bytes, start: int, dtype: str) -> Array:
    """A field of all rows, where it lies: whole values are taken over, not byte after byte."""
    return np.ndarray(len(block), dtype=dtype, buffer=block, offset=start, strides=(block.shape[1],))


def alike(rows: Sequence[bytes], count: int) -> list[Alike]:
    """The rows by their layouts; [] where they have too many, or are no rows of `count` fields.

    >>> one = b"\\0\\1" + b"\\0\\0\\0\\4" + b"\\0\\0\\0\\7"
    >>> [(g.rows.tolist(), g.fields, g.values(0, ">i4").tolist()) for g in alike([one, b"\\0\\1\\xff\\xff\\xff\\xff", one], 1) if g.fields[0][1] > 0]
    [([0, 2], [(6, 4)], [7, 7])]
    """
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    sizes, which = np.unique(lengths, return_inverse=True)
    if len(sizes) > _MOST or (len(sizes) and sizes[0] < 2):
        return []
    found: list[Alike] = []
    order = np.argsort(which, kind="stable")
    edges = np.searchsorted(which[order], np.arange(len(sizes) + 1))
    for size, a, b in zip(sizes.tolist(), edges, edges[1:]):
        numbers = order[a:b]
        blob = b"".join([rows[i] for i in numbers.tolist()])
        block = np.frombuffer(blob, np.uint8).reshape(len(numbers), size)
        if (_slice(block, 0, ">i2") != count).any():
            return []
        if not _split(Alike(numbers, block), 2, count, found):
            return []
    return found


def _split(group: Alike, start: int, count: int, found: list[Alike]) -> bool:
    """Go along the fields, and apart where their lengths differ; False where it leads nowhere."""
    size = group.block.shape[1]
    while len(group.fields) < count:
        if start + 4 > size:
            return False
        lengths = _slice(group.block, start, ">i4").astype(np.int32)
        if (lengths != lengths[0]).any():
            kinds = np.unique(lengths)
            if len(kinds) + len(found) > _MOST:
                return False
            parts = (lengths == kind for kind in kinds)
            return all(
                _split(Alike(group.rows[p], group.block[p], [*group.fields]), start, count, found) for p in parts
            )
        length = int(lengths[0])
        if length < -1:
            return False
        group.fields.append((start + 4, length))
        start += 4 + max(length, 0)
    found.append(group)
    return start == size and len(found) <= _MOST
