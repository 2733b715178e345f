"""The runner of algorithms, for the golden layers."""

from tests.support.algorithms import plugin, registered, run  # noqa: F401 (fixtures)
