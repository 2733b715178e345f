"""What a user sees of an algorithm first: a handful of parameters; the rest stands below Advanced Parameters, and outputs last."""

import pytest

from ia_plugin.processing.provider import ALGORITHMS, algorithm_classes

pytestmark = pytest.mark.qgis
NAMES = [entry.rpartition(".")[2] for entry in ALGORITHMS]
MOST_SHOWN = 12


@pytest.fixture(params=range(len(NAMES)), ids=NAMES)
def algorithm(request, qgis_app):
    made = algorithm_classes()[request.param]()
    made.initAlgorithm()
    return made


def kinds_of(algorithm):
    from qgis.core import QgsProcessingParameterDefinition

    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    return [
        "output" if p.isDestination() else "advanced" if p.flags() & flag else "first"
        for p in algorithm.parameterDefinitions()
    ]


def test_what_matters_stands_first_and_outputs_last(algorithm):
    kinds = kinds_of(algorithm)
    assert kinds == sorted(kinds, key=["first", "advanced", "output"].index)
    assert 1 <= kinds.count("first") <= MOST_SHOWN


def test_nothing_that_must_be_given_is_hidden(algorithm):
    """A parameter without a default that is not optional stands among the first."""
    from qgis.core import QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    hidden = [
        p.name()
        for p, kind in zip(algorithm.parameterDefinitions(), kinds_of(algorithm))
        if kind == "advanced" and not p.flags() & optional and p.defaultValue() in (None, "")
    ]
    assert hidden == []


def test_every_parameter_has_a_label_and_help(algorithm):
    assert [p.name() for p in algorithm.parameterDefinitions() if not (p.description() and p.help())] == []


def test_defaults_are_plain_texts(algorithm):
    """Qt takes a sentence of the core for an object, and refuses it as a choice."""
    defaults = {p.name(): p.defaultValue() for p in algorithm.parameterDefinitions()}
    odd = {
        n: d
        for n, d in defaults.items()
        for v in (d if isinstance(d, list) else [d])
        if isinstance(v, str) and type(v) is not str
    }
    assert odd == {}


def test_a_store_or_layers_are_two_ways(qgis_app):
    """With a store, nothing of the layers matters: they say so, and stand together below Advanced Parameters."""
    for made in (c() for c in algorithm_classes()):
        made.initAlgorithm()
        labels = {p.name(): p.description() for p in made.parameterDefinitions()}
        if "layers under Advanced" in labels.get("STORE", ""):
            layers = [n for n, label in labels.items() if label.startswith("Without a store: ")]
            assert {"INPUT", "AREAS", "EVENTS", "POSTINGS"} <= set(layers), made.name()
            assert not set(layers) & set(made.FIRST)


def test_a_name_given_twice_or_unknown_would_be_seen(qgis_app):
    for made in algorithm_classes():
        assert len(set(made.FIRST)) == len(made.FIRST) and made.FIRST, made.__name__


def test_each_tool_stands_in_the_group_where_it_is_looked_for(qgis_app):
    """What writes or clears a store stands under Store, what goes on paper under Briefing; every group has its icon."""
    from ia_plugin.core.resources import resource_path
    from ia_plugin.processing.base import GROUPS

    group = {c.ID: c.GROUP for c in algorithm_classes()}
    assert {group[i] for i in ("dailyrefresh", "purge")} == {"store"}
    assert {group[i] for i in ("briefingmaps", "technicalreport", "ethics", "samplecheck")} == {"briefing"}
    assert set(group.values()) == set(GROUPS) and all(resource_path("icons", f"{g}.svg").is_file() for g in GROUPS)
