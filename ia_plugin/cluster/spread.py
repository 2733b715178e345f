"""Numbers that Spark's own hash puts into a partition each, so that of a few heavy things no two share one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..core.arrays import Ints

_SEED = 42


def hash_long(numbers: Ints) -> Ints:
    """Spark SQL's ``hash`` of bigints: Murmur3, 32 bits, seed 42.

    >>> hash_long(np.array([1])).tolist()
    [-1712319331]
    """
    whole = np.asarray(numbers, dtype=np.int64).view(np.uint64)
    h = np.full(len(whole), _SEED, dtype=np.uint32)
    for half in (whole & np.uint64(0xFFFFFFFF), whole >> np.uint64(32)):
        k = _turned(half.astype(np.uint32) * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)
        h = _turned(h ^ k, 13) * np.uint32(5) + np.uint32(0xE6546B64)
    h ^= np.uint32(8)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return (h ^ (h >> np.uint32(16))).view(np.int32).astype(np.int64)


def partition_keys(n: int) -> list[int]:
    """A number for each of `n` partitions that ``repartition(n, column)`` puts into it.

    >>> (hash_long(np.array(partition_keys(3))) % 3).tolist()
    [0, 1, 2]
    """
    found: dict[int, int] = {}
    tried = 0
    while len(found) < n:
        some = np.arange(tried, tried + 16 * n + 64)
        at, first = np.unique(hash_long(some) % n, return_index=True)
        for partition, key in zip(at.tolist(), some[first].tolist()):
            found.setdefault(partition, key)
        tried += len(some)
    return [found[k] for k in range(n)]


def _turned(words: NDArray[np.uint32], bits: int) -> NDArray[np.uint32]:
    return np.asarray((words << np.uint32(bits)) | (words >> np.uint32(32 - bits)))
