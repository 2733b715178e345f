"""Which areas sheets are made of, from what a person types."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ..errors import ParameterError
from ..material.summary_tables import Material
from ..words import count_of

ALL, ROLES = "all", ("impact", "comparison", "other")


def which_areas(material: Material, text: str) -> tuple[str, ...]:
    """Ids of the areas that a text names, in the order of their names.

    Parameters
    ----------
    text : names or ids with semicolons between; "impact", "comparison", "other" for those of a role, "all" for each;
        blank for the Impact Areas

    Raises
    ------
    ParameterError
        for a name that no area has, or several have, and where there is no area at all.
    """
    table = material.areas[~material.areas["role"].isin(["site", "rest"])]
    wanted: set[str] = set()
    for part in [p.strip() for p in re.split(r"[;\n]", text) if p.strip()] or ["impact"]:
        wanted |= _named(part, [(str(r.area_id), str(r.name), str(r.role)) for r in table.itertuples(index=False)])
    chosen = tuple(str(a) for a in table["area_id"] if a in wanted)
    if not chosen:
        raise ParameterError(
            f"There is no area to make a sheet of: the store has {count_of(len(table), 'areas')}, none of them an Impact Area.",
            "Name areas by their names or ids with semicolons between, or write all.",
        )
    return chosen


def _named(part: str, rows: list[tuple[str, str, str]]) -> set[str]:
    plain = _plain(part)
    if plain == ALL:
        return {a for a, _, _ in rows}
    if plain in ROLES and plain not in {n.casefold() for _, n, _ in rows}:
        return {a for a, _, role in rows if role == plain}
    by_id = {a for a, _, _ in rows if a.casefold() == plain}
    # A name that several have stands there with its id.
    by_name = {a for a, name, _ in rows if _plain(name) in (plain, f"{plain} ({a.casefold()})")}
    found = by_id or by_name
    if len(found) > 1:
        raise ParameterError(f"{len(found)} areas are called {part!r}.", f"Name them by their ids: {', '.join(sorted(found))}.")  # fmt: skip
    if not found:
        near = get_close_matches(part, [n for _, n, _ in rows] + [a for a, _, _ in rows], 3, 0.6)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise ParameterError(
            f"No area of the store is called {part!r}.{hint}", "Put semicolons between several names or ids."
        )
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


__all__ = ["which_areas"]
