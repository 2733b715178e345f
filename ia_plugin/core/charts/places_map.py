"""Two small maps of the same areas: are searches where recorded demand is? Each per km², light to dark on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..arrays import Floats
from ..filter_state import FilterState
from ..material.measure_list import BY_KEY
from ..material.measures import measured
from ..material.places import area_places
from ..material.summary_tables import Material
from ..sentence import changed, phrase, sentence
from ..words import capitalised, number, share
from .series import DEMAND_CAVEAT, LEAST_EVENTS, LEAST_HOURS, apart_share

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

MAPPED = ("impact", "comparison")
MEASURE_OF = {"presence": "officer_hours"}


@dataclass(frozen=True, eq=False)
class PlacesMap:
    """One measure of the areas, per km².

    Attributes
    ----------
    what, title : which one, in words
    names, roles : of the areas
    shapes : their polygons
    values, counts : per km², and in all; NaN where it is not known
    """

    what: str
    title: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    shapes: tuple[shapely.Geometry, ...]
    values: Floats
    counts: Floats


def places_maps(material: Material, state: FilterState, *whats: str) -> tuple[PlacesMap, ...]:
    """Impact and comparison areas by some counts per km²; none where the shapes are not known."""
    places = [p for p in area_places(material) if p.role in MAPPED and p.label in material.outlines]
    keys = [MEASURE_OF.get(w, w) for w in whats]
    if not places:
        return ()
    found = measured(material, state, places, keys=keys)
    names, roles = tuple(p.name for p in places), tuple(p.role for p in places)
    shapes = tuple(material.outlines[p.label] for p in places)
    return tuple(
        PlacesMap(
            k,
            capitalised(sentence("{figure} per km²", figure=changed(BY_KEY[k].label, str.lower))),
            names,
            roles,
            shapes,
            found.compared(BY_KEY[k]),
            found[k],
        )
        for k in keys
    )


def draw_places(axes: Axes, shown: PlacesMap, shades: Colormap, ink: str) -> None:
    """Fill the areas from light to dark; what is not known is hatched, comparison areas have a dashed outline."""
    from matplotlib.collections import PolyCollection

    most = float(np.nanmax(shown.values)) if np.isfinite(shown.values).any() else 0.0
    for shape, role, value in zip(shown.shapes, shown.roles, shown.values):
        rings = [np.asarray(p.exterior.coords) for p in shapely.get_parts(shape)]
        face = shades(float(value) / most) if np.isfinite(value) and most > 0 else "none"
        patch = PolyCollection(
            rings,
            facecolors=[face],
            edgecolors=ink,
            linewidths=0.6,
            linestyles="solid" if role == "impact" else "dashed",
        )
        if not np.isfinite(value):
            patch.set_hatch("////")
        axes.add_collection(patch)
    axes.autoscale_view()
    axes.set_aspect("equal")
    axes.axis("off")


def scale_in_words(shown: PlacesMap) -> str:
    """ "light 0, dark 12.3 per km²"."""
    if not np.isfinite(shown.values).any():
        return phrase("not known")
    return sentence("white 0, darkest {most}", most=number(float(np.nanmax(shown.values)), "per km²"))


def apart_in_words(maps: Sequence[PlacesMap]) -> str:
    """Which share of the first count lies in other areas than the second, and how that is not to be read; not of small numbers."""
    one, other = (np.nan_to_num(maps[i].counts) for i in (0, 1))
    what, demand = (changed(BY_KEY[m.what].label, str.lower) for m in maps[:2])
    least = LEAST_HOURS if maps[0].what == "officer_hours" else LEAST_EVENTS
    if one.sum() < least or other.sum() < LEAST_EVENTS:
        return sentence(
            "Not compared by area: under {least} {what} or {n} {demand} it would be chance.",
            least=number(least),
            what=what,
            n=LEAST_EVENTS,
            demand=demand,
        )
    return sentence(
        "{share} of {what} lie in other areas than {demand}; {caveat}.",
        share=share(100 * apart_share(one, other)),
        what=what,
        demand=demand,
        caveat=DEMAND_CAVEAT,
    )


__all__ = ["PlacesMap", "apart_in_words", "draw_places", "places_maps", "scale_in_words"]
