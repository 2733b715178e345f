"""How a parameter is declared, and those that more than one stage takes (standard library only).

The Processing parameter, the dock's control, the help page and the audit record all read the declaration: a frozen
dataclass field made by :func:`declare`. Units stand in the names. A ``None`` default means "measured from the data".
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Optional

from ..errors import ParameterError


@dataclass(frozen=True)
class Declaration:
    """What is known of one parameter: the source of its control, its help and its check."""

    name: str
    label: str
    default: Any
    help: str
    unit: str = ""
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    choices: tuple[str, ...] = ()
    advanced: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the parameter takes a number rather than a choice or a text."""
        return self.minimum is not None or self.maximum is not None

    def check(self, value: Any) -> None:
        """Raise :class:`ParameterError` when `value` is outside the declared choices or bounds."""
        if self.choices:
            if value not in self.choices:
                raise ParameterError(
                    f"{self.name} = {value!r} is not known.", f"Choose one of: {', '.join(self.choices)}."
                )
            return
        if not self.is_number or (value is None and self.default is None):
            return
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
            raise ParameterError(
                f"{self.name} = {value!r} is not a number.", f"Give a number of {self.unit or 'units'}."
            )
        low = float("-inf") if self.minimum is None else self.minimum
        high = float("inf") if self.maximum is None else self.maximum
        if not low <= value <= high:
            raise ParameterError(
                f"{self.name} = {value!r} is out of range.",
                f"Give a value from {low:g} to {high:g} {self.unit}".strip() + ".",
            )


def declare(
    default: Any,
    label: str,
    help: str,
    *,
    unit: str = "",
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    choices: tuple[str, ...] = (),
    advanced: bool = False,
) -> Any:
    """A dataclass field that carries its declaration in its metadata."""
    facts = dict(
        label=label, help=help, unit=unit, minimum=minimum, maximum=maximum, choices=choices, advanced=advanced
    )
    return field(default=default, metadata=facts)


class Params:
    """Base of the parameter sets: checks each value at construction, and describes itself."""

    def __post_init__(self) -> None:
        for declaration in self.declarations().values():
            declaration.check(getattr(self, declaration.name))

    @classmethod
    def declarations(cls) -> dict[str, Declaration]:
        """Name -> :class:`Declaration`, in the order written."""
        return {f.name: _declared(f) for f in dataclasses.fields(cls) if f.metadata}  # type: ignore[arg-type]

    @classmethod
    def declaration(cls, name: str) -> Declaration:
        """How a parameter was declared: default, bounds, unit, help."""
        # One alone: a start of QGIS asks some three hundred times.
        return _declared(cls.__dataclass_fields__[name])  # type: ignore[attr-defined]

    def as_dict(self) -> dict[str, Any]:
        """The values, for the audit record."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]


def _declared(field: dataclasses.Field[Any]) -> Declaration:
    return Declaration(name=field.name, default=field.default, **field.metadata)


# Parameters that more than one stage takes: one declaration, used as the field's value in each set.


def declare_timezone() -> Any:
    """The civil time of the force, the same wherever it is asked for."""
    return declare(
        "Europe/London",
        "Time zone",
        "Civil time of the force. Times in the data that have no offset are read in it, and hours, shifts and days follow it, so that a night shift at the change of clocks is right. A name of the IANA database.",
    )


def declare_max_speed() -> Any:
    """The speed limit of the hard bounds, the same wherever it is asked for."""
    return declare(
        40.0,
        "Fastest an officer can move",
        "Speed limit of the hard bounds of time in an area, for any means of travel. A move faster than this is flagged "
        "over_speed and gets a limit of its own, 1.05 times its own speed. 40 m/s is 89 mph; a judgement.",
        unit="m/s",
        minimum=1.0,
        maximum=400.0,
    )


def declare_between_duties() -> Any:
    """The silence that separates two turns of duty, the same wherever it is asked for."""
    return declare(
        36_000.0,
        "A silence this long separates two turns of duty",
        "Without a duty table a silence of ten hours or more is taken as time off duty: kept in the gaps table with its own "
        "reason, and left out of unobserved time.",
        unit="s",
        minimum=3_600.0,
        maximum=7 * 86_400.0,
        advanced=True,
    )
