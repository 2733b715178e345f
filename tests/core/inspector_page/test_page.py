"""The inspector's page as a file: its policy names all that it runs, its colours can be read, and no value can become a program."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from ia_plugin.core.colours import PAGE_DARK, PAGE_LIGHT
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.inspector_page.page import inspector_page, palette_css, policy, script_names
from ia_plugin.core.resources import resource_path
from tests.support.contrast import contrast

PAGE = inspector_page("QUJD", marking="OFFICIAL")


def rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


def hashes(text: str, element: str) -> list[str]:
    found = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
    return [base64.b64encode(hashlib.sha256(part.encode("utf-8")).digest()).decode("ascii") for part in found]


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else() -> None:
    rules = dict(
        part.strip().split(" ", 1)
        for part in re.search(r'Policy" content="([^"]*)"', PAGE)[1].replace("&#39;", "'").split(";")
    )
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for element in ("script", "style"):
        assert rules[f"{element}-src"].split() == [f"'sha256-{found}'" for found in hashes(PAGE, element)]
    assert "unsafe" not in str(rules)


def test_a_policy_by_hand() -> None:
    # sha256 of the empty text, as in any table of it
    assert policy([""], []).split("; ")[1] == "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def test_it_asks_for_nothing() -> None:
    for way in ('src="', "@import", "http://", "https://"):
        found = [m for m in re.findall(rf"{re.escape(way)}[^\s\"']*", PAGE) if "www.w3.org" not in m]
        assert not found, found


def test_a_blank_marking_is_refused() -> None:
    with pytest.raises(ParameterError):
        inspector_page("", marking=" ")


def test_each_sheet_says_whom_it_is_for() -> None:
    assert PAGE.count("For the board · Beta: ") == 2  # above, where paper repeats it, and at the end


def test_marking_and_data_are_escaped() -> None:
    page = inspector_page("</script><script>alert(1)</script>", marking="<b>SECRET</b>")
    assert "<b>SECRET" not in page and "alert(1)</script>" not in page


def test_each_script_is_there_once_and_no_other() -> None:
    root = resource_path("page")
    found = [p for part in ("engine", "vendor", "view") for p in (root / part).glob("*.js")]
    files = [p.relative_to(root).with_suffix("").as_posix() for p in found]
    assert sorted(script_names()) == sorted(files)


@pytest.mark.parametrize("colours", [PAGE_LIGHT, PAGE_DARK], ids=["light", "dark"])
def test_text_can_be_read(colours: dict[str, str]) -> None:
    for text in ("ink", "pale", "attention"):
        for ground in ("paper", "panel", "ground", "soft", "chosen"):
            assert contrast(rgb(colours[text]), rgb(colours[ground])) >= 4.5, (text, ground)
    for part in ("edge", "focus", "figure", "outline"):  # parts of pictures and controls: 3 : 1
        assert contrast(rgb(colours[part]), rgb(colours["paper"])) >= 3, part


def test_light_and_dark_have_the_same_colours_and_the_style_no_other() -> None:
    assert set(PAGE_LIGHT) == set(PAGE_DARK)
    style = resource_path("page", "inspector.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) - {"level", "colour"} <= set(PAGE_LIGHT)
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", style.replace("#main", "").replace("#map", ""))
    assert PAGE_LIGHT["ink"] in palette_css()
