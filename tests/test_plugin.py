"""The plugin in a QGIS: it loads and unloads, twice, and leaves nothing behind."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.qgis


def provider():
    from qgis.core import QgsApplication

    return QgsApplication.processingRegistry().providerById("impactareas")


@pytest.mark.parametrize("start", ["initGui", "initProcessing"])
def test_loads_and_unloads_twice(qgis_iface, qgis_processing, monkeypatch, start: str) -> None:
    from ia_plugin import classFactory
    from ia_plugin.processing.models import TITLES
    from ia_plugin.processing.provider import ALGORITHMS
    from tests.support.interface import registrations

    assert provider() is None, "another test left the provider registered"
    given, in_a_window = registrations(qgis_iface, monkeypatch), start == "initGui"
    plugin = classFactory(qgis_iface if in_a_window else None)  # qgis_process has no window
    for _ in range(2):
        getattr(plugin, start)()
        plugin.initProcessing()  # a second call registers nothing twice
        assert provider().name() == "Impact Area"
        assert len(provider().algorithms()) == len(ALGORITHMS) + len(TITLES), "the algorithms, and the models of them"
        assert not provider().icon().isNull()
        assert (len(given["menu"]), len(given["icons"]), given["docks"]) == (2 * in_a_window, in_a_window, [])
        plugin.unload()
        assert provider() is None and not any(given.values())
    plugin.unload()


def test_every_algorithm_has_a_stable_id_a_group_help_and_an_icon(qgis_app) -> None:
    from ia_plugin.processing.provider import ALGORITHMS, algorithm_classes

    for entry, cls in zip(ALGORITHMS, algorithm_classes()):
        algorithm = cls().create()
        assert algorithm.name() == entry.split(".")[0].replace("_", ""), "the id is the file's name, one word"
        assert algorithm.displayName() and algorithm.group() and algorithm.groupId()
        assert len(algorithm.shortHelpString()) > 100
        assert not algorithm.icon().isNull()
        undocumented = [p.name() for p in algorithm.parameterDefinitions() if not p.help() and not p.isDestination()]
        assert undocumented == []
        for parameter in algorithm.parameterDefinitions():
            assert parameter.name() == parameter.name().upper()


def test_the_words_of_another_language_are_used_and_given_back(
    qgis_iface, qgis_processing, tmp_path, monkeypatch
) -> None:
    """Only where somebody translated them; of a country's language first, then of the language."""
    import shutil
    import subprocess

    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QCoreApplication

    from ia_plugin import classFactory, plugin
    from tools.translations import as_ts

    if shutil.which("lrelease") is None:
        pytest.skip("Qt's lrelease is not installed")
    text = ("ImpactArea", "Impact Area dock")
    path = tmp_path / "impactareas_cy.ts"
    path.write_text(as_ts({text[0]: {text[1]}}, "cy", {text: "Doc"}), encoding="utf-8")
    subprocess.run(["lrelease", "-silent", str(path)], check=True)
    monkeypatch.setattr(plugin, "resource_path", lambda *parts: tmp_path / parts[-1])
    said = []
    for locale in ("cy_GB", "en_GB", ""):
        monkeypatch.setattr(QgsApplication, "locale", lambda locale=locale: locale)
        loaded = classFactory(None)
        loaded.initProcessing()
        said.append(QCoreApplication.translate(*text))
        loaded.unload()
        assert QCoreApplication.translate(*text) == text[1]
    assert said == ["Doc", text[1], text[1]]
