"""Which fields of an areas layer say its name and role, and what the roles come to: named, found, or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import QgsProcessingFeatureSource

from ..core.columns import AREA_ROLES
from ..core.errors import AreaError
from ..core.words import count_of
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

_CALLED = {"AREA_ID_FIELD": ("areaid",), "AREA_NAME_FIELD": ("name", "areaname"), "ROLE_FIELD": ("role", "arearole")}
_TELLING = ("impact", "comparison")
MOST_ROLES = 20  # distinct values, beyond which a field holds no roles


def area_fields(run: Run, source: QgsProcessingFeatureSource) -> dict[str, Optional[str]]:
    """The fields of id, name and role: those named, else a field called so; a field found is said."""
    found = {name: run.field(name) for name in ("AREA_ID_FIELD", "AREA_NAME_FIELD", "ROLE_FIELD")}
    for name in _CALLED:
        if found[name] is None:
            found[name] = _called(run, source, name)
    return found


def id_field(run: Run, source: QgsProcessingFeatureSource) -> Optional[str]:
    """The field of ids: the one named, else one called area_id whose values are unique."""
    return run.field("AREA_ID_FIELD") or _called(run, source, "AREA_ID_FIELD")


def role_field(run: Run, source: QgsProcessingFeatureSource) -> Optional[str]:
    """The field of roles: the one named, else one called so."""
    return run.field("ROLE_FIELD") or _called(run, source, "ROLE_FIELD")


def _called(run: Run, source: QgsProcessingFeatureSource, parameter: str) -> Optional[str]:
    from ..core.imports.text_form import plain

    for field in source.fields().names():
        if plain(field) not in _CALLED[parameter]:
            continue
        if parameter == "ROLE_FIELD" and not holds_roles(source, field):
            run.warn(
                f"The field {field!r} holds other words than {', '.join(AREA_ROLES)}: it is not read as ROLE_FIELD."
            )
            continue
        if parameter == "AREA_ID_FIELD" and not _unique(source, field):
            run.warn(f"The field {field!r} has blanks, or a value twice: it is not read as AREA_ID_FIELD.")
            continue
        run.say(f"{parameter}: the field {field!r} is used, for none was named.")
        return str(field)
    return None


def holds_roles(source: QgsProcessingFeatureSource, field: str) -> bool:
    """Whether a field holds roles of areas and nothing else."""
    words = _words(source, field)
    return 0 < len(words) <= MOST_ROLES and words <= set(AREA_ROLES)


def _unique(source: QgsProcessingFeatureSource, field: str) -> bool:
    """Whether each feature has a value of its own."""
    values = source.uniqueValues(source.fields().lookupField(field))
    return len({str(v).strip() for v in values if str(v).strip() not in ("", "NULL", "None")}) == source.featureCount()


def _words(source: QgsProcessingFeatureSource, field: str) -> set[str]:
    values = source.uniqueValues(source.fields().lookupField(field), MOST_ROLES + 1)
    return {str(v).strip().lower() for v in values if isinstance(v, str) and v.strip()}


def say_roles(run: Run, areas: pd.DataFrame, stated: bool, *, most: Optional[int]) -> None:
    """Say how many areas have which role; where all would be impact areas and nobody has said so, warn of it, or stop.

    Parameters
    ----------
    areas : the areas table
    stated : whether a field, a second layer or the user says which areas are impact areas
    most : how many areas may pass with a warning: none where they are kept, one where figures are told by role (with
        nothing to compare it with, one area is the area asked about), any number where no figure hangs on the role (None)

    Raises
    ------
    AreaError
        with what to type.
    """
    counts = areas["role"].value_counts()
    of_roles = ", ".join(f"{counts[r]:,} {r}" for r in AREA_ROLES if r in counts.index)
    run.say(f"{count_of(len(areas), 'areas')}: {of_roles}.")
    if stated:
        return
    source = run.source("AREAS")
    likely = [f for f in source.fields().names() if holds_roles(source, f) and _words(source, f) & set(_TELLING)]
    typed = f"ROLE_FIELD={likely[0] if likely else '…'}"
    remedy = (
        f"Name the field that tells which are ({', '.join(AREA_ROLES)}): {typed}; or give COMPARISON_AREAS, or say "
        "ALL_IMPACT=true."
    )
    several = len(areas) > 1
    if likely or (most is not None and len(areas) > most):
        which = f"All {len(areas):,} areas would be impact areas" if several else "The area would be an impact area"
        raise AreaError(f"{which}, and nothing says that {'they are' if several else 'it is'}.", remedy)
    counted = f"All {len(areas):,} areas count as impact areas" if several else "The area counts as an impact area"
    run.warn(f"{counted}, for no field of roles was found. {remedy}")
