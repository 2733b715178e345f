"""The smallest ground that a store's figures are about: the force's decision, kept in the summary, and what follows for its areas."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Union

import pandas as pd

from ..core.disclosure.redrawn import redrawn_in_words
from ..core.disclosure.slivers import slivers_in_words, without_slivers
from ..core.disclosure.small_areas import LEAST_HA, refuse_small, refuse_small_known
from ..core.errors import ImpactAreaWarning
from ..core.params import SmallestAreaParams
from .condition import equals
from .interface import ReadHome
from .open_summary import ABOUT, facts_of, opened_summary

if TYPE_CHECKING:
    from ..core.material.summary_tables import Material
    from .interface import StoreHome

NAME = "least_ha"  # in the table of facts about the summary


def least_ha_of(folder: Union[str, Path]) -> float:
    """The minimum of a store, hectares; 4 where the force has set none."""
    with opened_summary(folder) as summary:
        return least_ha_kept(summary)


def least_ha_kept(summary: ReadHome) -> float:
    """As :func:`least_ha_of`, of a summary that is open."""
    return float(facts_of(summary).get(NAME, LEAST_HA))


def keep_least_ha(store: StoreHome, least_ha: float) -> None:
    """Keep the force's minimum for every figure of the store from now on.

    Raises
    ------
    ParameterError
        for a minimum outside its bounds.
    """
    SmallestAreaParams(least_ha=least_ha)
    facts = {NAME: repr(float(least_ha))}
    if "timezone" not in facts_of(store):
        facts["timezone"] = store.timezone
    with store.together("smallest area"):
        for name, value in facts.items():
            store.put(ABOUT, pd.DataFrame({"name": [name], "value": [value]}), equals(name=name))


def protected_areas(store: StoreHome, areas: pd.DataFrame) -> pd.DataFrame:
    """Areas as a store may keep them, see :func:`ground_for_boards`; those there before stay where these are refused."""
    return ground_for_boards(areas, least_ha_kept(store), store.read("areas"))


def ground_for_boards(areas: pd.DataFrame, least_ha: float, before: pd.DataFrame) -> pd.DataFrame:
    """Areas that figures for boards may be about: none smaller than the minimum, nor any sliver between them.

    Slivers are warned of, and so are areas that are redrawn by less than the minimum: that cannot be undone.

    Parameters
    ----------
    areas : with usable polygons, of :func:`~ia_plugin.core.areas.prepare_areas`
    least_ha : the minimum, hectares
    before : the areas that figures were about until now; none of them is no row

    Raises
    ------
    PrivacyError
        for areas smaller than the minimum, or a sliver that no area can do without.
    """
    remedy = "A store keeps none: its figures are for boards. The areas it had before stay."
    refuse_small(areas, least_ha, reader="anybody but those with access to the restricted store", remedy=remedy)
    ready, slivers = without_slivers(areas, least_ha)
    redrawn = redrawn_in_words(before, ready, least_ha) if len(before) else ""
    for sentence in filter(None, (slivers_in_words(slivers, least_ha), redrawn)):
        warnings.warn(sentence, ImpactAreaWarning, stacklevel=4)
    return ready


def refuse_small_of(folder: Union[str, Path], material: Material, *, reader: str, remedy: str = "") -> None:
    """Refuse figures of a store whose areas are smaller than its minimum: one that an earlier version kept.

    Parameters
    ----------
    folder : the store's folder, or its summary file
    material : read from it
    reader, remedy : as of :func:`~ia_plugin.core.disclosure.small_areas.refuse_small`

    Raises
    ------
    PrivacyError
        with the areas, their sizes and the minimum.
    """
    refuse_small_known(material.areas, least_ha_of(folder), reader=reader, remedy=remedy)
