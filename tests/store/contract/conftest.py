"""One store of the same extracts in its two homes, made once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgis import Cluster
from tests.support.two_homes import Homes, two_homes


@pytest.fixture(scope="session")
def homes(postgis: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homes]:
    with two_homes(tmp_path_factory.mktemp("homes"), postgis) as made:
        yield made
