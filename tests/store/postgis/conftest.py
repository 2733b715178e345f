"""A shared store, made once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgis import Cluster
from tests.support.shared_store import SharedStore, shared_store


@pytest.fixture(scope="module")
def store(postgis: Cluster) -> Iterator[SharedStore]:
    with shared_store(postgis) as made:
        yield made
