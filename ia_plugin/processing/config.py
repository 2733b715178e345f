"""CONFIG: parameters of a run from a file, each checked against what the algorithm declares."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

from ..core.config_file import read_config
from ..core.errors import ParameterError
from .parameter_values import Parameters

CONFIG = "CONFIG"
_TRUTHS = ("true", "false", "yes", "no", "1", "0")


def merged_with_config(parameters: Parameters, algorithm: QgsProcessingAlgorithm) -> Parameters:
    """Parameters, with those of the JSON file named by CONFIG where they were not given.

    Raises
    ------
    ParameterError
        for a file that cannot be read or is no JSON object, a name that the algorithm does not have, and a value of
        another kind than its parameter.
    """
    path = parameters.get(CONFIG)
    if not path:
        return parameters
    known = {d.name(): d for d in algorithm.parameterDefinitions() if d.name() != CONFIG}
    given = read_config(str(path), known)
    for name, value in given.items():
        wanted = _wanted(known[name], value)
        if wanted:
            raise ParameterError(
                f"CONFIG {str(path)!r}: the value of {name} is {_kind(value)}.", f"{name} takes {wanted}."
            )
    return {**given, **parameters}


def _wanted(definition: QgsProcessingParameterDefinition, value: Any) -> str:
    """What a parameter takes, where a value is none of it; empty where it is, or QGIS itself will tell."""
    if value is None:
        return ""
    if isinstance(definition, QgsProcessingParameterNumber):
        low, high = definition.minimum(), definition.maximum()
        fits = _is_number(value) and low <= float(value) <= high
        bounds = (f" from {_bound(low)}" if low > -1e300 else "") + (f" up to {_bound(high)}" if high < 1e300 else "")
        return "" if fits else f"a number{bounds}"
    if isinstance(definition, QgsProcessingParameterEnum):
        options = definition.options()
        several = value if isinstance(value, list) and definition.allowMultiple() else [value]
        return "" if all(_is_option(v, options) for v in several) else f"one of: {', '.join(options)}"
    if definition.type() == "boolean":
        truth = isinstance(value, bool) or str(value).strip().lower() in _TRUTHS
        return "" if truth else "true or false"
    if isinstance(value, bool) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
        return "text"
    return ""


def _bound(value: float) -> str:
    """A bound as it was declared, without the point of a whole one."""
    text = str(value)
    return text[:-2] if text.endswith(".0") else text


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return abs(float(value)) < float("inf")
    except (TypeError, ValueError):
        return False


def _is_option(value: Any, options: list[str]) -> bool:
    """An option by its text or, as QGIS counts them, by its number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 0 <= value < len(options)
    return isinstance(value, str) and (value in options or (value.isdigit() and int(value) < len(options)))


def _kind(value: Any) -> str:
    """What a value is, without saying it."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, list):
        return "a list"
    return "text that does not fit" if isinstance(value, str) else "a number that does not fit"
