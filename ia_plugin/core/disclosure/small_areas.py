"""Areas so small that their figures would be those of a home: which they are, and how that is put."""

from __future__ import annotations

import pandas as pd
import shapely

from ..areas import headline_ground, with_roles
from ..errors import PrivacyError
from ..params import SmallestAreaParams
from ..sentence import changed, joined, phrase, sentence
from ..words import amount, count_of

LEAST_HA = SmallestAreaParams().least_ha
NOTHING_M2 = 0.01  # what rounding of coordinates leaves between borders that are the same
DOCK, REFRESH = phrase("the dock"), phrase("Then run Daily refresh with these AREAS.")  # who refuses, and the way out
MOST_NAMED = 5


def small_areas(areas: pd.DataFrame, least_ha: float = LEAST_HA) -> pd.DataFrame:
    """Areas with less ground than the minimum, the smallest first.

    Police sites (role ``site``) are none: nobody lives there. The ground of the others is what their figures are about,
    without the sites in it; an area that is a site throughout has none.

    Parameters
    ----------
    areas : the areas table, metres; without a column ``role`` all are impact areas
    least_ha : the minimum, hectares

    Returns
    -------
    DataFrame of ``area_id`` and ``hectares``.

    Examples
    --------
    >>> shapes = pd.Series([shapely.box(0, 0, 16, 16), shapely.box(0, 0, 16, 16), shapely.box(0, 0, 200, 200)], dtype=object)
    >>> areas = pd.DataFrame({"area_id": ["home", "station", "square"], "role": ["impact", "site", "other"], "geometry": shapes})
    >>> small_areas(areas.drop(index=1)).round(4).to_numpy().tolist()
    [['home', 0.0256]]
    >>> len(small_areas(areas.drop(index=0))), len(small_areas(areas))
    (1, 1)
    """
    ground = headline_ground(with_roles(areas)[0])
    ground = ground[(ground["role"] != "site").to_numpy()]
    hectares = shapely.area(ground["geometry"].to_numpy(dtype=object)) / 1e4
    return _below(pd.DataFrame({"area_id": ground["area_id"].to_numpy(), "hectares": hectares}), least_ha)


def _below(sizes: pd.DataFrame, least_ha: float) -> pd.DataFrame:
    """Rows of areas that have ground, and less than the minimum."""
    small = sizes[(sizes["hectares"] > NOTHING_M2 / 1e4) & (sizes["hectares"] < least_ha * (1 - 1e-9))]
    small = small.assign(area_id=small["area_id"].astype(str))
    return small.sort_values(["hectares", "area_id"], kind="stable").reset_index(drop=True)


def small_in_words(small: pd.DataFrame, least_ha: float = LEAST_HA) -> str:
    """How many areas are smaller than the minimum, and which.

    >>> small_in_words(pd.DataFrame({"area_id": ["a", "b"], "hectares": [0.3, 2.0]}))
    "2 areas under 4 ha: 'a' (0.3 ha), 'b' (2 ha)"
    """
    named = [
        joined("", (repr(str(r.area_id)), " (", ground_in_words(r.hectares), ")"))
        for r in small.head(MOST_NAMED).itertuples()
    ]
    more = sentence(" and {n:,} more", n=len(small) - MOST_NAMED) if len(small) > MOST_NAMED else ""
    return sentence(
        "{areas} under {least}: {named}{more}",
        areas=count_of(len(small), "areas"),
        least=amount_ha(least_ha),
        named=joined(", ", named),
        more=more,
    )


def refuse_small(areas: pd.DataFrame, least_ha: float = LEAST_HA, *, reader: str, remedy: str) -> None:
    """Refuse areas smaller than the minimum.

    Parameters
    ----------
    areas, least_ha : as of :func:`small_areas`
    reader : whom the figures are for, as in "figures of them are not shown to `reader`"
    remedy : what to do, beside drawing larger areas

    Raises
    ------
    PrivacyError
        with the areas, their sizes and the minimum.
    """
    _refuse(small_areas(areas, least_ha), least_ha, reader, remedy)


def refuse_small_known(areas: pd.DataFrame, least_ha: float = LEAST_HA, *, reader: str, remedy: str) -> None:
    """As :func:`refuse_small`, of areas whose ground is known: ``area_id``, ``role``, ``km2`` (without police sites)."""
    of_people = areas[(areas["role"] != "site").to_numpy()]
    sizes = pd.DataFrame({"area_id": of_people["area_id"], "hectares": 100.0 * of_people["km2"]})
    _refuse(_below(sizes, least_ha), least_ha, reader, remedy)


def _refuse(small: pd.DataFrame, least_ha: float, reader: str, remedy: str) -> None:
    if len(small):
        raise PrivacyError(
            sentence(
                "There is {areas}. Figures of so little ground are not shown to {reader}, so that no home is watched."
                if len(small) == 1
                else "There are {areas}. Figures of so little ground are not shown to {reader}, so that no home is watched.",
                areas=small_in_words(small, least_ha),
                reader=reader,
            ),
            changed(
                sentence(
                    "Draw it larger, or join it with an area beside; a police station, custody or hospital has the role site. {remedy}"
                    if len(small) == 1
                    else "Draw them larger, or join them with an area beside; a police station, custody or hospital has the role site. {remedy}",
                    remedy=remedy,
                ),
                str.strip,
            ),
        )


def amount_ha(hectares: float) -> str:
    """The minimum as it is said: "4 ha", "2.5 ha"."""
    return amount(hectares, "ha")


def ground_in_words(hectares: float) -> str:
    """How much ground, the size of a home in square metres; what rounds to a whole number of hectares is said more closely.

    >>> ground_in_words(48.3), ground_in_words(3.5), ground_in_words(3.998), ground_in_words(0.0256)
    ('48 ha', '3.5 ha', '3.998 ha', '256 m²')
    """
    if hectares < 0.1:
        return amount(hectares * 1e4, "m²")
    return sentence("{n:.4g} ha", n=hectares) if hectares < 10 else amount(hectares, "ha")
