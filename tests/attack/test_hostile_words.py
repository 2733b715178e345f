"""A small run of the campaign of hostile names; `python -m tools.attack.hostile_words` is the long one."""

from __future__ import annotations

import zipfile

import pytest

from tools.attack.hostile_words import TEXTS, faults_of_page, faults_of_text_table, faults_of_workbook, starts_formula

PLAIN = "<html><body class='a'><p>Aston</p></body></html>"


@pytest.mark.long
@pytest.mark.qgis
def test_hostile_names_stay_words_in_all_that_is_opened(tmp_path):
    from tools.attack.hostile_words import attack, figure

    counts, findings = attack(tmp_path, 1, seed=5)
    assert findings == []
    assert counts["rounds"] == 2 and counts["shown"] > 100 and counts["widgets"] > 5
    assert figure(counts, findings).startswith("hostile_words: 9 texts in ")


@pytest.mark.qgis
def test_the_judge_of_the_window_can_find_something():
    from tools.attack.hostile_words_shown import misread

    texts = ["<b>Zq7</b>"] * 9
    assert misread("<b>Zq7</b>", texts) and misread("Reading <b>Zq7</b>", texts, rich=True)
    assert not misread("<p>&lt;b&gt;Zq7&lt;/b&gt;</p>", texts) and not misread("Zq7 & co", texts)


@pytest.mark.parametrize(
    "page, found",
    [
        ("<html><body class='a'><p>&lt;b&gt;</p></body></html>", []),
        ("<html><body class='a'><p><b>x</b></p></body></html>", ["<b >"]),
        ("<html><body class='a'><p onclick='f()'>x</p></body></html>", ["<p onclick>"]),
        ("<html><body class='a'><p>x<!-- y --></p></body></html>", ["<!-- >"]),
    ],
)
def test_elements_and_attributes_that_plain_words_do_not_make(page, found):
    assert faults_of_page(page, PLAIN) == found


@pytest.mark.parametrize(
    "cell, starts",
    [("=1+1", True), ("@a", True), ("\t=1", True), ("of:=1", True), ("-a", True), ("'=1", False), ("-5.2", False), ("–", False), ("+3 %", False), ("Aston", False)],
)  # fmt: skip
def test_what_a_spreadsheet_runs(cell, starts):
    assert starts_formula(cell) is starts


def test_tables_with_a_formula_are_found(tmp_path):
    assert faults_of_text_table('a,"x\n=1"\n') == []
    assert faults_of_text_table("a\tb\n=1\tc", "\t") == ["a cell begins '=1'"]
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", "<a><c><f>1+1</f><v>2</v></c><c><t>@b</t></c></a>")
    assert faults_of_workbook(tmp_path / "a.xlsx") == ["a formula in xl/worksheets/sheet1.xml", "a cell begins '@b'"]


def test_every_text_is_known_again():
    assert all("Zq7" in text for text in TEXTS) and len(set(TEXTS)) == len(TEXTS)
