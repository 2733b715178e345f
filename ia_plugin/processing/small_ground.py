"""Small ground at the doors: areas under the force's minimum are refused for a board or the public, and named for others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional

from ..core.params import SmallestAreaParams
from .base import ImpactAreaAlgorithm
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

    from ..core.material.summary_tables import Material
    from ..store.store import Store

RESTRICTED = "restricted"
OTHER_WAY = "Or choose AUDIENCE=restricted, for which nothing is left out."


def declare_least_area(algorithm: ImpactAreaAlgorithm, more: str = "", default: Optional[float] = 4.0) -> None:
    """LEAST_AREA, the force's minimum; `more`, translated, is added to its help."""
    declared = SmallestAreaParams.declaration("least_ha")
    algorithm.add_declared("LEAST_AREA", replace(declared, default=default), more)


def least_area(run: Run) -> float:
    """LEAST_AREA, hectares; what is declared where it was left empty."""
    given = run.number("LEAST_AREA")
    return SmallestAreaParams().least_ha if given is None else given


def areas_for(run: Run, areas: pd.DataFrame) -> pd.DataFrame:
    """Areas of layers, as the audience of a run may have figures of them: refused where one is too small.

    Ground that subtracting them would tell is named: without a store nobody knows what else is asked of these layers.

    Raises
    ------
    PrivacyError
        for a board or the public, with the areas, their sizes and the minimum.
    """
    from ..core.areas import prepare_areas
    from ..core.disclosure.slivers import slivers_between, small_ground_in_words
    from ..core.disclosure.small_areas import refuse_small

    audience, least_ha = run.choice("AUDIENCE"), least_area(run)
    if audience == RESTRICTED:
        _say(run, areas, least_ha)
        return areas
    refuse_small(areas, least_ha, reader=_reader(audience), remedy=OTHER_WAY)
    _warn_of_names(run, areas)
    sentence = small_ground_in_words(slivers_between(prepare_areas(areas)[0], least_ha), least_ha)
    if sentence:
        run.warn(
            f"{sentence} Draw these areas otherwise, or keep them in a store, which gives such ground to one of them."
        )
    return areas


def check_store(run: Run, material: Material) -> None:
    """Refuse figures of a store's areas that are too small for the audience of a run.

    Raises
    ------
    PrivacyError
        see :func:`areas_for`.
    """
    from ..store.small_ground import refuse_small_of

    audience = run.choice("AUDIENCE")
    if audience != RESTRICTED:
        refuse_small_of(run.text("STORE"), material, reader=_reader(audience), remedy=OTHER_WAY)
        _warn_of_names(run, material.areas)


def _warn_of_names(run: Run, areas: pd.DataFrame) -> None:
    """Warn, by count, of names of areas that look like a person's."""
    from ..core.disclosure.shown_texts import odd_names_in_words

    run.warn(*filter(None, [odd_names_in_words(areas)]))


def _reader(audience: str) -> str:
    return "a board" if audience == "board" else "the public"


def say_small(run: Run, areas: pd.DataFrame) -> int:
    """Name areas under the minimum, where an algorithm has no audience: its outputs are for those with restricted access."""
    return _say(run, areas, SmallestAreaParams().least_ha)


def mark_restricted(run: Run, small: int) -> None:
    """Put it into the names of the layers that QGIS loads, where :func:`say_small` found any."""
    for dest in run.written().values() if small else ():
        if run.context.willLoadLayerOnCompletion(dest):
            details = run.context.layerToLoadOnCompletionDetails(dest)
            details.name = run.algorithm.tr("{0} (restricted)").format(details.name)


def _say(run: Run, areas: pd.DataFrame, least_ha: float) -> int:
    from ..core.disclosure.small_areas import small_areas, small_in_words

    small = small_areas(areas, least_ha)
    if len(small):
        run.account["audience"] = RESTRICTED
        run.warn(
            f"{small_in_words(small, least_ha)}. The output is restricted: figures of so little ground may tell of a home, and are not "
            "for a board or the public."
        )
    return len(small)


def put_areas(run: Run, store: Store, areas: Optional[pd.DataFrame]) -> list[str]:
    """Put areas into a store; sentences on those that it refuses, so that the rest of a refresh goes on.

    Without `areas` those it has are looked at again: a version before may have kept small ones or slivers.
    """
    from ..core.errors import PrivacyError
    from ..store.refresh import set_areas
    from ..store.small_ground import keep_least_ha

    least_ha = run.number("LEAST_AREA")
    if least_ha is not None:
        keep_least_ha(store, least_ha)
    given = areas if areas is not None else store.read("areas")
    if not len(given):
        return []
    _warn_of_names(run, given)
    try:
        if set_areas(store, given):
            run.say(f"{len(given)} areas were put into the store.")
    except PrivacyError as error:
        run.feedback.reportError(str(error), False)
        return [str(error)]
    return []
