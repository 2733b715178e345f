"""What a user is told when a library is missing: one sentence, with what was found and what to do."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="this Python cannot import QGIS")

from ia_plugin.compat import installed_version, missing_requirements

pytestmark = pytest.mark.qgis


@pytest.mark.parametrize(
    "versions",
    [
        {"pandas": "1.5.3", "shapely": "2.0"},
        {"pandas": "2.2.3", "shapely": "2.1.0rc1"},
        {"pandas": "1.5", "shapely": "10.0"},
    ],
)
def test_nothing_is_missing(versions: dict[str, str]) -> None:
    assert missing_requirements(lambda name: versions.get(name, "")) == ""


@pytest.mark.parametrize(
    "versions, start",
    [
        ({"pandas": "1.5.3", "shapely": "1.8.5"}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found shapely 1.8.5: "),
        ({"shapely": "2.0.1"}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found no pandas: "),
        (
            {"pandas": "1.4.9", "shapely": "1.8"},
            "needs pandas ≥ 1.5 and shapely ≥ 2.0; found pandas 1.4.9 and shapely 1.8: ",
        ),
        ({}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found no pandas and no shapely: "),
    ],
)
def test_the_sentence_says_what_was_found_and_what_to_do(versions: dict[str, str], start: str) -> None:
    sentence = missing_requirements(lambda name: versions.get(name, ""))
    assert sentence.startswith(start) and sentence.endswith(".") and len(sentence) > len(start) + 20


def test_versions_are_those_an_import_would_find() -> None:
    import pytest as itself

    assert installed_version("pytest") == itself.__version__
    assert installed_version("no_such_library") == ""
