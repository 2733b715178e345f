"""What an area of one's own is told of: whole blocks, none that with the store's areas would tell of small ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from ..areas import epochs, with_roles
from ..arrays import Objects
from ..errors import AreaError, PrivacyError
from ..geometry.covered_ground import covered_ground
from ..sentence import joined, phrase, sentence
from ..summaries.zones import prepared_grounds, role_label
from ..words import amount
from .blocks import Blocks, blocks_in, side_of
from .closed_blocks import closed_blocks
from .small_areas import LEAST_HA, MOST_NAMED, NOTHING_M2, amount_ha, ground_in_words

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class OwnBlocks:
    """The blocks that the figures of an area of one's own are about.

    Attributes
    ----------
    blocks : those
    left_out : blocks with their centre in the area that are closed (:mod:`~.closed_blocks`)
    """

    blocks: Blocks
    left_out: Blocks

    @property
    def text(self) -> str:
        """What the figures cover, in a sentence."""
        side, n, closed = amount(self.blocks.side_m, "m"), len(self.blocks), len(self.left_out)
        words = sentence(
            "{n:,} block of {side} × {side}, {ground}: those with their centre in your area."
            if n == 1
            else "{n:,} blocks of {side} × {side}, {ground}: those with their centre in your area.",
            n=n,
            side=side,
            ground=ground_in_words(self.blocks.hectares),
        )
        if not closed:
            return words
        left_out = sentence(
            "{n:,} is left out: with an area of the store it would tell of very little ground."
            if closed == 1
            else "{n:,} are left out: with an area of the store they would tell of very little ground.",
            n=closed,
        )
        return joined(" ", (words, left_out))


def own_blocks(shape: BaseGeometry, areas: pd.DataFrame, least_ha: float = LEAST_HA) -> OwnBlocks:
    """The blocks of an area of one's own.

    Parameters
    ----------
    shape : what was drawn or selected, metres, valid or not
    areas : the store's areas table, in the same system
    least_ha : the minimum, hectares

    Raises
    ------
    AreaError
        where nothing of the shape is a polygon.
    PrivacyError
        where the area is smaller than the minimum, no open block has its centre in it, or it differs from an area or role of
        the store by less than the minimum; with its size, the minimum and what to do.

    Examples
    --------
    >>> none = pd.DataFrame({"area_id": [], "geometry": pd.Series([], dtype=object)})
    >>> own_blocks(shapely.box(0, 0, 430, 390), none).text
    '4 blocks of 200 m × 200 m, 16 ha: those with their centre in your area.'
    """
    ready = _large_enough(shape, least_ha)
    ground, least = ground_in_words(float(ready.area) / 1e4), amount_ha(least_ha)
    inside = blocks_in(ready, side_of(least_ha))
    side = amount(inside.side_m, "m")
    if not len(inside):
        raise PrivacyError(
            sentence(
                "The area has {ground}, but no block of {side} × {side} ({least}) has its centre in it: a single street is not shown.",
                ground=ground,
                side=side,
                least=least,
            ),
            "Draw a wider area.",
        )
    known = with_roles(areas)[0] if len(areas) else areas
    if not len(known):
        return OwnBlocks(inside, inside.without(inside))
    refuse_nearly(inside, known, least_ha)
    open_ = inside.without(closed_blocks(known, least_ha))
    if not len(open_):
        raise PrivacyError(
            sentence(
                "The area has {ground}; with an area of the store its blocks would tell of less than {least}.",
                ground=ground,
                least=least,
            ),
            "Draw a larger area, or choose the area of the store.",
        )
    if len(open_) < len(inside):
        refuse_nearly(open_, known, least_ha)
    return OwnBlocks(open_, inside.without(open_))


def _large_enough(shape: BaseGeometry, least_ha: float) -> BaseGeometry:
    """The ground of a shape that is no less than the minimum."""
    ready = covered_ground(shape)
    if ready.is_empty:
        raise AreaError("The area is no polygon.", "Draw at least three corners.")
    hectares = float(ready.area) / 1e4
    if hectares < least_ha * (1 - 1e-9):
        raise PrivacyError(
            sentence(
                "The area has {ground}; less than {least} are not shown, so that no home is watched.",
                ground=ground_in_words(hectares),
                least=amount_ha(least_ha),
            ),
            "Draw a larger area.",
        )
    return ready


def refuse_nearly(blocks: Blocks, areas: pd.DataFrame, least_ha: float = LEAST_HA) -> None:
    """Refuse blocks that differ from an area, or from all areas of a role, by less ground than the minimum.

    Either way counts: what only the blocks have, and what only the area has. Ground of police sites counts in neither.

    Raises
    ------
    PrivacyError
        with the area, how much the two differ, the minimum and what to do.
    """
    sites = shapely.union_all(areas.loc[areas["role"] == "site", "geometry"].to_numpy(dtype=object))
    asked = blocks.shape if sites.is_empty else shapely.difference(blocks.shape, sites)
    least_m2 = least_ha * 1e4 * (1 - 1e-9)
    found: list[tuple[str, float, bool]] = []  # what, how much, whether it is what only the blocks have
    for name, parts in _stored(areas):
        common = float(shapely.area(shapely.intersection(parts, asked)).sum())
        if common > NOTHING_M2:
            for little, own in ((float(asked.area) - common, True), (float(shapely.area(parts).sum()) - common, False)):
                # A role whose areas are one of those found already adds nothing to say.
                known = any(abs(little - other) < 1.0 and own == whose for _, other, whose in found)
                if NOTHING_M2 < little < least_m2 and not known:
                    found.append((name, little, own))
    if found:
        raise _nearly(found, blocks, least_ha)


def _nearly(found: list[tuple[str, float, bool]], blocks: Blocks, least_ha: float) -> PrivacyError:
    """All that stands in the way at once, so that a reader need not draw again for each."""
    least = amount_ha(least_ha)
    parts = [
        sentence(
            "{ground} that only your area has, beside {area}" if own else "{ground} that only {area} has, beside yours",
            ground=ground_in_words(little / 1e4),
            area=name,
        )
        for name, little, own in found[:MOST_NAMED]
    ]
    more = sentence(", and {n:,} more", n=len(found) - MOST_NAMED) if len(found) > MOST_NAMED else ""
    names = list(dict.fromkeys(name for name, _, _ in found))
    which, it = (names[0], phrase("it")) if len(names) == 1 else (phrase("these areas"), phrase("them"))
    way = (
        sentence("has nothing beside {it}, or {least} and more", it=it, least=least)
        if found[0][2]
        else sentence("takes in all of {it}, or leaves out {least} and more of {it}", it=it, least=least)
    )
    return PrivacyError(
        sentence(
            "Your area comes to {ground}, and would tell of {parts}{more}. Less than {least} are not shown, so that no home is watched.",
            ground=ground_in_words(blocks.hectares),
            parts=joined("; ", parts),
            more=more,
            least=least,
        ),
        sentence("Choose {which} in the filter, or draw an area that {way}.", which=which, way=way),
    )


def _stored(areas: pd.DataFrame) -> Iterator[tuple[str, Objects]]:
    """(name, its ground in parts) of every area and role at every time."""
    always = np.iinfo(np.int64)
    for _, _, now in epochs(areas, always.min, always.max, "UTC"):
        if not len(now):
            continue
        pieces = prepared_grounds(now).pieces
        pieces = pieces[~pieces["site"].astype(bool)]
        for label, rows in pieces[pieces["label"].notna()].groupby("label", sort=False):
            yield sentence("the area {area!r}", area=str(label)), rows["geometry"].to_numpy(dtype=object)
        for part, rows in pieces[pieces["part"].notna()].groupby("part", sort=False):
            if part != role_label("site"):
                yield (
                    sentence("all areas of role {role}", role=str(part).strip("()")),
                    rows["geometry"].to_numpy(dtype=object),
                )
