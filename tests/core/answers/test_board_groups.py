"""What a board sees of units at places whose time adds up: no few officers follow from the rest."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.board_groups import board_labels, merged_among
from ia_plugin.core.answers.splits import activities_table, modes_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.places import FORCE, Place
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.suppression import OTHER
from tests.support.forces import areas_of, legs_of, whole_fixes

ROLE_OF = {"(impact)": "impact", "(comparison)": "comparison", "(rest)": "rest", FORCE: "all"}


def place(label, role=""):
    return Place(label, label, role or ROLE_OF[label], (label,))


def labels(officers, roles, hours=None):
    """Labels by place of ``{place: {group: officers}}``; `roles` of the areas; an hour an officer where none are given."""
    officers = {p: pd.Series(groups, dtype=float) for p, groups in officers.items()}
    spent = {place(p, roles.get(p, "")): (hours or {}).get(p, officers[p]) for p in officers}
    return board_labels(spent, officers)


def told(found):
    return {p: {g for g, label in names.items() if label != OTHER} for p, names in found.items()}


def test_the_whole_force_does_not_name_a_unit_that_one_part_hides():
    """FIB, 5 + 1 hours: all less the rest would be the hour of the one officer in the Impact Areas. CID stands at each by itself."""
    seen = {
        "(impact)": {"FIB": 1, "CID": 6, "NPT": 9},
        "(rest)": {"FIB": 5, "CID": 9, "NPT": 9},
        FORCE: {"FIB": 6, "CID": 15, "NPT": 18},
    }
    found = told(labels(seen, {}))
    assert found["(impact)"] == {"NPT"}  # FIB is few, and CID joins it
    assert found["(rest)"] == {"FIB", "CID", "NPT"}
    assert found[FORCE] == {"NPT"}


def test_a_unit_that_a_part_with_others_does_not_name_is_not_named_of_all():
    """Else NPT, whole in the Impact Areas, would leave FIB alone for the one officer of the rest."""
    seen = {"(impact)": {"FIB": 6, "NPT": 9}, "(rest)": {"FIB": 1}, FORCE: {"FIB": 7, "NPT": 9}}
    found = told(labels(seen, {}))
    assert found["(impact)"] == {"FIB", "NPT"} and found[FORCE] == found["(rest)"] == set()


def test_time_of_no_part_hides_its_unit_in_the_whole_force():
    seen = {"(impact)": {"A": 6, "B": 7}, "(rest)": {"A": 5, "B": 5}, FORCE: {"A": 11, "B": 13}}
    assert told(labels(seen, {}))[FORCE] == {"A"}


def test_areas_of_a_role_name_units_together_and_none_that_the_role_hides():
    """FIB at b is one officer: the role's FIB less a's. Dogs are few in the role, and what joins them there joins at the areas."""
    seen = {
        "(impact)": {"FIB": 9, "CID": 20, "NPT": 15, "Dogs": 2},
        "a": {"FIB": 8, "CID": 10, "NPT": 7, "Dogs": 2},
        "b": {"FIB": 1, "CID": 10, "NPT": 8},
    }
    found = told(labels(seen, {"a": "impact", "b": "impact"}))
    assert found["(impact)"] == {"CID", "NPT"}  # FIB joins Dogs
    assert found["a"] == found["b"] == {"CID"}  # and NPT joins them at b
    assert told(labels({**seen, "b": {"CID": 3}}, {"a": "impact", "b": "impact"}))["b"] == set()


def test_a_quiet_area_does_not_take_the_units_of_all_others():
    """r has one officer of A: it and q are told unsplit, p and s by unit."""
    seen = pd.DataFrame(
        {"A": [9, 6, 1, 12], "B": [9, 7, np.nan, 12], "C": [9, 6, np.nan, 12]}, index=["p", "q", "r", "s"]
    )
    found = told(merged_among(seen))
    assert found == {"p": {"A", "B", "C"}, "s": {"A", "B", "C"}, "q": set(), "r": set()}


@pytest.mark.parametrize("seed", range(60))
def test_who_solves_all_sums_learns_no_cell_of_few(seed):
    """Every equation that the table gives, and the null space of them: a cell that is fixed there is known.

    A role stands here for the sum of its areas, and the force for that of its parts.
    """
    rng = np.random.default_rng(seed)
    groups = [f"U{i}" for i in range(int(rng.integers(2, 6)))]
    areas = {f"a{i}": ["impact", "comparison"][i % 2] for i in range(int(rng.integers(2, 7)))}
    leaves = [*areas, "(rest)"]
    officers = pd.DataFrame(rng.integers(0, 14, (len(leaves), len(groups))), index=leaves, columns=groups)
    officers = officers.where(rng.random(officers.shape) > 0.3, officers // 5)
    sums = {
        **{f"({r})": officers.loc[[a for a in areas if areas[a] == r]].sum() for r in set(areas.values())},
        **{leaf: officers.loc[leaf] for leaf in leaves},
        FORCE: officers.sum(),
    }
    seen = {p: s[s > 0].astype(float) for p, s in sums.items() if (s > 0).any()}
    found = labels(seen, areas)
    # Who is not named may be part of "other", where that stands; else they were not there.
    cells = [(p, g) for p in leaves if p in found for g in groups if g in seen[p] or OTHER in found[p].values()]
    at = {c: i for i, c in enumerate(cells)}
    parts = {p: [leaf for leaf in leaves if p in (leaf, FORCE) or p == f"({areas.get(leaf, '')})"] for p in found}
    rows = []
    for p, names in found.items():
        for label in set(names.values()):
            row = np.zeros(len(cells))
            row[
                [at[leaf, g] for leaf in parts[p] for g in groups if names.get(g, OTHER) == label and (leaf, g) in at]
            ] = 1
            rows.append(row)
    _, size, basis = np.linalg.svd(np.array(rows))
    free = np.abs(basis[int((size > 1e-9).sum()) :]).max(axis=0, initial=0.0) > 1e-9
    for (leaf, g), i in at.items():
        assert free[i] or not 0 < officers.loc[leaf, g] < 5, (leaf, g)


def test_what_one_officer_does_in_an_area_is_told_to_no_public_and_of_no_unit():
    """One officer in the Impact Area, six in the comparison area, seven in neither: all less the two would be the one's.

    A board sees how all officers together moved there, as on the inspector's page, and of one unit alone nothing.
    """
    fixes = whole_fixes(officers=14, spread=5.0)
    number = fixes["officer_id"].str[1:].astype(int)
    fixes["x"] = fixes["x"].clip(100, 900) + np.select([number == 0, number < 7], [0, 5_000], 20_000)
    fixes["y"] = fixes["y"].clip(100, 900)
    areas = areas_of(
        one=("impact", shapely.box(0, 0, 1000, 1000)), like=("comparison", shapely.box(5000, 0, 6000, 1000))
    )
    material = computed_material(
        legs_of(fixes), ForceFacts(areas, method=PresenceParams(method="linear", bounds="none"))
    )
    state = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 5))
    for split in (activities_table, modes_table):
        assert {"(impact)", "(rest)", "(all)"} <= set(split(material, state, "restricted")["place"])
        assert set(split(material, state, "board")["place"]) == set(split(material, state, "restricted")["place"])
        # The rest is told no more than the one, so that the two of them together are all that is left.
        assert set(split(material, state, "public")["place"]) == {"(comparison)", "(all)", "like"}
        assert "one" not in set(split(material, replace(state, units=("North",)), "board")["place"])
