"""A browser and a page of it, as the tests of the inspector's page share them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import started
from tests.support.inspector import page_of
from tests.support.page_world import page_world


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as found:
        yield found


@pytest.fixture(scope="session")
def world() -> Any:
    return page_world()


@pytest.fixture(scope="session")
def page_file(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(world, tmp_path_factory.mktemp("page"))
