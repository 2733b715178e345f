"""Ids of legs, tracks and visits as an output shows them: new ones under the key, for those of the store can be guessed.

In the core and the store ``leg_id`` is an open hash of officer and start. Whoever knows a pseudonym, or has the key and a
collar number, could work it out and find that officer's legs on any day in any layer. Outputs therefore carry a keyed hash
of it: SipHash-2-4 (Aumasson and Bernstein, 2012), made for short inputs, and done here on whole columns at once.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Ints
from .privacy import Key
from .times.instants import nanoseconds
from .tracks import stable_id

KEYED = ("leg_id", "track_id", "visit_id")
"""Columns of ids that an output never shows as the store has them."""

Words = NDArray[np.uint64]

_START = (
    0x736F6D6570736575,
    0x646F72616E646F6D,
    0x6C7967656E657261,
    0x7465646279746573,
)  # "somepseudorandomlygeneratedbytes"
_LENGTH = np.uint64(8 << 56)  # the last word of a message of eight bytes
_ENDING = np.uint64(0xFF)
_AT_ONCE = 1 << 14  # words whose state fits a processor's cache


def keyed_ids(ids: Ints, key: Key, kind: str) -> Ints:
    """Ids (n,) int64 under a key: equal ones stay equal, and without the key none leads back to what it was.

    Parameters
    ----------
    ids : int64 (n,)
    key : Key
    kind : what they are ids of (``leg_id``); the same number gives another one in another kind

    Examples
    --------
    >>> key = Key(b"sixteen bytes or more")
    >>> a, b, c = keyed_ids(np.array([7, 8, 7]), key, "leg_id")
    >>> bool(a == c != b), bool(a == keyed_ids(np.array([7]), key, "track_id")[0])
    (True, False)
    """
    secret = bytes.fromhex(key.digest(f"ids of outputs {kind}", 32))
    found = siphash(np.asarray(ids, dtype=np.int64).view(np.uint64), secret)
    return np.asarray(found.view(np.int64))


def as_shown(table: pd.DataFrame, key: Optional[Key]) -> pd.DataFrame:
    """Legs, tracks or visits with ``officer_day`` as an output shows them: nothing in them joins an officer's days.

    Parameters
    ----------
    table : with ``officer_day`` and ``start``; visits, known by ``visit_id``, have their entry as ``start``
    key : Key; None for ids that are under a key already

    Returns
    -------
    The table with its ids under the key, its rows by officer-day and time; the index goes with the rows.
    """
    shown = table if key is None else with_keyed_ids(table, key)
    return by_day(tracks_by_day(shown) if "visit_id" in shown.columns else shown)


def with_keyed_ids(table: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The table with its ids of legs, tracks and visits under the key; other columns as they are."""
    found: Any = {c: _keyed_column(table[c], key) for c in KEYED if c in table.columns}
    return table.assign(**found) if found else table


def _keyed_column(values: pd.Series, key: Key) -> Any:
    """One column of ids under the key; missing ones, as in layers of others, stay missing."""
    known = values.notna().to_numpy()
    ids = keyed_ids(values[known].to_numpy(dtype=np.int64), key, str(values.name))
    if known.all():
        return ids
    column = pd.array([None] * len(values), dtype="Int64")
    column[known] = ids
    return column


def tracks_by_day(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits whose ``track_id`` lasts no longer than their ``officer_day``.

    The legs of a track that runs over midnight meet in one fix, so anyone sees that they are one; two visits show nothing
    of the kind, and a track they share would join an officer's two days.
    """
    mixed = stable_id(visits["officer_day"], visits["track_id"].to_numpy(dtype=np.int64))
    return visits.assign(track_id=mixed)


def by_day(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by ``officer_day`` and ``start``: in the core's order an officer's days stand one behind the other."""
    codes, days = pd.factorize(table["officer_day"])
    rank = np.empty(len(days) + 1, dtype=np.int64)
    rank[np.argsort(np.asarray(days, dtype=str))] = np.arange(len(days))
    rank[-1] = len(days)  # without an officer, last
    day, moment = rank[codes], nanoseconds(table["start"])
    earlier = (day[:-1] < day[1:]) | ((day[:-1] == day[1:]) & (moment[:-1] <= moment[1:]))
    # A layer of ours comes in this order, and to move every row costs more than to see that.
    return table if earlier.all() else table.iloc[np.lexsort((moment, day))]


def siphash(words: Words, secret: bytes) -> Words:
    """SipHash-2-4 of each eight-byte word (little-endian), uint64 (n,).

    Parameters
    ----------
    words : uint64 (n,)
    secret : 16 bytes
    """
    found = np.empty(len(words), dtype=np.uint64)
    for start in range(0, len(words), _AT_ONCE):
        found[start : start + _AT_ONCE] = _siphash(words[start : start + _AT_ONCE], secret)
    return found


def _siphash(words: Words, secret: bytes) -> Words:
    halves = [np.uint64(int.from_bytes(secret[i : i + 8], "little")) for i in (0, 8)]
    v: list[Any] = [np.full(len(words), np.uint64(s) ^ halves[i % 2], dtype=np.uint64) for i, s in enumerate(_START)]
    with np.errstate(over="ignore"):
        for block in (words, _LENGTH):
            v[3] = v[3] ^ block
            _rounds(v, 2)
            v[0] = v[0] ^ block
        v[2] = v[2] ^ _ENDING
        _rounds(v, 4)
    return np.asarray(v[0] ^ v[1] ^ v[2] ^ v[3])


def _rounds(v: list[Any], times: int) -> None:
    """So many rounds of SipHash on its four words of state."""
    for _ in range(times):
        for a, b, turn in ((0, 1, 13), (2, 3, 16)):
            v[a] = v[a] + v[b]
            v[b] = _turned(v[b], turn) ^ v[a]
        v[0] = _turned(v[0], 32)
        for a, b, turn in ((2, 1, 17), (0, 3, 21)):
            v[a] = v[a] + v[b]
            v[b] = _turned(v[b], turn) ^ v[a]
        v[2] = _turned(v[2], 32)


def _turned(x: Words, bits: int) -> Words:
    return (x << np.uint64(bits)) | (x >> np.uint64(64 - bits))


__all__ = ["KEYED", "as_shown", "by_day", "keyed_ids", "siphash", "tracks_by_day", "with_keyed_ids"]
