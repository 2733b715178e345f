"""Work away from the user interface: however it ends, it is over, and the reader is told."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.support.patience import wait

pytestmark = pytest.mark.qgis


def until_cancelled(tell: Any) -> None:
    while True:
        tell(0.5)
        time.sleep(0.01)


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def worker(qgis_app, heard):
    from ia_plugin.ui.work import Worker

    made = Worker(lambda sentence, more: heard.append(sentence))
    yield made
    made.drop_all()


def test_work_that_is_cancelled_in_qgis_s_list_of_tasks_is_over_and_said(worker, heard) -> None:
    work = worker.begin("figures", "Figures", until_cancelled, heard.append)
    wait(lambda: work.status() == work.TaskStatus.Running)
    work.cancel()
    wait(lambda: not worker.busy)
    assert heard == ["Stopped before the end: ask again to have it."]


def test_work_that_is_begun_again_says_nothing_of_the_first(worker, heard) -> None:
    worker.begin("figures", "Figures", until_cancelled, heard.append)
    worker.begin("figures", "Figures", lambda tell: "the second", heard.append)
    wait(lambda: not worker.busy)
    assert heard == ["the second"]
