"""Which areas a person means, and what their files are called."""

from __future__ import annotations

import pytest

from ia_plugin.core.area_names import distinct_names
from ia_plugin.core.briefing.file_names import LONGEST, file_names
from ia_plugin.core.briefing.which_areas import which_areas
from ia_plugin.core.errors import ParameterError
from tests.support.eight_weeks import eight_weeks


@pytest.fixture(scope="module")
def material():
    return eight_weeks()


IMPACT, COMPARISON = (tuple(f"a{i:02}" for i in some) for some in (range(6), range(6, 12)))
CASES = {
    "": IMPACT,
    " ; ": IMPACT,
    "impact": IMPACT,
    "Comparison": COMPARISON,
    "all": IMPACT + COMPARISON,
    "a03": ("a03",),
    "A03": ("a03",),
    "area  03": ("a03",),
    "Area 07; a02": ("a02", "a07"),
    "a02\na02;": ("a02",),
    "comparison; a00": ("a00", *COMPARISON),
}


@pytest.mark.parametrize("text, wanted", CASES.items(), ids=list(CASES))
def test_areas_are_named_by_name_id_or_role(material, text, wanted):
    assert which_areas(material, text) == wanted


def test_a_name_that_none_has_is_refused_with_what_is_near(material):
    with pytest.raises(ParameterError, match=r"'Area 0l'\. Did you mean Area \d\d or Area"):
        which_areas(material, "Area 0l")


def test_no_area_of_a_role_is_refused(material):
    with pytest.raises(ParameterError, match="12 areas"):
        which_areas(material, "other")


def test_two_areas_of_one_name_are_told_apart_by_their_ids(material):
    from dataclasses import replace

    ids = material.areas["area_id"]
    twice = replace(material, areas=material.areas.assign(name=distinct_names(ids, ["Aston"] * len(ids))))
    with pytest.raises(ParameterError, match="12 areas are called 'aston'.*a00, a01"):
        which_areas(twice, "aston")
    assert which_areas(twice, "a01") == which_areas(twice, "Aston (A01)") == ("a01",)


def test_police_sites_and_the_rest_of_the_force_have_no_sheet(material):
    from dataclasses import replace

    roles = material.areas["role"].where(~material.areas["area_id"].isin(["a00", "a01"]), "rest")
    assert which_areas(replace(material, areas=material.areas.assign(role=roles)), "all") == (*IMPACT[2:], *COMPARISON)


def test_names_of_files_hold_on_every_system():
    names = file_names(["A/B", "a\\b", "A:B ", "NUL.txt", "x" * 200, "x" * 200, "…", "com1", "Ÿ", "..", "tab\there"])
    assert names == ["A-B", "a-b 2", "A-B 3", "NUL.txt_", "x" * LONGEST, "x" * LONGEST + " 2", "…", "com1_", "Ÿ", "area", "tab-here"]  # fmt: skip


def test_a_name_of_a_file_reads_as_it_is_and_fits_a_disk():
    """RIGHT-TO-LEFT OVERRIDE shows "gnp.exe" as "exe.png"; 60 letters of four bytes each are 240 of the 255 that a name may have."""
    turned = ["Aston\u202egnp.exe", "\u2066Aston\u2069", "As\u200bton", "\u200f", "half \ud83d"]
    assert file_names(turned) == ["Astongnp.exe", "Aston", "Aston 2", "area", "half"]
    assert file_names(["\U0001f600" * 60, "市" * 60, "é" * 70]) == ["\U0001f600" * 30, "市" * 40, "é" * 60]
    assert file_names(["مركز المدينة", "O'Brien & Sons"]) == ["مركز المدينة", "O'Brien & Sons"]
