"""What figures are of: areas, roles of areas, the rest of the force, the whole force, or the areas of a filter together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..filter_state import FilterState
from ..sentence import phrase
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import REST, ROLE_LABELS, role_label
from .summary_tables import Material

FORCE = "(all)"
IMPACT, COMPARISON, SITES = role_label("impact"), role_label("comparison"), role_label("site")
PLACE_NAMES = {
    IMPACT: phrase("Impact Areas"), COMPARISON: phrase("Comparison areas"), role_label("buffer"): phrase("Buffers"),
    role_label("other"): phrase("Other areas"), SITES: phrase("Police sites"), REST: phrase("Rest of the force"), FORCE: phrase("Whole force"),
    NO_PLACE: phrase("No place known"),
}  # fmt: skip
NAN = float("nan")


@dataclass(frozen=True)
class Place:
    """One place that figures are of.

    Attributes
    ----------
    label, name, role : as they stand in the tables of answers
    rows : the rows (``area_id``) of time_use and of the event cells that make it up, none of their ground twice in a role
    areas : the areas it is made of, which are the rows of cover and visits; none for the rest and the whole force
    residents : NaN where it has none known, or where people would count twice
    with_sites : whether time at police sites is part of it
    """

    label: str
    name: str
    role: str
    rows: tuple[str, ...]
    areas: tuple[str, ...] = ()
    residents: float = NAN
    with_sites: bool = False


def places(material: Material) -> list[Place]:
    """Roles of areas, the rest of the force, the police sites, the whole force, then areas by name: the rows of answers."""
    roles = [role_place(material, label) for label in material.roles.index if label != SITES]
    sites = [role_place(material, SITES)] if SITES in material.roles.index else []
    rest = Place(REST, PLACE_NAMES[REST], "rest", (REST,), with_sites=True)
    return [*roles, rest, *sites, whole_force(), *area_places(material)]


def role_place(material: Material, label: str) -> Place:
    """All areas of a role, ground that two of them share once."""
    role = label.strip("()")
    if label == SITES:  # nobody covers or visits a police site: its time stands beside the others'
        return Place(label, PLACE_NAMES[label], role, (label,), with_sites=True)
    residents = float(material.roles.loc[label, "residents"])
    return Place(label, PLACE_NAMES[label], role, (label,), tuple(material.of_role(role)), residents)


def whole_force() -> Place:
    """All ground of the force, and what has no place."""
    return Place(FORCE, PLACE_NAMES[FORCE], "all", (*ROLE_LABELS, NO_PLACE), with_sites=True)


def area_places(material: Material, among: Sequence[str] = ()) -> list[Place]:
    """Areas by name, each a place; police sites are left out, and so is all but `among` where any is named."""
    return list(material.memo.once(("places", tuple(among)), lambda: _area_places(material, set(among))))


def _area_places(material: Material, wanted: set[str]) -> list[Place]:
    table = material.areas
    table = table[(table["role"] != "site") & (table["area_id"].isin(wanted) | (not wanted))]
    return [
        Place(str(r.area_id), str(r.name), str(r.role), (r.area_id,), (r.area_id,), float(r.residents))
        for r in table.itertuples()
    ]


def chosen_place(material: Material, state: FilterState) -> Place:
    """The areas that a filter chooses, together; all Impact Areas where it chooses none.

    Areas chosen by name count each with all its ground; among Impact Areas ground that two share counts once.
    """
    if not state.areas:
        return role_place(material, IMPACT) if IMPACT in material.roles.index else _none(IMPACT, "impact")
    return _together(material, state.areas, phrase("chosen areas"))


def comparison_place(material: Material, state: FilterState) -> Place:
    """The comparison areas together, without those that the filter chooses.

    Where comparison areas share ground with others, a part of them is no sum of single areas: then none stand together.
    """
    all_of = material.of_role("comparison")
    others = [a for a in all_of if a not in state.areas]
    if not others:
        return _none(COMPARISON, "comparison")
    if len(others) == len(all_of):
        return role_place(material, COMPARISON)
    single = float(material.areas.loc[material.areas["role"] == "comparison", "km2"].sum())
    alone = abs(single - float(material.roles.loc[COMPARISON, "km2"])) <= 1e-6
    return _together(material, others, PLACE_NAMES[COMPARISON]) if alone else _none(COMPARISON, "comparison")


def _together(material: Material, areas: Sequence[str], name: str) -> Place:
    known = area_places(material, areas) if areas else []
    if len(known) == 1:
        return known[0]
    ids = tuple(p.label for p in known)
    return Place("(chosen)", name, "", ids, ids, sum(p.residents for p in known))


def _none(label: str, role: str) -> Place:
    return Place(label, PLACE_NAMES[label], role, ())
