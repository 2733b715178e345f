"""The land of the United Kingdom and the Isle of Man as a coarse outline, by which a position in the sea is known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike

from .arrays import Bools

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Corners in kilometres of the British National Grid, about 5 km out from the coast; from Natural Earth (public domain).
_OUTLINES = (
    # the mainland, with Skye and Orkney
    "88,750 132,786 115,801 107,851 118,871 144,883 168,892 195,938 223,981 281,976 312,996 319,1031 335,1055 "
    "348,1059 382,1052 383,1041 377,1024 374,1017 340,939 295,894 315,878 401,875 416,862 421,843 370,706 429,636 "
    "437,586 462,531 499,513 532,473 570,350 600,352 631,344 654,327 663,294 652,246 610,192 638,178 646,172 "
    "642,141 614,113 561,90 502,95 463,73 452,70 367,63 335,86 285,31 270,30 234,48 173,5 130,19 132,40 214,106 "
    "217,131 240,151 275,158 238,181 194,187 170,206 166,223 168,233 186,246 245,271 250,303 208,323 211,334 "
    "236,357 216,376 215,386 226,397 239,401 324,398 321,410 324,448 288,512 302,550 272,537 248,528 214,524 "
    "205,529 190,561 191,574 210,617 173,601 159,601 153,617 168,656 134,634 123,638 112,649 117,675 135,703 "
    "90,736",
    # Northern Ireland
    "22,559 52,588 81,606 132,617 141,612 149,596 177,538 184,514 174,491 164,482 151,471 139,462 96,464 70,490 "
    "54,476 32,480 15,490 -6,525 12,548",
    # the Outer Hebrides
    "56,798 63,872 100,944 154,972 163,958 162,930 149,911 136,897 104,870 91,813 80,799 72,792",
    # Shetland
    "412,1149 415,1180 428,1197 457,1223 466,1225 474,1216 474,1188 459,1140 445,1103 431,1109",
    # the Isle of Man
    "234,510 253,512 259,490 252,475 233,458 213,456 206,467 216,489",
    # Scilly
    "80,0 80,22 101,22 101,0",
)


@lru_cache(maxsize=1)
def _land() -> BaseGeometry:
    rings = ([tuple(map(float, corner.split(","))) for corner in outline.split()] for outline in _OUTLINES)
    land = shapely.union_all([shapely.Polygon(np.array(ring) * 1000.0) for ring in rings])
    shapely.prepare(land)
    return land


def on_british_land(x: ArrayLike, y: ArrayLike) -> Bools:
    """Whether positions (metres, EPSG:27700) are on land or within some 5 km of it, bool (n,); NaN is not.

    >>> on_british_land([407_000, 700_000], [287_000, 287_000]).tolist()
    [True, False]
    """
    inside: Bools = shapely.contains_xy(_land(), np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    return inside
