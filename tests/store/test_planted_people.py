"""A small run of ``tools/attack/planted_people.py`` on files: nobody who was planted stands in a store or in what was said."""

import pandas as pd
import pytest

from ia_plugin.core.errors import ImpactAreaError
from ia_plugin.core.imports.words import judged
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.store import Store
from tools.attack.invented_people import invented
from tools.attack.planted_people import ENOUGH_KEPT, found_again, real_words_kept, write_files


@pytest.mark.parametrize("seed", range(3))
def test_no_form_of_a_name_is_kept_at_once(seed):
    assert [p for p in invented(600, seed) if judged(p.text) == "kept"] == []


@pytest.mark.parametrize("invalid", ["reject", "stop"])
def test_people_planted_in_files_are_found_nowhere(tmp_path, invalid):
    plants = invented(40, 11)
    write_files(tmp_path, plants)
    said: list[str] = []
    (tmp_path / "out").mkdir()
    with Store(tmp_path / "out" / "store", Key(b"a key of sixteen bytes or more")) as store:
        for path in sorted([*(tmp_path / "inbox").iterdir(), *(tmp_path / "bad").iterdir()]):
            for kind in (None, "affiliations", "postings", "events"):
                try:
                    account = bring_file(
                        store, path, kind, params=ImportParams(invalid), at=pd.Timestamp("2025-01-01T00:00Z")
                    )
                    said += [*account.sentences(), *account.warnings()] if account else []
                except ImpactAreaError as error:
                    said.append(str(error))
        kept = {store.count(t) > 0 for t in ("fixes", "postings", "events")}
    (tmp_path / "out" / "said.txt").write_text("\n".join(said), encoding="utf-8")
    assert kept == {True} and len(said) > 40
    assert dict(found_again(tmp_path, plants)) == {}


def test_what_is_there_is_found(tmp_path):
    plants = invented(19, 3)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("\n".join(p.text for p in plants), encoding="utf-16-le")
    assert len(found_again(tmp_path, plants)) == len(plants)


def test_real_names_of_units_and_kinds_are_kept_at_first_import(tmp_path):
    kept, of, lost = real_words_kept(tmp_path)
    assert of > 500 and kept / of >= ENOUGH_KEPT, lost
