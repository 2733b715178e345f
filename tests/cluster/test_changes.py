"""What is due: the days of files that changed, as far as an officer's time may reach from them, and no other."""

from __future__ import annotations

from ia_plugin.cluster.changes import changed, due_days, facts_of, files_to_read, labels_of
from ia_plugin.cluster.folders import FoundFile
from ia_plugin.cluster.runs import Label, Manifest
from ia_plugin.cluster.spans import day_number, day_text

RULE = {"areas": "x"}
NONE: dict[str, str] = {}
FIRST = day_number("2024-06-01")


def file(day: int, size: int = 1) -> FoundFile:
    return FoundFile(f"day={day_text(FIRST + day)}/fixes.parquet", size, 7)


def labels(*files: FoundFile) -> dict[str, Label]:
    return {label: Label(facts_of(some), {str(day_number(label)): 10}) for label, some in labels_of(files).items()}


def before(*files: FoundFile) -> Manifest:
    inputs = labels(*files)
    return Manifest(1, "a", rule=RULE, inputs=inputs, days=dict.fromkeys(inputs, "a"))


def due(manifest: Manifest, *files: FoundFile, rule: dict[str, str] = RULE, events: dict[str, str] = NONE) -> list[int]:
    found = changed(manifest, labels_of(files))
    return sorted(d - FIRST for d in due_days(manifest, found, labels(*files), rule, events))


ALL = [file(d) for d in range(20)]


def test_nothing_is_due_where_nothing_changed():
    assert not changed(before(*ALL), labels_of(ALL)) and due(before(*ALL), *ALL) == []


def test_a_new_day_is_due_and_those_that_it_may_reach():
    assert due(before(*ALL[:-1]), *ALL) == [15, 16, 17, 18, 19, 20]


def test_a_day_put_right_and_a_day_taken_away_are_due():
    assert due(before(*ALL), *ALL[:10], file(10, size=2), *ALL[11:]) == list(range(6, 15))
    assert due(before(*ALL), *ALL[:10], *ALL[11:]) == list(range(6, 15))


def test_other_areas_make_all_days_due():
    assert due(before(*ALL), *ALL, rule={"areas": "y"}) == list(range(-1, 21))


def test_a_day_whose_events_are_others_is_due_alone():
    assert due(before(*ALL), *ALL, events={str(FIRST + 5): "mark"}) == [5]


def test_a_file_that_could_not_be_read_is_tried_again():
    manifest = Manifest(**{**vars(before(*ALL)), "not_read": [ALL[3].name]})
    assert list(changed(manifest, labels_of(ALL)).fresh) == ["2024-06-04"]


def test_an_empty_day_has_no_file_and_is_no_label():
    assert labels_of([]) == {}


def test_files_are_read_as_far_as_days_hang_on_them():
    names = files_to_read(labels(*ALL), {FIRST + 10})
    assert [n[4:14] for n in names] == [day_text(FIRST + d) for d in range(5, 16)]
