"""Run algorithms through Processing and keep what they say; the fixtures are for the conftest of a folder that does."""

from __future__ import annotations

import pytest


class Log:
    """What a run said."""

    def __init__(self):
        from qgis.core import QgsProcessingFeedback

        log = self

        class Feedback(QgsProcessingFeedback):
            def pushInfo(self, text):
                log.said.append(text)

            def pushWarning(self, text):
                log.warned.append(text)

            def reportError(self, text, fatal=False):
                log.warned.append(text)

        self.said, self.warned = [], []
        self.feedback = Feedback()


@pytest.fixture(scope="module")
def registered(qgis_app, qgis_processing):
    """The provider, registered while the tests of a module run: its models are read once."""
    from ia_plugin.processing.provider import ImpactAreaProvider

    provider = ImpactAreaProvider()
    qgis_app.processingRegistry().addProvider(provider)
    provider.load_models()
    yield provider
    qgis_app.processingRegistry().removeProvider(provider)


@pytest.fixture
def plugin(registered, qgis_new_project, monkeypatch):
    """The provider, with an empty project and without a key in the environment."""
    monkeypatch.delenv("IMPACTAREAS_KEY_FILE", raising=False)
    return registered


@pytest.fixture
def run(plugin):
    """Run an algorithm; returns (results, log). Layers stay with the context, which the log keeps."""

    def runner(algorithm, parameters, prepare=None):
        import processing
        from qgis.core import QgsProcessingContext, QgsProject

        log = Log()
        log.context = QgsProcessingContext()
        log.context.setProject(QgsProject.instance())
        if prepare:
            prepare(log)
        results = processing.run(
            f"impactareas:{algorithm}", parameters, context=log.context, feedback=log.feedback, is_child_algorithm=False
        )
        return results, log

    return runner
